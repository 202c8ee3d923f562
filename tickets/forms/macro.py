from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tickets.models import CannedReply, Person, Role, Ticket, VerdictChoice
from tickets.services.catalogue import catalogue
from tickets.services.content_diff import Content
from tickets.services.missing import ORDER
from tickets.services.redaction import safe_words
from tickets.services.scope import reaches
from tickets.services.tag import names_in
from triage.engine.evidence import FIELDS

from .kept import KeptForm
from .letter_check import objections_of, unknown_blanks
from .macro_parts import (
    FAMILY,
    WORDS,
    actions_from,
    conditions_from,
    fields_of_actions,
    fields_of_conditions,
    fields_of_texts,
    texts_from,
)
from .report import PastedText

ANY = ("", _("does not matter"))
LETTERS = (
    ("", _("None")),
    ("suggested", _("The first reply that is suggested for the ticket")),
    ("canned", _("This canned reply")),
    ("own", _("A text of its own")),
    ("ask", _("The questions for all that is missing")),
)
THEN = (
    ("", _("As it is, or waiting for the customer after a letter")),
    ("waiting", _("Wait for the customer")),
    ("open", _("Keep it with us")),
    ("reply", _("Snooze until the customer answers")),
    ("incident", _("Snooze until the incident ends")),
    ("hour", _("Snooze for an hour")),
    ("tomorrow", _("Snooze until tomorrow morning")),
    ("monday", _("Snooze until Monday morning")),
)


class Listed(forms.CharField):
    """Names parted by commas, as a list."""

    def to_python(self, value: Any) -> Any:
        return names_in(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class CauseList(Listed):
    """Causes of the catalogue, or whole families such as quota.*"""

    def to_python(self, value: Any) -> Any:
        typed = forms.CharField.to_python(self, value) or ""
        return [each for each in typed.replace("，", ",").replace(" ", ",").split(",") if each]

    def validate(self, value: Any) -> None:
        causes = catalogue().causes
        families = {cause.family for cause in causes.values()}
        unknown = [
            each
            for each in value
            if each not in causes and not (each.endswith(FAMILY) and each.removesuffix(FAMILY) in families)
        ]
        if unknown:
            raise forms.ValidationError(
                _("There is no cause called %(names)s."), params={"names": ", ".join(unknown)}
            )


def yes_no(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[ANY, ("yes", yes), ("no", no)], required=False)


def several(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple
    )


def words_for_the_desk(label: Any, longest: int) -> PastedText:
    return PastedText(
        label=label, max_length=longest, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MacroForm(KeptForm):
    name = forms.CharField(label=_("Name of the macro"), max_length=120)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    folder = forms.CharField(label=_("Folder"), max_length=80, required=False)
    folder_zh = forms.CharField(label=_("Folder in Chinese"), max_length=80, required=False)

    verdict = several(_("Verdict is one of"), VerdictChoice.choices)
    sureness = several(_("How sure"), [("sure", _("Sure")), ("likely", _("Likely")), ("unsure", _("Unsure"))])
    cause = CauseList(
        label=_("Cause is one of"),
        max_length=500,
        required=False,
        help_text=_("Such as quota.balance, or quota.* for the whole family; parted by commas."),
    )
    status = several(_("Status is one of"), Ticket.Status.choices)
    known = several(_("These facts are known"), ())
    unknown = several(_("These facts are not known"), ())
    charged = yes_no(_("Charged"), _("yes"), _("no"))
    incident = yes_no(
        pgettext_lazy("condition", "Open incident"), _("it is about one"), _("it is about none")
    )
    escalated = yes_no(_("Escalated"), _("yes"), _("no"))
    unanswered = yes_no(_("Last word"), _("the customer's"), _("ours"))
    held_by = forms.ChoiceField(
        label=_("Assigned to"),
        choices=[ANY, ("me", _("whoever looks")), ("nobody", _("nobody"))],
        required=False,
    )
    tag = Listed(label=_("Has one of the tags"), max_length=500, required=False)
    without_tag = Listed(label=_("Has none of the tags"), max_length=500, required=False)

    confirm = forms.BooleanField(label=_("Confirm the verdict"), required=False)
    add_tags = Listed(label=_("Add tags"), max_length=500, required=False)
    remove_tags = Listed(label=_("Take tags away"), max_length=500, required=False)
    assign = forms.ChoiceField(label=_("Assign"), required=False)
    note = words_for_the_desk(_("Add a note"), 20_000)
    note_zh = words_for_the_desk(_("The note in Chinese"), 20_000)
    escalate = words_for_the_desk(_("Escalate, asking the engineer"), 2000)
    escalate_zh = words_for_the_desk(_("The question in Chinese"), 2000)
    letter = forms.ChoiceField(
        label=_("Letter to the customer"), choices=LETTERS, required=False, widget=forms.RadioSelect
    )
    canned_reply = forms.ModelChoiceField(
        CannedReply.objects.none(),
        label=_("Canned reply"),
        required=False,
        to_field_name="slug",
        empty_label=_("choose one"),
    )
    letter_en = PastedText(
        label=_("Own text in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    letter_zh = PastedText(
        label=_("Own text in Chinese"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    then = forms.ChoiceField(label=_("Then"), choices=THEN, required=False)

    def __init__(
        self, data: Any = None, *, content: Content, seen: int | None, by: Person, may_share: bool
    ) -> None:
        language = get_language() or "en"
        initial = {
            **fields_of_texts(content["texts"]),
            **fields_of_conditions(content["conditions"]),
            **fields_of_actions(content["actions"]),
        }
        super().__init__(data, by=by, may_share=may_share, stood=content["scope"], seen=seen, initial=initial)
        replies = CannedReply.objects.offered().visible_to(by).order_by("slug")
        cast(forms.ModelChoiceField, self.fields["canned_reply"]).queryset = replies
        facts = [(name, FIELDS[name].in_language(language)) for name in ORDER]
        for name in ("known", "unknown"):
            cast(forms.ChoiceField, self.fields[name]).choices = facts
        people = Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name")
        cast(forms.ChoiceField, self.fields["assign"]).choices = [
            ("", _("leave as it is")),
            ("me", _("whoever runs it")),
            ("nobody", _("nobody")),
            *((str(person.pk), str(person)) for person in people),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in WORDS:
            if given.get(name):
                given[name] = safe_words(given[name].replace("\r\n", "\n"))
        self._check_blanks(given)
        letter = given.get("letter")
        if letter == "canned":
            self._check_reply(given.get("canned_reply"))
        if letter == "own":
            self._check_letter(given)
        if letter == "ask" and given.get("then"):
            self.add_error(
                "then", _("After the questions the ticket waits for the customer; leave this as it is.")
            )
        if set(given.get("known", ())) & set(given.get("unknown", ())):
            self.add_error("unknown", _("A fact cannot be known and not known."))
        if not self.errors and not self.actions:
            self.add_error(None, _("It does nothing yet. Choose at least one action."))
        return given

    @property
    def content(self) -> Content:
        return {
            "scope": self.scope_chosen,
            "conditions": conditions_from(self.cleaned_data),
            "actions": self.actions,
            "texts": texts_from(self.cleaned_data),
        }

    @property
    def actions(self) -> list[Any]:
        return actions_from(self.cleaned_data)

    def _check_blanks(self, given: dict[str, Any]) -> None:
        """A blank that nothing fills would keep the whole macro from being offered."""
        for field in ("note", "note_zh", "escalate", "escalate_zh"):
            unknown = unknown_blanks(given.get(field, ""))
            if unknown:
                words = _("Nothing can fill this: %(blanks)s.") % {"blanks": ", ".join(unknown)}
                self.add_error(field, words)

    def _check_reply(self, reply: CannedReply | None) -> None:
        """Everybody who gets the macro must be able to send its reply."""
        if reply is None:
            if "canned_reply" not in self.errors:
                self.add_error("canned_reply", _("Choose the reply."))
        elif "scope" not in self.errors and not reaches(reply, self.scope_chosen):
            self.add_error(
                "canned_reply", _("Not everybody who gets this macro sees that reply. Choose another.")
            )

    def _check_letter(self, given: dict[str, Any]) -> None:
        """What must not be said is not kept either; only blanks that the evidence fills may stay open."""
        if not given.get("letter_en") and not given.get("letter_zh") and not self.errors:
            self.add_error("letter_en", _("Write the text in one language at least."))
        for field in ("letter_en", "letter_zh"):
            for objection in objections_of(given.get(field, "")):
                self.add_error(field, objection)
