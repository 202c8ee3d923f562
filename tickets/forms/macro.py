from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models import CannedReply, Macro, Person, Role, Ticket, VerdictChoice
from tickets.services.catalogue import catalogue
from tickets.services.missing import ORDER
from tickets.services.redaction import safe_words
from tickets.services.tag import names_in
from triage.engine.evidence import FIELDS

from .letter_check import objections_of
from .macro_parts import FAMILY, actions_from, conditions_from, fields_of_actions, fields_of_conditions
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


class MacroForm(forms.Form):
    name = forms.CharField(label=_("Name of the macro"), max_length=120)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    folder = forms.CharField(label=_("Folder"), max_length=80, required=False)
    folder_zh = forms.CharField(label=_("Folder in Chinese"), max_length=80, required=False)
    for_all = forms.BooleanField(label=_("For everybody"), required=False)

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
    incident = yes_no(_("Open incident"), _("it is about one"), _("it is about none"))
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
    note = PastedText(
        label=_("Add a note"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    escalate = PastedText(
        label=_("Escalate, asking the engineer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    letter = forms.ChoiceField(
        label=_("Letter to the customer"), choices=LETTERS, required=False, widget=forms.RadioSelect
    )
    canned_reply = forms.ModelChoiceField(
        CannedReply.objects.offered().filter(owner=None).order_by("slug"),
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

    def __init__(self, data: Any = None, *, macro: Macro, by: Person, may_share: bool) -> None:
        self.by = by
        language = get_language() or "en"
        said = {
            "name": macro.name,
            "name_zh": macro.name_zh,
            "folder": macro.folder,
            "folder_zh": macro.folder_zh,
            "for_all": macro.pk is not None and macro.owner_id is None,
            **fields_of_conditions(macro.conditions),
            **fields_of_actions(macro.actions, language=by.language),
        }
        super().__init__(data, initial=said)
        if not may_share:
            del self.fields["for_all"]
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
        for name in ("name", "name_zh", "folder", "folder_zh", "note", "escalate"):
            if given.get(name):
                given[name] = safe_words(given[name])
        letter = given.get("letter")
        if letter == "canned" and not given.get("canned_reply") and "canned_reply" not in self.errors:
            self.add_error("canned_reply", _("Choose the reply."))
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
    def conditions(self) -> dict[str, Any]:
        return conditions_from(self.cleaned_data)

    @property
    def actions(self) -> list[Any]:
        return actions_from(self.cleaned_data, language=self.by.language)

    def _check_letter(self, given: dict[str, Any]) -> None:
        """What must not be said is not kept either; only blanks that the evidence fills may stay open."""
        if not given.get("letter_en") and not given.get("letter_zh") and not self.errors:
            self.add_error("letter_en", _("Write the text in one language at least."))
        for field in ("letter_en", "letter_zh"):
            for objection in objections_of(given.get(field, "")):
                self.add_error(field, objection)
