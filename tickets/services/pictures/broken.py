class Broken(ValueError):
    """The file ends too early, or is not built as its kind should be."""


def piece(data: bytes, start: int, length: int) -> bytes:
    """Exactly so many bytes. Raises Broken where they are not there."""
    if start < 0 or length < 0 or start + length > len(data):
        raise Broken("the file ends too early")
    return data[start : start + length]
