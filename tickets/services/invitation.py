"""Inviting people: a link that works once, for a week."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tickets.models import AuditEntry, Invitation, Person, Role

from . import outbox, second_factor
from .audit import note
from .mail.sending import deliver

GOOD_FOR = timedelta(days=7)


@transaction.atomic
def invite(email: str, *, name: str, role: str, language: str, by: Person) -> Invitation:
    """Write to somebody that they may join. An earlier open invitation to the address ends."""
    Invitation.objects.open().filter(email__iexact=email).update(withdrawn_at=timezone.now())
    invitation = _made(email=email, name=name, role=role, language=language, by=by)
    note(AuditEntry.Kind.INVITED, by=by, about=email, after={"role": role})
    outbox.add("mail_invitation", invitation, key=f"invitation:{invitation.pk}")
    return invitation


@transaction.atomic
def invite_first_admin() -> Invitation:
    """For the link that the first start prints. Only the last one printed works."""
    Invitation.objects.open().filter(email="").update(withdrawn_at=timezone.now())
    return _made(role=Role.ADMIN)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> None:
    Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    note(AuditEntry.Kind.INVITATION_WITHDRAWN, by=by, about=invitation.email)


@transaction.atomic
def accept(invitation: Invitation, *, email: str, name: str, password: str) -> Person | None:
    """The person, who may sign in now. None where somebody was quicker with the link."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
        return None
    person = Person.objects.create_user(
        invitation.email or email, password, name=name, role=invitation.role, language=invitation.language
    )
    second_factor.restate(person)
    note(AuditEntry.Kind.JOINED, by=person, about=person.email, after={"role": person.role})
    return person


def address_of(invitation: Invitation) -> str:
    return settings.BASE_URL + reverse("invitation", args=[invitation.token])


def mail_invitation(invitation_id: int, *, idempotency_key: str) -> None:
    invitation = Invitation.objects.open().select_related("by").filter(pk=invitation_id).first()
    if invitation is not None:
        deliver(_letter(invitation, idempotency_key))


def _made(**fields: object) -> Invitation:
    return Invitation.objects.create(expires_at=timezone.now() + GOOD_FOR, **fields)


def _letter(invitation: Invitation, key: str) -> EmailMessage:
    with translation.override(invitation.language):
        body = _(
            "%(by)s invites you to the triage desk as %(role)s.\n\n"
            "Open this link to choose a password. It works once, until %(until)s:\n\n%(link)s\n"
        ) % {
            "by": invitation.by,
            "role": invitation.get_role_display(),
            "until": timezone.localtime(invitation.expires_at).strftime("%Y-%m-%d %H:%M %Z"),
            "link": address_of(invitation),
        }
        subject = _("Your way into the triage desk")
    headers = {"Message-ID": f"<{key.replace(':', '.')}@desk.invalid>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, None, [invitation.email], headers=headers)
