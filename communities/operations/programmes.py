"""Programmes: their settings, their own words, and the organisations that work in them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.enums import WordKey
from communities.models import KeyWord, Organisation, Programme, ProgrammeOrganisation
from communities.operations.fitness import SettingRefused, keep, named, refuse_mixing_practice
from communities.words import usual_word
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_PHASE, LONGEST_WORD, LONGEST_NUMBER = 160, 40, 200, 40  # characters
AGES = range(10, 41)
MOST_CONFIRMATIONS = 5
LARGEST_GAP = Decimal("4")  # points: between the ends of a scale of five


@transaction.atomic
def put_programme(
    *,
    name_km: str,
    first_year: int,
    by: User,
    programme: Programme | None = None,
    name_en: str = "",
    phase: str = "",
    last_year: int | None = None,
    small_group_minimum: int = 5,
    gap_flag: Decimal = Decimal(1),
    youth_from_age: int = 15,
    youth_to_age: int = 30,
    confirmations_needed: int = 1,
    has_witness_signature: bool = False,
    help_phone: str = "",
    frozen_from: date | None = None,
    frozen_until: date | None = None,
) -> Programme:
    """Make a programme, or change what its rounds follow from now on. `gap_flag` is in points of the scale.

    A new one has a scale of five points; the scale is chosen where scorecards are known.
    """
    now = timezone.now()
    is_new = programme is None
    programme = Programme(is_practice=by.is_practice) if is_new else _held(programme)
    _refuse_years(first_year, last_year)
    _refuse_settings(small_group_minimum, gap_flag, youth_from_age, youth_to_age, confirmations_needed)
    _refuse_freeze(frozen_from, frozen_until)
    values = named(name_km, name_en, at_most=LONGEST_NAME) | {
        "phase": plain_text(phase, at_most=LONGEST_PHASE), "first_year": first_year, "last_year": last_year,
        "small_group_minimum": small_group_minimum, "gap_flag": gap_flag, "youth_from_age": youth_from_age,
        "youth_to_age": youth_to_age, "confirmations_needed": confirmations_needed,
        "has_witness_signature": has_witness_signature,
        "help_phone": plain_text(help_phone, at_most=LONGEST_NUMBER), "frozen_from": frozen_from,
        "frozen_until": frozen_until,
    }  # fmt: skip
    keep(programme, values)
    _record(programme, "added" if is_new else "changed", by, now)
    return programme


@transaction.atomic
def put_key_words(*, programme: Programme, words: Mapping[str, tuple[str, str]], by: User) -> None:
    """Say these words the programme's own way: {key: (Khmer, English)}. Blank in Khmer, or the same as the usual
    word, goes back to it; keys that are not named stay."""
    now = timezone.now()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if unknown := set(words) - set(WordKey.values):
        raise TypeError(f"no key words: {', '.join(sorted(unknown))}")
    own = 0
    for key, texts in words.items():
        km, en = (plain_text(text, at_most=LONGEST_WORD) for text in texts)
        if en and not km:
            raise SettingRefused(
                _("“%(word)s” has no Khmer. Write it in Khmer too, or empty both.") % {"word": en}
            )
        usual = usual_word(WordKey(key))
        if not km or (km == usual["km"] and en in {"", usual["en"]}):
            programme.key_words.filter(key=key).delete()
        else:
            KeyWord.objects.update_or_create(
                programme=programme, key=key, defaults={"text_km": km, "text_en": en}
            )
            own += 1
    record(
        "communities.key_words.chosen", noun="programme", object_id=programme.pk, by=by, at=now, own=own,
        asked=len(words),
    )  # fmt: skip


@transaction.atomic
def join_programme(
    *, programme: Programme, organisation: Organisation, by: User, leads: bool = False
) -> ProgrammeOrganisation:
    """Make the organisation a partner; one that is already says so, and whether it leads is taken as said now."""
    now = timezone.now()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    refuse_mixing_practice(programme.is_practice, organisation.is_practice)
    partner, _is_new = ProgrammeOrganisation.objects.update_or_create(
        programme=programme, organisation=organisation, defaults={"leads": leads}
    )
    record(
        "communities.programme.joined", noun="programme", object_id=programme.pk, by=by, at=now,
        organisation=organisation.pk, leads=leads,
    )  # fmt: skip
    return partner


@transaction.atomic
def leave_programme(*, partner: ProgrammeOrganisation, by: User) -> None:
    """From now on it opens no rounds in the programme. What it did stays, under its name."""
    now = timezone.now()
    programme = Programme.objects.select_for_update().get(pk=partner.programme_id)
    if programme.partners.count() == 1:
        raise SettingRefused(_("A programme keeps at least one partner. Add the next one first."))
    partner.delete()
    record(
        "communities.programme.left", noun="programme", object_id=programme.pk, by=by, at=now,
        organisation=partner.organisation_id,
    )  # fmt: skip


def _refuse_years(first_year: int, last_year: int | None) -> None:
    if last_year is not None and last_year < first_year:
        raise SettingRefused(_("The last year is before the first."))


def _held(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _record(programme: Programme, verb: str, by: User, now: datetime) -> None:
    record(
        f"communities.programme.{verb}", noun="programme", object_id=programme.pk, by=by, at=now,
        first_year=programme.first_year, last_year=programme.last_year,
        small_group_minimum=programme.small_group_minimum, gap_flag=str(programme.gap_flag),
        confirmations_needed=programme.confirmations_needed, frozen=programme.frozen_from is not None,
    )  # fmt: skip


def _refuse_freeze(begins: date | None, ends: date | None) -> None:
    if (begins is None) != (ends is None):
        raise SettingRefused(
            _("Days in which nothing new is published have a first and a last day. Write both.")
        )
    if begins and ends < begins:
        raise SettingRefused(_("The last day on which nothing new is published is before the first."))


def _refuse_settings(small_group: int, gap: Decimal, from_age: int, to_age: int, confirmations: int) -> None:
    if not 3 <= small_group <= 50:
        raise SettingRefused(_("The smallest group that is shown alone has 3 to 50 people."))
    if not 0 < gap <= LARGEST_GAP:
        raise SettingRefused(_("A difference to point out is above 0 and at most 4 points."))
    if from_age not in AGES or to_age not in AGES or from_age > to_age:
        raise SettingRefused(
            _("Young people are between 10 and 40 years old, from the younger age to the older.")
        )
    if not 1 <= confirmations <= MOST_CONFIRMATIONS:
        raise SettingRefused(_("Between 1 and 5 people confirm what the council decided."))
