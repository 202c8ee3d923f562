"""The ledger of mail that came in: what became of each, its source, and taking in what was left out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.models import AuditEntry, InboundMail
from tickets.services.audit import note
from tickets.services.inbound_mail import try_again
from tickets.services.mail.health import mail_health
from tickets.services.mail.scanning import ScannerAway
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_read_mail(request.user))
    state, after = request.GET.get("state", ""), number_of(request.GET.get("after", ""))
    found = (
        InboundMail.objects.visible_to(request.user).select_related("ticket").defer("source").order_by("-pk")
    )
    if state in InboundMail.State.values:
        found = found.filter(state=state)
    else:
        state = ""
    rows = list(found.filter(pk__lt=after)[: PAGE + 1] if after else found[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else ""
    context = {
        "mails": rows[:PAGE],
        "next": f"?{urlencode({'state': state, 'after': more})}" if more else "",
        "state": state,
        "states": InboundMail.State.choices,
        "is_first": not after,
        "health": mail_health(),
        "may_decide": permissions.can_decide_mail(request.user),
        **rail_of(request.user),
    }
    return render(request, "curation/inbound_mails.html", context)


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_read_mail(request.user))
    mails = InboundMail.objects.visible_to(request.user).select_related("ticket", "message", "decided_by")
    mail = get_object_or_404(mails, pk=pk)
    if mail.source and request.method == "GET":
        note(AuditEntry.Kind.READ, by=request.user, about=f"mail {mail.pk}")
    context = {"mail": mail, "may_decide": permissions.can_decide_mail(request.user), **rail_of(request.user)}
    return render(request, "curation/inbound_mail.html", context)


@require_POST
@desk_view
def trying(request: DeskRequest, pk: int) -> HttpResponse:
    """Take in what failed or was ignored, whatever the guards say."""
    permissions.require(permissions.can_decide_mail(request.user))
    try:
        mail = try_again(get_object_or_404(InboundMail, pk=pk), by=request.user)
    except ScannerAway:
        messages.error(
            request, _("The virus scanner does not answer. The mail stays as it is; try again later.")
        )
        return redirect("inbound_mail", pk=pk)
    if mail.ticket_id is not None and not mail.can_be_tried_again:
        messages.success(request, _("The mail is now on #%(number)s.") % {"number": mail.ticket_id})
    return redirect("inbound_mail", pk=pk)
