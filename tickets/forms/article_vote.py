from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import ArticleVote


class VoteForm(forms.Form):
    """Yes or no; after a no a reason and, if wanted, a sentence."""

    helped = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")
    reason = forms.ChoiceField(
        label=_("What was wrong with it?"),
        choices=ArticleVote.Reason,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What was missing or wrong, in a sentence"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
