"""PostgreSQL and Redis for the tests: those that the environment names, else those on the standard ports."""

import getpass
import os

import psycopg
from redis import Redis
from redis.exceptions import RedisError

# Ways in that fresh installations and common containers have.
LOGINS = ("postgres", "postgres:postgres", getpass.getuser())


def find_postgres() -> str:
    """The URL of a server where we may make databases. LookupError says what stood in the way."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        if problem := _problem_with(named):
            raise LookupError(f"TEST_DATABASE_URL: {problem}")
        return named
    problems = []
    for login in LOGINS:
        url = f"postgres://{login}@127.0.0.1:5432/postgres"
        if not (problem := _problem_with(url)):
            return url
        problems.append(problem)
    raise LookupError(f"no PostgreSQL on 127.0.0.1:5432 for us ({problems[0]}); set TEST_DATABASE_URL")


def find_redis() -> str:
    """The URL of a server that answers. The tests' keys carry a prefix of their own."""
    named = os.environ.get("TEST_REDIS_URL")
    url = named or "redis://127.0.0.1:6379/0"
    try:
        with Redis.from_url(url, socket_connect_timeout=2) as redis:
            redis.ping()
    except RedisError as problem:
        where = "TEST_REDIS_URL" if named else "no Redis on 127.0.0.1:6379; set TEST_REDIS_URL"
        raise LookupError(f"{where} ({type(problem).__name__})") from problem
    return url


def _problem_with(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as problem:
        return (str(problem).strip().splitlines() or [type(problem).__name__])[-1].strip()
    return "" if row and row[0] else "may not create databases"
