"""Places: province, district, commune, village; their codes and names over time."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from communities.enums import AreaKind, AreaLevel, LineageKind
from isaf_portal.lib.constraints import has_khmer, one_of

models.CharField.register_lookup(Length)

PRACTICE_PROVINCE = "00"


class AreaQuerySet(models.QuerySet):
    def in_area(self, area: "Area"):
        """The area itself and everything inside it, by the prefix of its current code."""
        return self.filter(code__startswith=area.code)

    def communes(self):
        return self.filter(level=AreaLevel.COMMUNE)

    def current(self):
        return self.filter(retired_on__isnull=True)

    def real(self):
        """Without the practice province, which no count, map or open data may contain."""
        return self.exclude(code__startswith=PRACTICE_PROVINCE)


class Area(models.Model):
    """A place. `code`, `kind`, `parent` are what holds today and are written by the gazetteer loader alone;
    what held before stands in `AreaCode`. A retired area keeps its last code until another place is given it.
    """

    level = models.PositiveSmallIntegerField(choices=AreaLevel.choices)
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    code = models.CharField(max_length=8, unique=True)
    # The column holds the parent's code, so that the database itself can compare the two.
    parent = models.ForeignKey(
        "self", to_field="code", db_column="parent_code", null=True, blank=True,
        on_delete=models.PROTECT, related_name="children",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120)
    retired_on = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        constraints = [
            CheckConstraint(name="area_code_is_pairs_of_digits", condition=Q(code__regex=r"^([0-9][0-9]){1,4}$")),
            CheckConstraint(
                name="area_code_is_as_long_as_its_level",
                condition=Q(level=1, code__length=2) | Q(level=2, code__length=4) | Q(level=3, code__length=6) | Q(level=4, code__length=8),
            ),
            CheckConstraint(
                name="area_code_starts_with_its_parents",
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent=Substr("code", 1, Length("code") - 2)),
            ),
            CheckConstraint(
                name="area_kind_fits_its_level",
                condition=Q(level=1, kind__in=["province", "capital"]) | Q(level=2, kind__in=["srok", "krong", "khan"])
                | Q(level=3, kind__in=["khum", "sangkat"]) | Q(level=4, kind="phum"),
            ),
            has_khmer("area", "name"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def is_practice(self) -> bool:
        return self.code.startswith(PRACTICE_PROVINCE)


class AreaCode(models.Model):
    """A code, kind and name that an area had from one day to another; the open row is today's."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)  # empty: since before our records
    valid_to = models.DateField(null=True, blank=True)  # empty: still
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("place code")
        indexes = [models.Index(fields=["code"], name="areacode_by_code")]
        constraints = [
            UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="areacode_open_code_once"
            ),
            UniqueConstraint(
                fields=["area"], condition=Q(valid_to__isnull=True), name="areacode_one_open_per_area"
            ),
            CheckConstraint(
                name="areacode_valid_from_before_to",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
            ),
        ]

    def __str__(self):
        return self.code


class AreaLineage(models.Model):
    """What became of a place: renamed, recoded, upgraded, merged, split."""

    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="became")
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=10, choices=LineageKind.choices)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("place lineage")
        constraints = [
            one_of("arealineage", "kind", LineageKind),
            UniqueConstraint(fields=["from_area", "to_area", "kind", "on"], name="arealineage_said_once"),
        ]

    def __str__(self):
        return f"{self.from_area_id} {self.kind} {self.to_area_id}"
