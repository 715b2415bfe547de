"""Words of places, organisations and meetings."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AreaLevel(IntegerChoices):
    PROVINCE = 1, _("province")
    DISTRICT = 2, _("district")
    COMMUNE = 3, _("commune")
    VILLAGE = 4, _("village")


class AreaKind(TextChoices):
    """What a place is called; a third-level place is a sangkat exactly under a krong or a khan."""

    PROVINCE = "province", _("province")
    CAPITAL = "capital", _("capital")
    SROK = "srok", _("district")
    KRONG = "krong", _("municipality")
    KHAN = "khan", _("khan")
    KHUM = "khum", _("commune")
    SANGKAT = "sangkat", _("sangkat")
    PHUM = "phum", _("village")


class LineageKind(TextChoices):
    RENAMED = "renamed", _("renamed")
    RECODED = "recoded", _("recoded")
    UPGRADED = "upgraded", _("upgraded")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split")


class OrganisationKind(TextChoices):
    LEAD_NGO = "lead_ngo", _("Lead NGO")
    LOCAL_NGO = "local_ngo", _("Local NGO")
    DONOR = "donor", _("Donor")
    GOVERNMENT = "government", _("Government")


class MeetingKind(TextChoices):
    INCEPTION = "inception", _("Inception meeting")
    INFORMATION = "i4c", _("Information for citizens meeting")
    SCORECARD = "scorecard", _("Scorecard meeting")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment meeting")
    INTERFACE = "interface", _("Interface meeting")
    COUNCIL = "council_session", _("Council session")
    DISSEMINATION = "dissemination", _("Dissemination meeting")
    COMMITTEE = "committee", _("JAAP committee meeting")
    DISTRICT_WORKSHOP = "district_workshop", _("District integration workshop")


class MeetingStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class ScoringMethod(TextChoices):
    SECRET = "secret", _("Secret scoring")
    STICKERS = "stickers", _("Stickers")
    SHOW_OF_HANDS = "show_of_hands", _("Show of hands")
    MIXED = "mixed", _("Mixed")


class AttendanceRole(TextChoices):
    CITIZEN = "citizen", _("Citizens")
    PROVIDER = "provider", _("Service providers")
    AUTHORITY = "authority", _("Local authorities")
    FACILITATOR = "facilitator", _("Community facilitators")
    NGO = "ngo", _("NGO staff")


class PeopleGroup(TextChoices):
    """Whom a number in an attendance counts. Flags overlap: one person can be in several."""

    TOTAL = "total", _("Total")
    FEMALE = "female", _("Female")
    YOUTH = "youth", _("Young people")
    YOUNG_WOMEN = "young_women", _("Young women")
    DISABILITY = "disability", _("People with disability")
    WOMEN_WITH_DISABILITY = "women_with_disability", _("Women with disability")
    MINORITY = "minority", _("Ethnic minority")
    MINORITY_WOMEN = "minority_women", _("Ethnic minority women")
    ID_POOR = "id_poor", _("ID-Poor")
    ID_POOR_WOMEN = "id_poor_women", _("ID-Poor women")


class WordKey(TextChoices):
    """Key words that a programme may say its own way; the usual word of each stands beside it as the label."""

    PLAN_TITLE = "plan_title", pgettext_lazy("key word", "Joint Accountability Action Plan")
    PLAN_SHORT = "plan_short", pgettext_lazy("key word", "JAAP")
    EXTERNAL_HEADING = "external_heading", pgettext_lazy("key word", "Activities needing outside resources")
    INTERNAL_HEADING = "internal_heading", pgettext_lazy("key word", "Internal priority activities")
    CHIEF_KHUM = "chief_khum", pgettext_lazy("key word", "Commune chief")
    CHIEF_SANGKAT = "chief_sangkat", pgettext_lazy("key word", "Sangkat chief")
    WITNESS = "witness", pgettext_lazy("key word", "Seen and agreed")
    COMMUNITY_FACILITATOR = "community_facilitator", pgettext_lazy("key word", "Community facilitator")
    SCORECARD = "scorecard", pgettext_lazy("key word", "Community scorecard")
    SELF_ASSESSMENT = "self_assessment", pgettext_lazy("key word", "Self-assessment")
    SCORECARD_MEETING = "scorecard_meeting", pgettext_lazy("key word", "Scorecard meeting")
    INTERFACE_MEETING = "interface_meeting", pgettext_lazy("key word", "Interface meeting")
    COUNCIL_SESSION = "council_session", pgettext_lazy("key word", "Council session")
    CBO = "cbo", pgettext_lazy("key word", "Community-based organisation")
