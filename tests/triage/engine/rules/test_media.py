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
        (
            '图片编辑报错\n\n{"error":{"message":"Invalid image file or mode for image 1, please '
            "check your image "
            'file.","type":"image_generation_user_error","param":"image","code":"invalid_image_fi'
            'le"}}'
        ),
        (
            '{"detail":[{"loc":["body","image_url"],"msg":"Failed to download the file. Please '
            'check if the URL is accessible and try again.","type":"file_download_error"}]}'
        ),
        "可灵报 图片像素不符合要求 Image pixel is invalid",
        ('{"error":{"message":"Too many images in request: 120 > 100","type":"invalid_request_error"}}'),
        (
            "messages.30.content.44.image.source.base64.data: At least one of the image "
            "dimensions exceed max allowed size for many-image requests: 2000 pixels"
        ),
        '即梦 {"code":50207,"message":"Image Decode Error: image binary error"}',
        "上传参考音频失败: audio duration must be between 10s and 5min",
        (
            'whisper: {"error":{"message":"The audio file could not be decoded or its format is '
            'not supported."}}'
        ),
        (
            "After a long coding session every request in this project fails, a new folder "
            "works.\n\nAPI Error: 400 "
            '{"type":"error","error":{"type":"invalid_request_error","message":"messages.57.conte'
            "nt.0.image.source.base64: "
            'image exceeds 5 MB maximum: 6621148 bytes > 5242880 bytes"}}'
        ),
        "聊天记录里有一张很大的截图，之后每句话都报错。\n\n请求体过大 413",
        ('提交数字人任务失败。\n\n{"code":400,"message":"audio duration exceeds the limit of 60 seconds"}'),
        (
            'whisper upload\n\n{"error":{"message":"Unrecognized file format. Supported formats: '
            "['flac','mp3']\"}}"
        ),
        "Image edit fails for HEIC photos from my phone, PNG is fine.",
        "Seedream 图生图：`image` specified in the request are not valid: invalid url specified",
        "万相 url: InvalidURL, The request URL is invalid 或者 Required URL is missing or invalid",
        (
            "gpt-image-1 edit: Invalid file 'image[0]': unsupported mimetype "
            "('application/octet-stream'). Supported file formats are 'image/jpeg', 'image/png', "
            "and 'image/webp'."
        ),
        "sora: Inpaint image must match the requested width and height",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_unusable_media_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_a_result_that_cannot_be_downloaded_is_not_an_input_fault() -> None:
    assert diagnose("The program says: failed to download the result video").cause.slug != "media.invalid"
