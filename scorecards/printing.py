"""From the frozen copy of a plan to paper: HTML and PDF, without the database.

The copy is described in `scorecards.plans.content`; what is printed of it, in which languages and on
which paper, in `KINDS`. `render_plan` answers the bytes of a PDF, the same for the same copy.
"""

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from isaf_portal.lib import pdf
from scorecards.plans.content import AREA_LEVELS, ITEM, LANGUAGES, TEXT, internal_items
from scorecards.plans.sheet import sheet_of

# Both languages one after another: the Khmer pages that are signed, then the English translation.
BOTH = "km-en"


@dataclass(frozen=True)
class Kind:
    """One sort of paper made of a plan."""

    name: str
    title: Promise
    languages: tuple[str, ...]
    paper: str
    variant: str
    templates: dict[str, str]
    stylesheet: str
    file_prefix: str

    @property
    def stylesheet_path(self) -> Path:
        return settings.BASE_DIR / "templates" / self.stylesheet


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="jaap",
            title=_("Joint accountability action plan"),
            languages=(*LANGUAGES, BOTH),
            paper="A4 landscape",
            variant=pdf.ARCHIVE,
            templates={
                "km": "scorecards/pdf/plan_official.html",
                "en": "scorecards/pdf/plan_translation.html",
            },
            stylesheet="scorecards/pdf/plan.css",
            file_prefix="JAAP",
        ),
        Kind(
            name="jaap_handout",
            title=_("Handout of the agreed actions"),
            languages=LANGUAGES,
            paper="A4 portrait",
            variant=pdf.ACCESSIBLE,
            templates=dict.fromkeys(LANGUAGES, "scorecards/pdf/plan_handout.html"),
            stylesheet="scorecards/pdf/handout.css",
            file_prefix="HND",
        ),
    )
}


class UnknownPrint(ValueError):
    """No such kind of paper, or not in this language."""


def render_plan(*, content: dict, kind: str, language: str, document_id: int | None = None) -> bytes:
    """The PDF of a plan: `content` as in `scorecards.plans.content`, `kind` and `language` as in `KINDS`.

    `document_id` is the id in the address of the QR (`/d/<id>-<check>`); without it, and in a draft,
    the paper carries no QR and no check code. A submitted plan carries its figures as CSV and JSON.
    """
    printed = _kind(kind, language)
    return pdf.render(
        html=plan_html(content=content, kind=kind, language=language, document_id=document_id),
        stylesheet=printed.stylesheet_path,
        variant=printed.variant,
        attachments=attached_figures(content) if printed.variant == pdf.ARCHIVE else (),
        protected=unbroken_words(content),
    )


def plan_html(*, content: dict, kind: str, language: str, document_id: int | None = None) -> list[str]:
    """The HTML that becomes the PDF, one document a language."""
    printed = _kind(kind, language)
    return [
        _html(printed, content, part, document_id)
        for part in (LANGUAGES if language == BOTH else (language,))
    ]


def unbroken_words(content: dict) -> list[str]:
    """Names that are not broken over two lines, and one word of the form that reads badly in two."""
    return [content[level]["name"]["km"] for level in AREA_LEVELS] + ["ព្រមព្រៀងគ្នា"]


def file_name(*, content: dict, kind: str, language: str) -> str:
    """A short Latin name, fit for sending: JAAP_081307_2027_v2.pdf, ..._en.pdf."""
    suffix = "" if language == "km" else f"_{language}"
    return f"{_stem(content, _kind(kind, language).file_prefix)}{suffix}.pdf"


def attached_figures(content: dict) -> list[pdf.AttachedFile]:
    """The plan for machines. A draft carries none: its figures are not yet anybody's."""
    if content["draft"]:
        return []
    made_at = datetime.combine(datetime.fromisoformat(content["submitted_on"]), time())
    stem = _stem(content, "JAAP")
    return [
        pdf.AttachedFile(f"{stem}.csv", "The items of the plan, one a row", _csv(content), made_at),
        pdf.AttachedFile(f"{stem}.json", "The plan as it was submitted", _json(content), made_at),
    ]


def _kind(kind: str, language: str) -> Kind:
    if kind not in KINDS or language not in KINDS[kind].languages:
        raise UnknownPrint(f"Nothing prints {kind!r} in {language!r}.")
    return KINDS[kind]


def _html(printed: Kind, content: dict, language: str, document_id: int | None) -> str:
    with override(language):
        sheet = sheet_of(content, language, document_id, printed.file_prefix)
        return render_to_string(printed.templates[language], {"sheet": sheet})


def _stem(content: dict, prefix: str) -> str:
    return f"{prefix}_{content['commune']['code']}_{content['plan_year']}_v{content['version']}"


def _csv(content: dict) -> bytes:
    """UTF-8 with a mark at the front, which spreadsheets need to read Khmer."""
    columns = [
        column
        for key, shape in ITEM.items()
        for column in ([f"{key}_{language}" for language in LANGUAGES] if shape == TEXT else [key])
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["section", *columns])
    writer.writerows(["external", *_flat(item)] for item in content["external"])
    writer.writerows(["internal", *_flat(item)] for item in internal_items(content))
    return text.getvalue().encode("utf-8-sig")


def _flat(item: dict) -> list:
    values = []
    for key, shape in ITEM.items():
        values += [_safe(item[key][language]) for language in LANGUAGES] if shape == TEXT else [item[key]]
    return values


def _safe(text: str) -> str:
    """A text that begins like a formula would be run by a spreadsheet."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _json(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
