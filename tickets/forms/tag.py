from django import forms
from django.utils.translation import gettext_lazy as _


class TagsForm(forms.Form):
    tags = forms.CharField(
        label=_("Tags"),
        max_length=900,
        required=False,
        help_text=_("Parted by commas. A tag is lower case, its words joined by hyphens."),
    )
