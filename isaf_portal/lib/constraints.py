"""Named database constraints that many nouns share, so that each model says only what is its own."""

from django.db.models import CheckConstraint, F, Q


def at_with_by(noun: str, verb: str) -> CheckConstraint:
    """`<verb>_at` and `<verb>_by` are both set or both empty: nothing happens without somebody."""
    both = Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False})
    neither = Q(**{f"{verb}_at__isnull": True, f"{verb}_by__isnull": True})
    return CheckConstraint(condition=both | neither, name=f"{noun}_{verb}_at_with_by")


def one_of(noun: str, field: str, choices) -> CheckConstraint:
    """The value is one of the enumeration's; a form can be bypassed, the table cannot."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": list(choices.values)}), name=f"{noun}_{field}_known"
    )


def not_negative(noun: str, field: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
        name=f"{noun}_{field}_not_negative",
    )


def not_after(noun: str, start: str, end: str) -> CheckConstraint:
    """The start is not after the end; either may be unknown."""
    return CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__lte": F(end)}),
        name=f"{noun}_{start}_not_after_{end}",
    )


def has_khmer(noun: str, field: str) -> CheckConstraint:
    """The Khmer column is filled. The untranslated column is not looked at: bulk writes leave it stale."""
    return CheckConstraint(
        condition=Q(**{f"{field}_km__isnull": False}) & ~Q(**{f"{field}_km": ""}),
        name=f"{noun}_{field}_has_khmer",
    )
