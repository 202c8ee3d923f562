import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.db import connection

from tests.factories import make_ticket
from tickets.models import Anchor, AnchoredChain, Job
from tickets.models.append_only import AppendOnly
from tickets.services import outbox
from tickets.services.anchor import anchor_chains, ask_daily, document_of
from tickets.services.anchor_check import verify_anchors
from tickets.services.event import record
from tickets.services.merkle import leaf_of, proof_of, root_by_proof, root_of
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def test_an_anchor_holds_length_and_head_of_each_chain_that_grew():
    first, second = make_ticket(), make_ticket()
    anchor_chains("2026-01-30")
    record(second, "noted", by="engine", message=7)

    anchor = anchor_chains("2026-01-31")

    assert (anchor.number, anchor.chains, anchor.entries) == (2, 1, 1)
    assert anchor.previous == Anchor.objects.get(number=1).hash
    row = anchor.anchored.get()
    assert (row.ticket_id, row.length, row.head) == (second.pk, second.chain_length, second.chain_head)
    assert AnchoredChain.objects.filter(ticket=first.pk).count() == 1


def test_a_day_has_one_anchor_also_when_nothing_happened():
    assert anchor_chains("2026-01-31") == anchor_chains("2026-01-31")
    assert anchor_chains("2026-02-01").chains == 0
    assert list(verify_anchors()) == []


def test_workers_ask_for_it_once_a_day_and_make_it():
    make_ticket()
    ask_daily()
    ask_daily()

    assert Job.objects.filter(kind="anchor_chains").count() == 1
    outbox.sweep(KINDS)
    assert Anchor.objects.get().chains == 1


def test_the_program_changes_and_removes_no_anchor():
    make_ticket()
    anchor = anchor_chains("2026-01-31")

    for deed in (
        anchor.save, anchor.delete, Anchor.objects.all().delete, AnchoredChain.objects.all().delete,
        lambda: Anchor.objects.update(root=""), lambda: AnchoredChain.objects.update(head=""),
    ):  # fmt: skip
        with pytest.raises(AppendOnly):
            deed()


@pytest.mark.parametrize(
    ("statement", "broken", "problem"),
    [
        ("UPDATE tickets_anchor SET root = 'f' WHERE number = 2", 2, "it was changed"),
        (
            "UPDATE tickets_anchor SET previous = 'f' WHERE number = 2",
            2,
            "it does not name the anchor before it",
        ),
        ("UPDATE tickets_anchoredchain SET marks = 'f' WHERE anchor_id = 1", 1, "what it holds was changed"),
        ("DELETE FROM tickets_anchoredchain WHERE anchor_id = 1", 1, "what it holds was changed"),
    ],
)
def test_a_changed_anchor_is_named(statement, broken, problem):
    ticket = make_ticket()
    anchor_chains("2026-01-30")
    record(ticket, "noted", by="engine", message=7)
    anchor_chains("2026-01-31")
    with connection.cursor() as cursor:
        cursor.execute(statement)

    found = list(verify_anchors())

    assert [(each.number, each.problem) for each in found] == [(broken, problem)]


def test_an_anchor_that_is_gone_is_named():
    for day in ("2026-01-29", "2026-01-30", "2026-01-31"):
        anchor_chains(day)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_anchor WHERE number = 2")

    assert [each.problem for each in verify_anchors()] == ["anchor 2 is missing before it"]


def test_it_is_mailed_with_all_that_it_holds(settings):
    settings.ANCHOR_MAIL_TO = ["keeper@elsewhere.invalid"]
    make_ticket()
    anchor = anchor_chains("2026-01-31")

    outbox.sweep(KINDS)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["keeper@elsewhere.invalid"], "Anchor 1 of 2026-01-31")
    assert anchor.hash in letter.body
    name, content, _ = letter.attachments[0]
    assert (name, json.loads(content)) == ("anchor-1.json", document_of(anchor))


def test_it_is_posted_again_until_the_receiver_has_it(settings):
    make_ticket()
    with receiving() as address:
        settings.ANCHOR_POST_URL = f"{address}/anchors"
        anchor = anchor_chains("2026-01-31")
        Receiver.answers, Receiver.heard = [503, 204], []
        outbox.sweep(KINDS)
        Job.objects.filter(kind="post_anchor").update(due_at="2026-01-31T00:00:00Z")
        outbox.sweep(KINDS)

    assert Receiver.heard == [("post_anchor:1", document_of(anchor))] * 2
    assert Job.objects.get(kind="post_anchor").done_at


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_a_proof_leads_from_any_leaf_to_the_root_and_from_no_other(size):
    leaves = [leaf_of([number, "head"]) for number in range(size)]

    for at, leaf in enumerate(leaves):
        assert root_by_proof(leaf, proof_of(leaves, at)) == root_of(leaves)
        assert root_by_proof(leaf_of(["forged"]), proof_of(leaves, at)) != root_of(leaves)


class Receiver(BaseHTTPRequestHandler):
    answers: list[int] = []
    heard: list[tuple[str, object]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.answers.pop(0))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
