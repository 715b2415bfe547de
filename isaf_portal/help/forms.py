"""What is searched for in the help."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import ROLE_CHOICES


class HelpSearch(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", pgettext_lazy("filter", "All")), *ROLE_CHOICES]
    )
