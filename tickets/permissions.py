"""Who may do what: the table of the domain page, as small predicates. What exists for a person is decided by
`visible_to` of the querysets; nothing else decides either. Templates ask the same functions.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from .models import CannedReply, Compensation, FaqEntry, Macro, Person, Role, RuleSet, SavedView
from .models.scoped import EVERYBODY

Viewer = Person | AnonymousUser


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def can_read_tickets(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.BILLING, Role.ADMIN)


def can_work_tickets(viewer: Viewer) -> bool:
    """Reply, note, assign, escalate, judge, resolve."""
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.ADMIN)


def can_see_evidence(viewer: Viewer) -> bool:
    """Raw errors, request ids, gateway logs. Billing sees charges only."""
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.ADMIN)


def can_export_tickets(viewer: Viewer) -> bool:
    """Carry one away as a signed bundle: it holds all evidence."""
    return can_see_evidence(viewer)


def can_see_charges(viewer: Viewer) -> bool:
    return can_read_tickets(viewer)


def can_read_escalations(viewer: Viewer) -> bool:
    """The review room. Its cards quote evidence."""
    return can_see_evidence(viewer)


def can_review_escalations(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.ENGINEER, Role.ADMIN)


def can_read_incidents(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.ADMIN)


def can_attach_to_incidents(viewer: Viewer) -> bool:
    """Say that a ticket is about an incident, or that it is not."""
    return can_read_incidents(viewer) and can_work_tickets(viewer)


def can_run_incidents(viewer: Viewer) -> bool:
    """Open one, say in which state it is, end it."""
    return _has_role(viewer, Role.ENGINEER, Role.ADMIN)


def can_switch_routes(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.ENGINEER, Role.ADMIN)


def can_request_compensation(viewer: Viewer) -> bool:
    """Propose it. Who may approve may ask as well, and never approves the own proposal."""
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.BILLING, Role.ADMIN)


def can_approve_compensation(viewer: Viewer) -> bool:
    """Approve, decline, say that it was credited, set a charge aside."""
    return _has_role(viewer, Role.BILLING, Role.ADMIN)


def can_decide_compensation(viewer: Viewer, compensation: Compensation) -> bool:
    """This one: nobody decides over the own proposal."""
    return can_approve_compensation(viewer) and compensation.proposed_by_id != viewer.pk


def can_withdraw_compensation(viewer: Viewer, compensation: Compensation) -> bool:
    return can_request_compensation(viewer) and compensation.proposed_by_id == viewer.pk


def can_bring_charges(viewer: Viewer) -> bool:
    """Bring in lines of charges from a file or pasted log lines."""
    return _has_role(viewer, Role.ENGINEER, Role.BILLING, Role.ADMIN)


def can_set_compensation_limits(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.ADMIN)


def can_read_ledger(viewer: Viewer) -> bool:
    """What each provider cost: numbers only. What stands behind them asks for its own permission."""
    return can_read_tickets(viewer)


def can_keep_notices(viewer: Viewer) -> bool:
    """Write down what providers themselves say of their troubles."""
    return can_run_incidents(viewer)


def can_suggest_rules(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.AGENT, Role.ENGINEER, Role.ADMIN)


def can_edit_rules(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.ADMIN)


def can_activate_rules(viewer: Viewer, rule_set: RuleSet) -> bool:
    """A second person: never the author of the last change."""
    return (
        can_edit_rules(viewer)
        and rule_set.state == RuleSet.State.TESTED
        and rule_set.changed_by_id != viewer.pk
    )


def can_bring_back_rules(viewer: Viewer, rule_set: RuleSet) -> bool:
    """What was active before was agreed upon by two; it is back in one step."""
    return can_edit_rules(viewer) and rule_set.was_active


def can_suggest_articles(viewer: Viewer) -> bool:
    """See what articles do and what is looked for in vain; begin a draft."""
    return can_suggest_rules(viewer)


def can_edit_articles(viewer: Viewer) -> bool:
    """Write, set aside, publish."""
    return can_edit_rules(viewer)


def can_write_article(viewer: Viewer, entry: FaqEntry) -> bool:
    """An admin any; whoever began a draft, until it is reviewed."""
    if can_edit_articles(viewer):
        return True
    return (
        can_suggest_articles(viewer)
        and entry.author_id == viewer.pk
        and entry.state == FaqEntry.State.DRAFT
        and entry.published_at is None
    )


def can_review_article(viewer: Viewer, entry: FaqEntry) -> bool:
    """Nobody publishes own words."""
    return can_edit_articles(viewer) and viewer.pk not in entry.writers()


def can_change_view(viewer: Viewer, view: SavedView) -> bool:
    """One's own; an admin also what is for everybody."""
    return can_read_tickets(viewer) and (
        view.owner_id == viewer.pk or (view.is_shared and _has_role(viewer, Role.ADMIN))
    )


def can_share_macros(viewer: Viewer) -> bool:
    """Keep macros for everybody; one's own and those of one's teams are anybody's who works tickets."""
    return _has_role(viewer, Role.ADMIN)


def can_change_macro(viewer: Viewer, macro: Macro) -> bool:
    return _can_change_kept(viewer, macro, may_share=can_share_macros(viewer))


def can_share_replies(viewer: Viewer) -> bool:
    """Keep canned replies for everybody; one's own and those of one's teams are anybody's who works tickets."""
    return _has_role(viewer, Role.ADMIN)


def can_change_reply(viewer: Viewer, reply: CannedReply) -> bool:
    return _can_change_kept(viewer, reply, may_share=can_share_replies(viewer))


def _can_change_kept(viewer: Viewer, kept: CannedReply | Macro, *, may_share: bool) -> bool:
    """One's own and those of one's teams; who may share also what is for everybody."""
    if kept.scope == EVERYBODY:
        return may_share
    if not isinstance(viewer, Person) or not can_work_tickets(viewer):
        return False
    return kept.owner_id == viewer.pk or kept.team_id in viewer.team_ids


def can_manage_models(viewer: Viewer) -> bool:
    """The list of models and prices."""
    return _has_role(viewer, Role.ADMIN)


def can_read_mail(viewer: Viewer) -> bool:
    """The ledger of incoming mail, with sources: they hold evidence."""
    return can_see_evidence(viewer)


def can_decide_mail(viewer: Viewer) -> bool:
    """Take in what failed or was ignored."""
    return _has_role(viewer, Role.ADMIN)


def can_manage_work(viewer: Viewer) -> bool:
    """Calendars, service levels, assignment rules, capacities, the rota."""
    return _has_role(viewer, Role.ADMIN)


def can_manage_correlation(viewer: Viewer) -> bool:
    """When the desk opens an incident by itself."""
    return _has_role(viewer, Role.ADMIN)


def can_manage_status_page(viewer: Viewer) -> bool:
    """Whether the public sees a status page."""
    return _has_role(viewer, Role.ADMIN)


def can_manage_provider_pages(viewer: Viewer) -> bool:
    """Which status pages of providers the desk reads: it calls other hosts for that."""
    return _has_role(viewer, Role.ADMIN)


def can_run_probes(viewer: Viewer) -> bool:
    """Read what probes met, and send one now."""
    return can_run_incidents(viewer)


def can_manage_probes(viewer: Viewer) -> bool:
    """Which probes are sent, and with which key: they cost tokens."""
    return _has_role(viewer, Role.ADMIN)


def can_manage_people(viewer: Viewer) -> bool:
    """Invite, change roles, close accounts, demand second factors."""
    return _has_role(viewer, Role.ADMIN)


def can_read_audit(viewer: Viewer) -> bool:
    return _has_role(viewer, Role.ADMIN)


def can_manage_privacy(viewer: Viewer) -> bool:
    """How long data is kept; whose data is handed over or erased."""
    return _has_role(viewer, Role.ADMIN)


def can_read_anchors(viewer: Viewer) -> bool:
    """The daily anchors over the evidence chains, to carry them elsewhere. They hold numbers and hashes alone."""
    return can_read_audit(viewer)


def _has_role(viewer: Viewer, *roles: Role) -> bool:
    return isinstance(viewer, Person) and viewer.is_active and viewer.role in roles
