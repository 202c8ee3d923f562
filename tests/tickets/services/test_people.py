import pytest

from tests.factories import make_agent, make_engineer, make_ticket
from tickets.models import Message
from tickets.services.assignment import assign
from tickets.services.message import send_reply
from tickets.services.people import name_people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_everybody_is_looked_up_in_one_statement(django_assert_num_queries, count):
    ticket, reader, engineer = make_ticket(), make_agent(), make_engineer()
    writers = [make_agent() for _ in range(count)]
    for writer in writers:
        send_reply(ticket, by=writer, body=f"An answer of {writer.name}.")
    assign(ticket, to=engineer, by=reader)
    replies, events = list(ticket.messages.filter(kind=Message.Kind.REPLY)), list(ticket.events.all())

    with django_assert_num_queries(1):
        name_people(reader, author=replies, by=events, assignee=[ticket])

    with django_assert_num_queries(0):
        assert [reply.author for reply in replies] == writers
        assert {event.by for event in events} == {None, reader, *writers}
        assert str(ticket.assignee) == str(engineer)


def test_the_reader_is_known_already(django_assert_num_queries):
    ticket, reader = make_ticket(), make_agent()
    send_reply(ticket, by=reader, body="An answer of mine.")
    messages = list(ticket.messages.all())

    with django_assert_num_queries(0):
        name_people(reader, author=messages)
        assert [message.author for message in messages] == [None, reader]


def test_nobodys_settings_come_along():
    ticket, colleague = make_ticket(), make_agent()
    assign(ticket, to=colleague, by=colleague)
    ticket.refresh_from_db()

    name_people(make_engineer(), assignee=[ticket])

    assert {"password", "columns"} <= ticket.assignee.get_deferred_fields()
