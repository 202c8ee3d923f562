"""The JSON door: the same services and permissions as the pages, one error shape."""

from .door import api

__all__ = ["api"]
