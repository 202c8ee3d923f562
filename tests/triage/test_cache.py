from triage.cache import ForgivingRedisCache


def test_a_redis_that_is_away_looks_like_an_empty_cache():
    cache = ForgivingRedisCache("redis://127.0.0.1:1/0", {})

    cache.set("greeting", "hello")
    assert cache.get("greeting", "nothing") == "nothing"
    assert cache.add("greeting", "hello") is False
    assert cache.get_many(["greeting"]) == {}
    assert cache.incr("visits") == 1
    assert "greeting" not in cache
    assert cache.set_many({"greeting": "hello"}) == ["greeting"]
    assert (cache.delete("greeting"), cache.touch("greeting")) == (False, False)
