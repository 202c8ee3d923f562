"""The public form: one box, then an answer at once and only the questions that are still open."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets.forms.message import FollowUpForm
from tickets.forms.report import PasteForm, ReportForm
from tickets.models import Ticket
from tickets.services.account import keys_among, seal, unseal
from tickets.services.article.address import address_of
from tickets.services.article.finding import (
    Found,
    all_articles,
    article_for_cause,
    article_with_error,
    asked_most,
    find_articles,
)
from tickets.services.gateway_model import offer, offered_context
from tickets.services.intake import open_ticket
from tickets.services.public_incident import incidents_about, open_incidents
from tickets.services.redaction import SafeText, make_storable
from tickets.services.report_attempt import became_ticket, begin_attempt, opened_article
from tickets.services.report_attempt import solved as mark_solved
from tickets.services.rule.set import active_rules
from tickets.services.trace import parts_of
from triage.engine import diagnose
from triage.engine.advice import examine
from triage.engine.context import NOTHING_KNOWN
from triage.engine.evidence import FIELDS, Kind
from triage.engine.verdict import Diagnosis, FiredRule, Sureness
from triage.limits import knock, who_asks

from .card import STEPS, short, telling
from .faq import by_layer
from .limit import too_many
from .strip import label_of
from .tip import tips_of

MOST_ARTICLES, LONGEST_SEARCHED = 3, 4_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _home(request, PasteForm())


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """First post: the text is judged and nothing is stored. Second post, with an address: the ticket opens."""
    if request.method == "GET":
        return redirect("home")
    is_first = "email" not in request.POST
    if seconds := _wait(request, is_first=is_first):
        return too_many(request, seconds)
    paste = PasteForm(request.POST, request.FILES if is_first else None)
    if not paste.is_valid() or (is_first and _has_picture(paste)):
        return _home(request, paste, status=422)
    safe = make_storable(_with_files(paste) if is_first else paste.cleaned_data["text"])
    diagnosis = diagnose(safe.text, offered_context(), active_rules(), pepper=settings.PEPPER)
    if is_first:
        once = _once(request) or f"form:{secrets.token_urlsafe(24)}"
        begin_attempt(
            once,
            cause=diagnosis.cause.slug,
            language=translation.get_language() or "en",
            came_from=request.POST.get("article", "")[:80],
        )
        form = ReportForm(initial={"text": safe.text}, missing=diagnosis.missing)
        return _page(request, form, diagnosis, safe, once=once)
    form = ReportForm(request.POST, request.FILES, missing=diagnosis.missing)
    if not form.is_valid():
        return _page(request, form, diagnosis, safe, status=422)
    once = _once(request)
    ticket = open_ticket(
        text=form.cleaned_data["text"],
        email=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        told=form.told,
        idempotency_key=once,
        keys=unseal(request.POST.get("keys", "")),
        uploads=form.cleaned_data["uploads"],
        source=Ticket.Source.FORM,
        language=translation.get_language() or "",
    )
    became_ticket(once, ticket)
    return redirect("follow_up", token=ticket.follow_up_token)


@require_safe
def reads(request: HttpRequest, mark: str, slug: str) -> HttpResponse:
    """On the way from an answer to an article."""
    opened_article(mark, slug)
    return redirect(address_of(slug, translation.get_language() or "en"))


@require_POST
def solved(request: HttpRequest, mark: str) -> HttpResponse:
    """The answer was enough: nothing is sent."""
    mark_solved(mark)
    return render(request, "help/solved.html")


def _home(request: HttpRequest, form: PasteForm, status: int = 200) -> HttpResponse:
    language = translation.get_language() or "en"
    articles = all_articles(language=language)
    came_from = request.GET.get("article") or request.POST.get("article", "")
    context = {
        "form": form,
        "incidents": open_incidents(),
        "asked_most": asked_most(articles),
        "groups": by_layer(articles),
        "from_article": next((found for found in articles if found.slug == came_from), None),
    }
    return render(request, "help/home.html", context, status=status)


def _wait(request: HttpRequest, *, is_first: bool) -> int:
    if is_first:
        return knock("judge", who_asks(request))
    return knock("report", who_asks(request)) or knock("reports", "all")


def _has_picture(paste: PasteForm) -> bool:
    """A picture cannot be read, nor kept before there is a report."""
    if all(upload.safe for upload in paste.cleaned_data["uploads"]):
        return False
    paste.add_error("uploads", _("Here we read texts. A picture can be attached on the next page."))
    return True


def _with_files(paste: PasteForm) -> str:
    """The pasted text and what stands in the files."""
    files = [upload.safe.text for upload in paste.cleaned_data["uploads"] if upload.safe]
    return "\n\n".join(part for part in (paste.cleaned_data["text"], *files) if part.strip())


@dataclass(frozen=True, slots=True)
class Read:
    """One value that was read, as the page shows it back."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """One reason for the diagnosis, with the words that made it."""

    sentence: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form; a choice is drawn as radio buttons."""

    bound: BoundField
    is_choice: bool


def asked_fields(form: ReportForm | FollowUpForm) -> list[Asked]:
    return [Asked(form[f"told_{field}"], FIELDS[field].kind == Kind.YES_NO) for field in form.asked]


def _page(
    request: HttpRequest,
    form: ReportForm,
    diagnosis: Diagnosis,
    safe: SafeText,
    status: int = 200,
    once: str = "",
) -> HttpResponse:
    language = translation.get_language()
    cause = diagnosis.cause
    context = {
        "form": form,
        "diagnosis": diagnosis,
        "safe": safe,
        "title": cause.title.in_language(language),
        "plain": cause.plain.in_language(language),
        "check": cause.check.in_language(language),
        "steps": STEPS[diagnosis.sureness],
        "asked_fields": asked_fields(form),
        "because": [_said(rule, safe.text, language) for rule in diagnosis.deciding[:3]],
        "question": diagnosis.settle.question.in_language(language) if diagnosis.settle else "",
        "read": [
            Read(label_of(FIELDS[field]), str(value))
            for field, value in diagnosis.evidence.values().items()
            if field not in ("raw_error", "key")
        ],
        "tips": tips_of(parts_of(examine(diagnosis, NOTHING_KNOWN, offer())), language),
        "articles": _articles(diagnosis, safe, language),
        "incidents": incidents_about(diagnosis.evidence.values()),
        "once": once or _once(request) or f"form:{secrets.token_urlsafe(24)}",
        "keys": seal(keys_among(safe)) or request.POST.get("keys", ""),
    }
    return render(request, "help/report.html", context, status=status)


def _articles(diagnosis: Diagnosis, safe: SafeText, language: str) -> list[Found]:
    """What to read: the article of the cause first, then those with the same error text. One of our own that names
    the error comes before the cause, unless that is sure.
    """
    about = article_for_cause(diagnosis.cause.slug, language=language)
    named = article_with_error(safe.text[:LONGEST_SEARCHED], language=language)
    first = [about, named] if diagnosis.sureness == Sureness.SURE else [named, about]
    alike = find_articles(safe.text[:LONGEST_SEARCHED], language=language, limit=MOST_ARTICLES)
    return list(dict.fromkeys([*filter(None, first), *alike]))[:MOST_ARTICLES]


def _once(request: HttpRequest) -> str:
    """The form's own mark: sent twice, by a second click or the way back, it opens one ticket."""
    mark = request.POST.get("once", "")
    return mark if mark.startswith("form:") and len(mark) <= 60 and mark.isascii() else ""


def _said(rule: FiredRule, text: str, language: str) -> Said:
    spans = sorted({span for reason in rule.reasons for span in reason.spans if span.end > span.start})
    words = telling(short(text[span.start : span.end]) for span in spans)
    return Said(rule.because.in_language(language), words[:2])
