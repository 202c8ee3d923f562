"""Status pages of providers: which are read, when, and what becomes of what they say."""

from urllib.parse import urlsplit, urlunsplit

import structlog
from django.db import transaction
from django.utils import timezone

from tickets.connectors.safe_fetch import NotFetched, fetch
from tickets.models import Person, ProviderPage

from . import outbox
from .asked_again import ask_for
from .notice import BadPage, keep, read_page
from .official_incident import follow
from .setting_change import About, Kind, differences, note_change, state_of

log = structlog.get_logger(__name__)

FIELDS = ("provider", "address", "is_on", "opens", "minutes", "is_internal")
AT_ONCE = 20
INCIDENTS = "/api/v2/incidents.json"  # of every page of the Statuspage kind


@transaction.atomic
def save_provider_page(page: ProviderPage, *, by: Person) -> None:
    """What changed is read at once."""
    known = ProviderPage.objects.select_for_update().filter(pk=page.pk).first() if page.pk else None
    changed = differences(state_of(known, FIELDS) if known else {}, state_of(page, FIELDS))
    if not changed:
        return
    page.due_at, page.failures, page.error = timezone.now(), 0, ""
    page.save()
    kind = Kind.SAVED if known else Kind.ADDED
    note_change(About.PROVIDER_PAGE, kind, page, by=by, data=changed)


@transaction.atomic
def remove_provider_page(page: ProviderPage, *, by: Person) -> None:
    """What it told stays noted."""
    note_change(About.PROVIDER_PAGE, Kind.REMOVED, page, by=by)
    page.delete()


def ask_when_due() -> bool:
    """Ask for the readings that are due, each once whoever asks. One small query where none is."""
    now = timezone.now()
    return ask_for(
        ProviderPage.objects.due(now)[:AT_ONCE], lambda row: outbox.add("read_provider_page", row), now=now
    )


@transaction.atomic
def ask_now(page: ProviderPage) -> bool:
    """Whether it is on, so that it will be read."""
    is_on = ProviderPage.objects.filter(pk=page.pk, is_on=True).update(due_at=timezone.now())
    return bool(is_on) and ask_when_due()


def read_provider_page(page_id: int, *, idempotency_key: str = "") -> None:
    """Note what stands there, and let incidents follow as the page is set. Read twice, it says the same once."""
    page = ProviderPage.objects.filter(pk=page_id, is_on=True).first()
    if page is None:
        return
    now = timezone.now()
    try:
        body = fetch(address_of(page), internal=page.is_internal)
        heard = read_page(body.decode("utf-8", "replace"))
    except (NotFetched, BadPage) as problem:
        log.warning("provider_page_not_read", page=page.pk, failures=page.failures + 1, problem=str(problem))
        page.went_wrong(now, str(problem))
        return
    with transaction.atomic():
        if ProviderPage.objects.select_for_update().filter(pk=page.pk, is_on=True).exists():
            follow(page, keep(heard, provider=page.provider, by=None), now=now)
            page.went_well(now)


def address_of(page: ProviderPage) -> str:
    """Admins may give the page as people open it: where programs read it is known."""
    parts = urlsplit(page.address)
    if parts.path.endswith(".json"):
        return page.address
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + INCIDENTS, "", ""))
