"""What changed from one version of a plan to the next, in sentences for those who read it again.

Compares the frozen copies (`scorecards.plans.content`); the Khmer is what the council approves, so changes of the
English alone are said once for all.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from isaf_portal.lib import formats
from isaf_portal.templatetags.isaf import digits, month, reader_language, riel
from scorecards.plans.content import ITEM, TEXT, internal_items
from scorecards.plans.rows import SECTION_LETTERS, date_of

# What a reader calls a part of an action, where only the fact that it changed is said.
NAMES = {
    "activity": gettext_lazy("activity"),
    "proposer": gettext_lazy("proposer"),
    "target": gettext_lazy("target response"),
    "location": gettext_lazy("location"),
    "quantity": gettext_lazy("quantity"),
    "unit": gettext_lazy("unit"),
    "beneficiaries": gettext_lazy("beneficiaries"),
    "female": pgettext_lazy("change", "number of women"),
    "lead": gettext_lazy("who leads"),
    "partners": gettext_lazy("with whom"),
    "route": pgettext_lazy("change", "whom it is asked of"),
}


def changes_between(before: dict, after: dict) -> list[str]:
    """One sentence each, in the reader's language and in the order of the paper; empty if nothing changed."""
    old, new = _labelled(before), _labelled(after)
    found: list[str] = []
    english: list[str] = []
    for key, (label, item) in new.items():
        if key not in old:
            found.append(
                _("%(row)s is new: %(activity)s") % {"row": label, "activity": _said(item["activity"])}
            )
            continue
        found += _changes_of(label, old[key][1], item)
        if _english_changed(old[key][1], item):
            english.append(label)
    found += [
        _("Taken out: %(activity)s") % {"activity": _said(item["activity"])}
        for key, (_label, item) in old.items()
        if key not in new
    ]
    if english:
        found.append(_("English text changed: %(rows)s") % {"rows": ", ".join(english)})
    return found


def _labelled(content: dict) -> dict[int, tuple[str, dict]]:
    letters = SECTION_LETTERS[reader_language()]
    sections = zip(letters, (content["external"], internal_items(content)), strict=True)
    return {
        item["id"]: (f"{letter}.{digits(item['number'])}", item) for letter, rows in sections for item in rows
    }


def _changes_of(label: str, old: dict, new: dict) -> Iterator[str]:
    if old["cost_riel"] != new["cost_riel"]:
        yield _("cost of %(row)s: %(before)s → %(after)s") % {
            "row": label,
            "before": riel(old["cost_riel"]),
            "after": riel(new["cost_riel"]),
        }
    for key, sentence in (
        ("start", gettext_lazy("start of %(row)s: %(before)s → %(after)s")),
        ("end", gettext_lazy("end of %(row)s: %(before)s → %(after)s")),
    ):
        if old[key] != new[key]:
            yield str(sentence) % {
                "row": label,
                "before": month(date_of(old[key])),
                "after": month(date_of(new[key])),
            }
    changed = [str(name) for key, name in NAMES.items() if _khmer(old, key) != _khmer(new, key)]
    if changed:
        yield _("%(row)s: %(parts)s") % {"row": label, "parts": ", ".join(changed)}


def _khmer(item: dict, key: str):
    return item[key]["km"] if ITEM[key] == TEXT else item[key]


def _english_changed(old: dict, new: dict) -> bool:
    same_khmer = all(_khmer(old, key) == _khmer(new, key) for key in NAMES)
    texts = [key for key in NAMES if ITEM[key] == TEXT]
    return same_khmer and any(old[key]["en"] != new[key]["en"] for key in texts)


def _said(text: dict) -> str:
    """Without a mark of its language: it stands in the middle of a sentence."""
    return text[reader_language()] or text["km"] or text["en"] or formats.UNKNOWN
