"""What every answer tells the browser beside the content-security policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

MINUTE = 60
View = Callable[[HttpRequest], HttpResponse]

# Nothing here uses these; a script that got in could not either.
REFUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN_ONLY = ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in REFUSED), *(f"{name}=(self)" for name in OWN_ONLY)])


def browser_rules(get_response: View) -> View:
    """Stands outside of everything, so that refusals and static files carry them too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if wait := getattr(request, "retry_after", 0 if answer.status_code != 429 else MINUTE):
            answer.status_code = 429
            answer.headers.setdefault("Retry-After", str(wait))
        if getattr(request, "forgets_storage", False):
            answer.headers["Clear-Site-Data"] = '"storage"'
        if _is_for_one_person(request) and "Cache-Control" not in answer.headers:
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    return middleware


def _is_for_one_person(request: HttpRequest) -> bool:
    """Pages of the desk are not kept on a shared machine after signing out."""
    person = getattr(request, "user", None)
    return person is not None and person.is_authenticated
