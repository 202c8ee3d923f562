"""How an incident is named that nobody has named yet."""

from .place import Place

MOST = 90


def title_of(place: Place, words: str) -> str:
    """`openai gpt-4o: the engine is currently overloaded`. Proper names and the error's own words, in no language."""
    names = " ".join(filter(None, (place.provider, place.model, place.route))) or "gateway"
    words = words if len(words) <= MOST else words[: MOST - 1] + "…"
    return f"{names}: {words}" if words else names
