"""A form with one field of each kind, for the catalogue of components and the check of Khmer errors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.fields import DayField, WholeNumberField


class ExampleFilter(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    held_on = DayField(label=_("Date"), required=False)


class ExampleForm(forms.Form):
    KINDS = [("village", _("Village")), ("commune", _("Commune"))]

    name = forms.CharField(label=_("Name"), max_length=20)
    count = WholeNumberField(label=_("Number of people"), help_text=_("Khmer or Latin digits."))
    held_on = DayField(label=_("Date"), required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    place = forms.ChoiceField(label=_("Place"), choices=KINDS, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label=_("Several"), choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    is_sure = forms.BooleanField(label=_("I have read it"), required=False)
