"""Server-sent events: recognises a pasted stream. Errors inside its events are read as bodies."""

from .cue import Page

_SIGNS = ("data: {", "data:{", "event: ", "data: [done]", "event:error")


def is_stream(page: Page) -> bool:
    return any(sign in page.low for sign in _SIGNS)
