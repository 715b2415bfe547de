"""Inviting a person to a role, finding people, ending what they hold."""

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import ROLES, Permission, Scope
from communities.access import holds
from communities.forms.fields import CommuneField
from communities.giving import LEVELS, choices_for, gives_roles
from communities.models import Area, ServiceProvider
from isaf_portal.lib.fields import DayField

# More than these are typed, not chosen from a list.
LISTED_AT_MOST = 60
SHOWN_AT_MOST = 8
LABELS = {
    Scope.PROGRAMME: _("Programme"),
    Scope.ORGANISATION: _("Organisation"),
    Scope.PROVIDER: _("Service provider"),
    Scope.CBO: _("Community-based organisation"),
}
JOINED = {
    Scope.AREA: ("parent",),
    Scope.PROVIDER: ("located_in",),
    Scope.CBO: ("commune",),
}


def label_of(thing: Model) -> str:
    """Its name, and where it is, since many schools are called alike."""
    if isinstance(thing, Area):
        return f"{thing.name} ({thing.code})"
    place = getattr(thing, "located_in", None) or getattr(thing, "commune", None)
    return f"{thing.name} · {place.name}" if place else thing.name


class OneOfField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return label_of(obj)


class NamedField(forms.CharField):
    """One of very many things, by its name in either language or its official code."""

    def __init__(self, found: QuerySet, **kwargs):
        self.found = found
        super().__init__(max_length=160, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        wanted = Q(name_km__icontains=text) | Q(name_en__icontains=text)
        if self.found.model is ServiceProvider:
            wanted |= Q(official_code=text)
        things = list(self.found.filter(wanted).order_by("pk")[: SHOWN_AT_MOST + 1])
        exact = [
            thing
            for thing in things
            if text in {thing.name_km, thing.name_en, getattr(thing, "official_code", "")}
        ]
        if len(one := exact or things) == 1:
            return one[0]
        if not things:
            raise forms.ValidationError(_("Nothing of this name was found within your reach."))
        names = "; ".join(label_of(thing) for thing in things[:SHOWN_AT_MOST])
        raise forms.ValidationError(
            _("More than one is called like this: %(names)s"), params={"names": names}
        )


def scope_field(person: User, role: str, scope: Scope) -> forms.Field:
    """What the role hangs on: a list where it is short, otherwise typed."""
    found = choices_for(person, role, scope).select_related(*JOINED.get(scope, ()))
    is_commune = scope is Scope.AREA and role not in LEVELS
    label = LABELS.get(scope) or (_("Commune") if is_commune else _("District"))
    few = list(found[: LISTED_AT_MOST + 1])
    if len(few) > LISTED_AT_MOST and is_commune:
        return CommuneField(label=label)
    if len(few) > LISTED_AT_MOST and scope in {Scope.PROVIDER, Scope.CBO}:
        return NamedField(found, label=label, help_text=_("Its name, or its official code."))
    field = OneOfField(
        found.order_by("code" if scope is Scope.AREA else "pk"), label=label, empty_label=_("Choose")
    )
    field.initial = few[0].pk if len(few) == 1 else None
    return field


class InviteForm(forms.Form):
    """Of one role, which decides what else is asked."""

    name = forms.CharField(label=_("Full name"), max_length=120, help_text=_("As on the identity card."))
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Such as 012 345 678. The person signs in with it."),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("Only if the person has no phone number, or prefers it."),
    )
    language = forms.ChoiceField(
        label=_("Language of the slip and the first page"),
        choices=User.Language.choices,
        initial=User.Language.KHMER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, person: User, role: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.scopes = [scope for scope in Scope if scope in ROLES[role].scopes]
        for scope in self.scopes:
            self.fields[f"of_{scope}"] = scope_field(person, role, scope)
        self.order_fields([f"of_{scope}" for scope in self.scopes])

    def invitation(self) -> dict:
        """The arguments of the operation, without role and inviter."""
        typed = {name: self.cleaned_data[name] for name in ("name", "phone", "email", "language")}
        return typed | {"scopes": {scope: self.cleaned_data[f"of_{scope}"] for scope in self.scopes}}


class PeopleFilter(forms.Form):
    name = forms.CharField(label=_("Name or phone number"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    is_new = forms.BooleanField(label=_("Only those who have not come in yet"), required=False)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(code, ROLES[code].name) for code in gives_roles(person)]
        if holds(person, Permission.MANAGE_PEOPLE):
            self.fields["is_ended"] = forms.BooleanField(label=_("Also roles that ended"), required=False)
        self.fields["role"].choices = [("", pgettext_lazy("roles", "All")), *offered]


class LastDayForm(forms.Form):
    ends_on = DayField(label=_("Last day of the role"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", timezone.localdate())


class LastDayOfTermForm(LastDayForm):
    ends_on = DayField(
        label=_("Last day of the term"),
        help_text=_("The roles of the chief and of all councillors end on this day. What they did stays."),
    )
