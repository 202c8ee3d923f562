from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tickets.models import Person


@pytest.fixture
def agent(client: "Client", agent: "Person") -> "Person":
    """Signed in, as whoever uses the pages of the desk is."""
    client.force_login(agent)
    return agent
