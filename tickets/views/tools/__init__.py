"""The public tools of the help centre: no sign-in, no script needed, nothing stored."""

from . import base_url, index, model_name, pacing, request, safe_request

__all__ = ["base_url", "index", "model_name", "pacing", "request", "safe_request"]
