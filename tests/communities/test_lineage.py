"""Places that moved: a person decides, the place stays the same place, its old code and name stay in its history."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from communities.models import Area, AreaCode, AreaLineage

HEAD = "code,parent_code,level,type_km,type_en,name_km,name_latin\n"
KINDS = {2: ("province", "ខេត្ត"), 4: ("district", "ស្រុក"), 6: ("commune", "ឃុំ"), 8: ("village", "ភូមិ")}
OLD = {
    "08": "កណ្តាល",
    "0806": "ល្វាឯម",
    "080601": "អរិយក្សត្រ",
    "08060101": "អរិយក្សត្រ",
    "08060102": "ខ្សាច់",
    "080602": "បារុង",
    "08060201": "បារុង",
}
# What the list said from 2023 on: the khum had become a sangkat of a new municipality, with its two villages.
NEW = {
    "08": "កណ្តាល",
    "0806": "ល្វាឯម",
    "080602": "បារុង",
    "08060201": "បារុង",
    "0813": ("ក្រុង", "អរិយក្សត្រ"),
    "081307": ("សង្កាត់", "អរិយក្សត្រ"),
    "08130701": "អរិយក្សត្រ",
    "08130702": "ខ្សាច់",
}
UPGRADED = "upgraded,080601,081307,2022-12-26,sub-decree\n"

pytestmark = pytest.mark.django_db


def listed(names: dict) -> str:
    rows = []
    for code, name in names.items():
        level, kind = KINDS[len(code)]
        kind, name = name if isinstance(name, tuple) else (kind, name)
        rows.append(f"{code},{code[:-2]},{level},{kind},,{name},Latin {code[-2:]}\n")
    return HEAD + "".join(rows)


@pytest.fixture
def load(tmp_path):
    def run(names: dict, decisions: str | None = None, **options) -> list[str]:
        (tmp_path / "list.csv").write_text(listed(names), encoding="utf-8")
        if decisions is not None:
            options["lineage"] = tmp_path / "lineage.csv"
            head = "" if decisions.startswith("#") else "kind,from_code,to_code,on,note\n"
            options["lineage"].write_text(head + decisions, encoding="utf-8")
        out = StringIO()
        call_command("load_gazetteer", tmp_path / "list.csv", stdout=out, **options)
        return out.getvalue().splitlines()

    return run


def summary(**counts: int) -> str:
    words = ("added", "renamed", "recoded", "retired", "undecided", "unchanged", "refused")
    return ", ".join(f"{word} {counts.get(word, 0)}" for word in words)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("moved,080601,081307,2022-12-26,", "unknown kind 'moved'", id="unknown kind"),
        pytest.param("recoded,080601,081307,,", "no day", id="no day"),
        pytest.param("recoded,080601,081307,26/12/2022,", "no day", id="other day"),
        pytest.param("recoded,80601,081307,2022-12-26,", "'80601' is not a code", id="malformed code"),
        pytest.param("recoded,,081307,2022-12-26,", "no from_code", id="no code"),
        pytest.param("recoded,0806,081307,2022-12-26,", "not of the same level", id="two levels"),
        pytest.param("recoded,080601,,2022-12-26,", "needs a to_code", id="nowhere to"),
        pytest.param("recoded,080601,080601,2022-12-26,", "to its own code", id="to itself"),
        pytest.param("retired,080601,081307,2022-12-26,", "has no to_code", id="retired to somewhere"),
        pytest.param("recoded,000101,081307,2022-12-26,", "for practice", id="practice"),
        pytest.param(f"recoded,080601,081307,2022-12-26,{'x' * 201}", "longer than 200", id="long note"),
        pytest.param("recoded,080699,081307,2022-12-26,", "no place has this code here", id="unknown place"),
        pytest.param("recoded,080601,081308,2022-12-26,", "the list has no 081308", id="not in the list"),
        pytest.param("recoded,080601,081307,2013-12-31,", "has this code since 2014-01-01", id="too early"),
        pytest.param("recoded,080602,081307,2022-12-26,", "that is renamed, or another place", id="another name"),
        pytest.param("renamed,080601,081307,2022-12-26,", "is called អរិយក្សត្រ in the list too", id="same name"),
        pytest.param("upgraded,080602,,2022-12-26,", "needs a to_code", id="upgraded where"),
        pytest.param("upgraded,080602,080602,2022-12-26,", "is khum in the list too", id="same kind"),
        pytest.param("retired,080602,,2022-12-26,", "stands in the list as khum បារុង", id="still listed"),
        pytest.param("retired,080601,,2022-12-26,", "08060101 phum អរិយក្សត្រ lies in it", id="not empty"),
        pytest.param("merged,08060101,08130799,2022-12-26,", "the list has no 08130799", id="no successor"),
        pytest.param("recoded,08060101,08130701,2022-12-26,", "would lie in 081307", id="parent undecided"),
    ],
)  # fmt: skip
def test_a_decision_that_does_not_hold_is_named_and_changes_nothing(load, row, reason):
    load(OLD, valid_from="2014-01-01")
    before = sorted(Area.objects.values_list("code", "kind", "retired_on"))
    lines = load(NEW, row + "\n")

    (refused,) = [line for line in lines if line.startswith("refused")]
    assert refused.startswith("refused: line 2: ")
    assert reason in refused
    after = sorted(Area.objects.exclude(code="0813").values_list("code", "kind", "retired_on"))
    assert after == before
    assert not AreaLineage.objects.exists()


def test_without_a_decision_nothing_is_guessed(load):
    load(OLD)
    lines = load(NEW)

    assert lines[-1] == summary(added=1, undecided=6, unchanged=4)
    assert "khum អរិយក្សត្រ is not in the list; a new place of this name: 081307" in lines[0]
    assert Area.objects.get(code="080601").kind == "khum"


@pytest.mark.parametrize("kind", ["upgraded", "recoded"])
def test_the_khum_080601_goes_on_as_sangkat_081307(load, kind):
    load(OLD)
    khum = Area.objects.get(code="080601")
    village = Area.objects.get(code="08060102")
    lines = load(NEW, UPGRADED.replace("upgraded", kind))

    assert lines == [summary(added=1, recoded=3, unchanged=4)]
    sangkat = Area.objects.get(code="081307")
    assert (sangkat.pk, sangkat.kind, sangkat.parent.code) == (khum.pk, "sangkat", "0813")
    assert Area.objects.get(pk=village.pk).code == "08130702"
    history = AreaCode.objects.filter(area=khum).order_by("valid_to")
    assert sorted((row.code, row.kind, str(row.valid_from), str(row.valid_to)) for row in history) == [
        ("080601", "khum", "None", "2022-12-26"),
        ("081307", "sangkat", "2022-12-26", "None"),
    ]
    drawn = AreaLineage.objects.order_by("pk").values_list("from_area", "to_area", "kind", "note")
    assert drawn[0] == (khum.pk, khum.pk, kind, "sub-decree")
    assert (village.pk, village.pk, "recoded", "with 080601") in drawn


def test_the_second_run_changes_nothing(load):
    load(OLD)
    load(NEW, UPGRADED)
    events = AuditEvent.objects.count()

    assert load(NEW, UPGRADED) == [summary(unchanged=8)]
    assert AuditEvent.objects.count() == events
    assert AreaLineage.objects.count() == 3


def test_a_dry_run_says_the_same_and_writes_nothing(load):
    load(OLD)

    assert load(NEW, UPGRADED, dry_run=True) == [summary(added=1, recoded=3, unchanged=4)]
    assert Area.objects.filter(code="080601", kind="khum").exists()
    assert not AreaLineage.objects.exists()


def test_the_day_of_the_load_holds_where_a_decision_says_none(load):
    load(OLD)
    load(NEW, UPGRADED.replace("2022-12-26", ""), valid_from="2023-02-06")

    assert str(AreaCode.objects.get(code="080601").valid_to) == "2023-02-06"


def test_a_place_that_would_follow_into_another_place_needs_its_own_decision(load):
    load(OLD)
    swapped = NEW | {"08130701": "ខ្សាច់", "08130702": "អរិយក្សត្រ"}
    lines = load(swapped, UPGRADED)
    assert [line for line in lines if line.startswith("refused")] == [
        "refused: line 2: 080601: "
        "08060101 phum អរិយក្សត្រ would become 08130701, which is phum ខ្សាច់ in the list: decide on it; "
        "08060102 phum ខ្សាច់ would become 08130702, which is phum អរិយក្សត្រ in the list: decide on it"
    ]

    own = "recoded,08060101,08130702,2022-12-26,\nrecoded,08060102,08130701,2022-12-26,\n"
    assert load(swapped, UPGRADED + own) == [summary(recoded=3, unchanged=5)]


def test_places_may_change_codes_with_one_another(load):
    load(OLD)
    turned = OLD | {"080601": "បារុង", "080602": "អរិយក្សត្រ"}
    for code in ("08060101", "08060102", "08060201"):
        turned.pop(code)
    turned |= {"08060101": "បារុង", "08060201": "អរិយក្សត្រ", "08060202": "ខ្សាច់"}
    ids = dict(Area.objects.values_list("code", "pk"))
    lines = load(turned, "recoded,080601,080602,2024-05-19,\nrecoded,080602,080601,2024-05-19,\n")

    assert lines == [summary(recoded=5, unchanged=2)]
    assert Area.objects.get(code="08060202").pk == ids["08060102"]
    assert Area.objects.get(code="080601").pk == ids["080602"]


def test_two_places_never_get_one_code(load):
    load(OLD | {"080603": "កោះរះ", "08060301": "ខ្សាច់"})
    both = "recoded,08060102,08130702,2022-12-26,\nrecoded,08060301,08130702,2022-12-26,\n"
    lines = load(NEW, UPGRADED + both)

    assert "refused: line 3: 08060102: another place becomes 08130702 too" in lines
    assert "refused: line 4: 08060301: another place becomes 08130702 too" in lines


def test_a_follower_is_not_put_onto_the_code_of_another(load):
    load(OLD | {"080603": "កោះរះ", "08060301": "ខ្សាច់"})
    lines = load(NEW, UPGRADED + "recoded,08060301,08130702,2022-12-26,\n")

    assert any("would become 08130702, as would 08060301" in line for line in lines)
    assert not AreaLineage.objects.exists()


def test_what_is_decided_twice_is_decided_by_nobody(load):
    load(OLD)
    lines = load(NEW, UPGRADED + "retired,080601,,2022-12-26,\n")

    assert "refused: line 2: 080601: is decided more than once" in lines
    assert "refused: line 3: 080601: is decided more than once" in lines


def test_a_renamed_place_keeps_its_code(load):
    load(OLD)
    lines = load(OLD | {"080602": "បារុងថ្មី"}, "renamed,080602,,2025-04-27,\n")

    assert lines == [summary(renamed=1, unchanged=6)]
    names = AreaCode.objects.filter(code="080602").order_by("pk").values_list("name_km", flat=True)
    assert list(names) == ["បារុង", "បារុងថ្មី"]
    assert load(OLD | {"080602": "បារុងថ្មី"}, "renamed,080602,,2025-04-27,\n") == [summary(unchanged=7)]


def test_a_retired_place_stays_readable_and_its_code_may_be_given_again(load):
    load(OLD)
    shorter = {code: name for code, name in OLD.items() if code != "08060102"}
    gone = Area.objects.get(code="08060102")
    lines = load(shorter, "retired,08060102,,2024-09-09,flooded\n")

    assert lines == [summary(retired=1, unchanged=6)]
    gone.refresh_from_db()
    assert (gone.code, str(gone.retired_on)) == ("08060102", "2024-09-09")
    assert str(AreaCode.objects.get(area=gone).valid_to) == "2024-09-09"

    assert load(shorter | {"08060102": "ថ្មី"}) == [summary(added=1, unchanged=6)]
    gone.refresh_from_db()
    assert gone.code == "08060199"
    assert AreaCode.objects.get(area=gone).code == "08060102"


def test_a_retired_place_that_stands_in_a_list_again_is_left_to_a_person(load):
    load(OLD)
    load({code: OLD[code] for code in OLD if code != "08060102"}, "retired,08060102,,2024-09-09,\n")
    lines = load(OLD)

    assert "phum ខ្សាច់ ended here on 2024-09-09, phum ខ្សាច់ stands in the list" in lines[0]
    assert lines[-1] == summary(undecided=1, unchanged=6)


def test_a_retired_place_goes_along_with_its_parent(load):
    load(OLD)
    load({code: OLD[code] for code in OLD if code != "08060102"}, "retired,08060102,,2020-09-09,\n")
    new = {code: NEW[code] for code in NEW if code != "08130702"}

    assert load(new, UPGRADED) == [summary(added=1, recoded=2, unchanged=4)]
    assert Area.objects.get(retired_on__isnull=False).code == "08130702"


def test_merged_and_split_places_end_and_have_successors(load):
    load(OLD)
    merged = {code: OLD[code] for code in OLD if code not in {"08060101", "08060102"}}
    merged |= {"08060103": "ថ្មី", "08060104": "ចាស់"}
    decisions = "merged,08060101,08060103,2024-05-19,\nsplit,08060102,08060103,2024-05-19,\nsplit,08060102,08060104,2024-05-19,\n"

    assert load(merged, decisions) == [summary(added=2, retired=2, unchanged=5)]
    drawn = AreaLineage.objects.values_list("from_area__code", "to_area__code", "kind")
    assert sorted(drawn) == [
        ("08060101", "08060103", "merged"),
        ("08060102", "08060103", "split"),
        ("08060102", "08060104", "split"),
    ]
    assert load(merged, decisions) == [summary(unchanged=7)]


def test_a_place_that_gives_a_part_away_stands_on(load):
    load(OLD)
    lines = load(OLD | {"080603": "កោះរះ"}, "split,080601,080603,2024-05-19,\n")

    assert lines == [summary(added=1, unchanged=7)]
    assert Area.objects.get(code="080601").retired_on is None
    assert AreaLineage.objects.get().kind == "split"


def test_a_file_of_decisions_that_is_none_is_refused_whole(load):
    with pytest.raises(CommandError, match="no column"):
        load(OLD, "#\n")
    assert not Area.objects.exists()


def test_a_load_leaves_its_counts_in_the_trail(load):
    load(OLD)
    load(NEW, UPGRADED)

    event = AuditEvent.objects.filter(verb="communities.gazetteer.loaded").latest("pk")
    assert event.detail == {"added": 1, "renamed": 0, "recoded": 3, "retired": 0}
