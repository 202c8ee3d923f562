"""The cache may forget, so it may also be away: a page does not fail because Redis restarts."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, where an unreachable Redis looks like an empty cache."""

    def add(self, key: str, *args: Any, **kwargs: Any) -> Any:
        return _or(False, super().add, key, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _or(default, super().get, key, default, version)

    def set(self, key: str, *args: Any, **kwargs: Any) -> Any:
        return _or(None, super().set, key, *args, **kwargs)

    def touch(self, key: str, *args: Any, **kwargs: Any) -> Any:
        return _or(False, super().touch, key, *args, **kwargs)

    def delete(self, key: str, version: int | None = None) -> Any:
        return _or(False, super().delete, key, version)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return _or({}, super().get_many, keys, version)

    def has_key(self, key: str, version: int | None = None) -> Any:
        return _or(False, super().has_key, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> Any:
        return _or(delta, super().incr, key, delta, version)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return _or(list(data), super().set_many, data, *args, **kwargs)

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return _or(None, super().delete_many, keys, version)

    def clear(self) -> Any:
        return _or(False, super().clear)


def _or(otherwise: Any, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return call(*args, **kwargs)
    except RedisError as problem:
        log.warning("cache_is_away", problem=type(problem).__name__)
        return otherwise
