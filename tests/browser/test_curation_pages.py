"""Pages that only admins write: nothing scrolls sideways, and axe finds nothing serious in light and dark."""

import pytest

from tests.articles import article_content, make_draft
from tests.browser.conftest import PHONE, NewPage
from tests.browser.test_pages import problems_of, widths_of
from tests.factories import make_admin, make_ticket
from tickets.models import CannedReply, Customer, FaqEntry, Probe, ProviderPage
from tickets.services.faq.library import load_library
from tickets.services.faq.version import save_version

pytestmark = pytest.mark.usefixtures("replies")


def admin_pages() -> list[str]:
    """What only admins write, with the longest and the emptiest of each."""
    author = make_admin()
    draft = make_draft(by=author, strings=["word" * 60], codes=["x" * 80])
    save_version(draft, article_content(gap="word" * 60), by=author)
    due = FaqEntry.objects.get(slug="key-expired")
    FaqEntry.objects.filter(pk=due.pk).update(rules_seen="other rules")
    probe = Probe.objects.create(
        provider="openai", model="m" * 120, address=f"https://{'g' * 60}.example/v1", is_on=True
    )
    for outcome in ("works", "refused", "fails"):
        probe.results.create(outcome=outcome, http_status=503, latency_ms=25_000, said="word" * 60)
    page = ProviderPage.objects.create(
        provider="openai", address=f"https://{'s' * 60}.example", is_on=True, failures=3, error="word" * 60
    )
    reply = CannedReply.objects.get(slug="key-invalid")
    return [
        "/curation/articles/new/",
        "/curation/articles/settings/",
        "/curation/articles/candidates/",
        "/curation/articles/?state=due",
        f"/curation/articles/{due.pk}/",
        *(f"/curation/articles/{draft.pk}/{page}" for page in ("", "words/", "versions/2/", "preview/en/")),
        f"/curation/replies/{reply.pk}/",
        "/curation/replies/?only=review",
        "/curation/macros/?only=review",
        "/curation/anchors/",
        "/curation/teams/",
        "/curation/teams/new/",
        "/curation/retention/",
        "/ledger/probes/",
        "/ledger/probes/new/",
        f"/ledger/probes/{probe.pk}/",
        "/ledger/timeline/?provider=openai&hours=24",
        "/curation/provider-pages/",
        "/curation/provider-pages/new/",
        f"/curation/provider-pages/{page.pk}/",
        "/curation/customers/",
        f"/curation/customers/{Customer.objects.earliest('pk').pk}/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_admins_write_fits_and_reads_well(open_page: NewPage, scheme: str):
    load_library()
    for _ in range(5):
        make_ticket("HTTP/1.1 418\n" + '{"error":{"message":"' + "word" * 60 + '"}}')
    pages, admin = admin_pages(), make_admin()
    wide, desk = open_page(admin, viewport=PHONE), open_page(admin, color_scheme=scheme)

    assert [(path, width) for path in pages for width in widths_of(wide, path)] == []
    assert {path: found for path in pages if (found := problems_of(desk, path))} == {}
