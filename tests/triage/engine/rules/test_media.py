"""Pictures, sound and files that cannot be used."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "media.invalid": [
        "400 Error while downloading https://pics.example/cat.png. Upstream status code: 404.",
        '{"error":{"message":"Invalid image data.","code":"invalid_image"}}',
        "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 9000000 bytes",
        "Could not process image",
        "Unable to process input image. Please retry or report in the developer forum.",
        "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'wav', 'webm']",
        "Audio file is too short. Minimum audio length is 0.1 seconds.",
        "413 Payload Too Large when I upload my audio for transcription",
        (
            '{"code":"InvalidParameter.DataInspection","message":"Unable to download the media '
            'resource during the data inspection process."}'
        ),
        '{"detail":[{"type":"image_too_small","msg":"Image too small"}]}',
        "图生视频报错：参考图下载失败，无法访问图片地址",
        "图片格式不支持，仅支持 jpg/png/webp",
        "上传的图片大小超过 10M 限制",
        "任务失败：未检测到人脸",
        "base64 格式错误",
        "参考图尺寸过小，宽高不能小于 300 像素",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_unusable_media_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_a_result_that_cannot_be_downloaded_is_not_an_input_fault() -> None:
    assert diagnose("The program says: failed to download the result video").cause.slug != "media.invalid"
