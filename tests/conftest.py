import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis

from tests import plumbing

if TYPE_CHECKING:
    from django.test import Client

    from tickets.models import Person


# The same examples on every run, and no clock; `--hypothesis-profile=search` looks for new ones.
hypothesis.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis.register_profile("search", deadline=None, max_examples=1000)
hypothesis.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests with a real queue are for runs that name one."""
    if os.environ.get("TEST_DATABASE_URL") and os.environ.get("TEST_REDIS_URL"):
        return
    needing = [item for item in items if item.get_closest_marker("real_queue")]
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in needing]


def pytest_sessionfinish() -> None:
    if os.environ.get("TEST_REDIS_URL"):
        plumbing.forget_redis()


@pytest.fixture(autouse=True)
def own_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    plumbing.running_test = request.node.name
    yield
    plumbing.running_test = ""


@pytest.fixture
def client() -> "Client":
    """As pytest-django's, but that whoever is signed in by force has worked just now, like everybody after the first
    click: only the first request of a session writes that down.
    """
    from django.test import Client
    from django.utils import timezone

    from tickets.idle import WORKED

    class Working(Client):
        def force_login(self, user: Any, backend: str | None = None) -> None:
            super().force_login(user, backend)
            session = self.session
            session[WORKED] = int(timezone.now().timestamp())
            session.save()

    return Working()


# The factories are imported where they are used: the engine's tests load no records.
@pytest.fixture
def agent(db: None) -> "Person":
    from tests.factories import make_agent

    return make_agent()


@pytest.fixture
def engineer(db: None) -> "Person":
    from tests.factories import make_engineer

    return make_engineer()


@pytest.fixture
def billing(db: None) -> "Person":
    from tests.factories import make_billing

    return make_billing()


@pytest.fixture
def admin(db: None) -> "Person":
    from tests.factories import make_admin

    return make_admin()
