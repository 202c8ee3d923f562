"""Canned replies that people keep: the list with what became of each, writing one, its versions."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.canned_reply import CannedReplyForm
from tickets.models import CannedReply, CannedReplyVersion, Language
from tickets.models.scoped import OWN
from tickets.services.content_diff import Content, NewerVersion
from tickets.services.reply_preview import preview_on
from tickets.services.reply_record import kept_for, row_of
from tickets.services.reply_version import (
    bring_back,
    content_of,
    create_reply,
    differences,
    offer,
    save_reply,
    standing_before,
)

from .kept import TABS, VERSIONS_SHOWN, address_of_next, note_of_return, said_newer, say_returned
from .rail import rail_of
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    only, words = request.GET.get("only", ""), request.GET.get("q", "")[:200]
    only = only if only in TABS else ""
    language, after = get_language() or "en", request.GET.get("after", "")
    page = kept_for(request.user, only=only, words=words, language=language, after=after)
    context = {
        "rows": [(row, permissions.can_change_reply(request.user, row.reply)) for row in page.rows],
        "next": address_of_next(page.after, only=only, q=words),
        "only": only,
        "query": words,
        "tabs": TABS,
        **rail_of(request.user),
    }
    return render(request, "curation/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """A new one; named in the address, beginning as a copy of another."""
    permissions.require(permissions.can_work_tickets(request.user))
    content: Content = {"cause": "unknown", "scope": OWN, "texts": {}}
    copied = request.GET.get("of", "")
    if copied.isdecimal():
        source = get_object_or_404(CannedReply.objects.visible_to(request.user), pk=int(copied))
        content = {**content_of(source), "scope": OWN}
    form = _form(request, content, seen=None)
    if form.is_valid() and "preview" not in request.POST:
        reply = create_reply(form.content, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("canned_reply", pk=reply.pk)
    return _page(request, CannedReply(owner=request.user), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Change one's own or a team's, or as an admin one for everybody. A built-in one that is changed is ours from then
    on.
    """
    reply = _seen_by(request, pk)
    permissions.require(permissions.can_change_reply(request.user, reply))
    newest = reply.versions.first()
    form = _form(request, content_of(reply), seen=newest.number if newest else None)
    if not form.is_valid() or "preview" in request.POST:
        return _page(request, reply, form)
    try:
        save_reply(reply, form.content, by=request.user, seen=form.cleaned_data["seen"])
    except NewerVersion as meanwhile:
        return _changed_meanwhile(request, reply, meanwhile)
    messages.success(request, _("Saved."))
    return redirect("canned_reply", pk=pk)


@require_POST
@desk_view
def offering(request: DeskRequest, pk: int) -> HttpResponse:
    """Off offer, or with `again` on offer again."""
    reply = _seen_by(request, pk)
    permissions.require(permissions.can_change_reply(request.user, reply))
    offer(reply, by=request.user, is_active="again" in request.POST)
    messages.success(request, _("Offered again.") if "again" in request.POST else _("Offered no more."))
    return redirect("canned_replies")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def version(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """One version beside the one before it, and bringing it back."""
    reply = _seen_by(request, pk)
    permissions.require(permissions.can_change_reply(request.user, reply))
    versions = CannedReplyVersion.objects.select_related("reply", "by").prefetch_related("reply__texts")
    kept = get_object_or_404(versions, reply=pk, number=number)
    if request.method == "POST":
        came = bring_back(kept, by=request.user, note=note_of_return(number))
        say_returned(request, number, differs=came is not None)
        return redirect("canned_reply", pk=pk)
    context = {
        "reply": reply,
        "row": row_of(reply, language=get_language() or "en"),
        "version": kept,
        "differences": list(differences(standing_before(kept), kept.content)),
        "is_newest": reply.versions.first() == kept,
        **rail_of(request.user),
    }
    return render(request, "curation/reply_version.html", context)


def _seen_by(request: DeskRequest, pk: int) -> CannedReply:
    permissions.require(permissions.can_work_tickets(request.user))
    replies = (
        CannedReply.objects.visible_to(request.user).select_related("owner", "team").prefetch_related("texts")
    )
    return get_object_or_404(replies, pk=pk)


def _form(
    request: DeskRequest, content: Content, *, seen: int | None, data: QueryDict | None = None
) -> CannedReplyForm:
    return CannedReplyForm(
        data or request.POST or None,
        content=content,
        seen=seen,
        by=request.user,
        may_share=permissions.can_share_replies(request.user),
    )


def _changed_meanwhile(request: DeskRequest, reply: CannedReply, meanwhile: NewerVersion) -> HttpResponse:
    """What was typed stays; saved again, it goes on from the newer version."""
    data = request.POST.copy()
    data["seen"] = str(meanwhile.newest.number)
    form = _form(request, content_of(reply), seen=None, data=data)
    form.add_error(None, said_newer(meanwhile))
    return _page(request, reply, form, compare=meanwhile.newest.number)


def _page(
    request: DeskRequest, reply: CannedReply, form: CannedReplyForm, *, compare: int = 0
) -> HttpResponse:
    """With the preview, where a ticket was named and the texts may be kept."""
    ticket = form.cleaned_data.get("ticket") if form.is_bound else None
    preview = None
    if ticket is not None and form.is_valid():
        bodies = {language: form.cleaned_data[f"{language}-body"] for language in Language.values}
        preview = preview_on(ticket, bodies)
    context = {
        "reply": reply,
        "row": row_of(reply, language=get_language() or "en") if reply.pk else None,
        "form": form,
        "compare": compare,
        "preview": preview,
        "versions": reply.versions.select_related("by")[:VERSIONS_SHOWN] if reply.pk else [],
        **rail_of(request.user),
    }
    refused = form.is_bound and not form.is_valid()
    return render(request, "curation/reply.html", context, status=422 if refused else 200)
