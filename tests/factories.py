"""Records for tests: what is not named is plain and the same every time. Secrets are built here, at run time."""

from itertools import count

from tickets.models import CannedReply, CannedReplyText, Customer, Language, Person, Role, Ticket
from tickets.services.intake import open_ticket

_numbers = count(1)

PASSWORD = "correct horse battery"
WRONG_BASE_URL = (
    "Since this morning every call fails.\n\nHTTP/1.1 404 Not Found\n\n"
    '{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)","type":"invalid_request_error",'
    '"param":null,"code":null}}'
)
VAGUE = "It does not work any more, please help."


def fake_key(ending: str = "ab12") -> str:
    return "sk-" + "Q7f3" * 11 + ending


def make_person(role: Role, **fields: object) -> Person:
    number = next(_numbers)
    named = {"name": f"{role.label} {number}".title(), **fields}
    return Person.objects.create_user(f"{role.value}{number}@desk.invalid", PASSWORD, role=role, **named)


def make_agent(**fields: object) -> Person:
    return make_person(Role.AGENT, **fields)


def make_engineer(**fields: object) -> Person:
    return make_person(Role.ENGINEER, **fields)


def make_billing(**fields: object) -> Person:
    return make_person(Role.BILLING, **fields)


def make_admin(**fields: object) -> Person:
    return make_person(Role.ADMIN, **fields)


def make_customer(email: str = "", **fields: object) -> Customer:
    return Customer.objects.create(email=email or f"customer{next(_numbers)}@client.invalid", **fields)


def make_ticket(
    text: str = WRONG_BASE_URL, *, email: str = "", language: str = Language.ENGLISH, **more: object
) -> Ticket:
    """A ticket that came by the public form, judged."""
    email = email or f"customer{next(_numbers)}@client.invalid"
    return open_ticket(text=text, email=email, language=language, **more)  # type: ignore[arg-type]


def make_replies(count: int, *, first: int = 0) -> None:
    """As many canned replies for everybody, as a desk has them after years; their numbers begin with `first`."""
    rows = CannedReply.objects.bulk_create(
        CannedReply(slug=f"own-{at}", cause="quota.balance") for at in range(first, first + count)
    )
    CannedReplyText.objects.bulk_create(
        CannedReplyText(
            reply=row, language=language, title=f"Own words {at:04}", body=f"Dear {{customer}}, wording {at}."
        )
        for at, row in enumerate(rows, start=first)
        for language in Language.values
    )
