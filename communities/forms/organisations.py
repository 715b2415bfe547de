"""One organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds_everywhere
from communities.enums import OrganisationKind
from communities.models import Programme


class OrganisationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=OrganisationKind.choices, initial=OrganisationKind.LOCAL_NGO
    )
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=30, required=False)


class NewOrganisationForm(OrganisationForm):
    """Also the programme that it works in, without which only the administrator would find it again."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Works in the programme"), empty_label=_("Choose")
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        programme = self.fields["programme"]
        programme.queryset = Programme.objects.visible_to(person).order_by("pk")
        if holds_everywhere(person, Permission.MANAGE_PROGRAMME):
            programme.required, programme.empty_label = False, _("None, such as a donor or an authority")
        elif len(few := programme.queryset[:2]) == 1:
            self.initial.setdefault("programme", few[0].pk)
