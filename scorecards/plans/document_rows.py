"""The papers of a version as rows of a page: what there is, what waits, what can be asked for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scorecards.models import Document, PlanVersion
from scorecards.printing import BOTH, KINDS, Kind

LANGUAGE_NAMES = {
    "km": _("Khmer"),
    "en": _("English translation"),
    BOTH: _("Khmer, then the English translation"),
}
SHOWN_OF_HASH = 12


@dataclass(frozen=True)
class Paper:
    """One kind of paper in one language; `document` is None until somebody asked for it."""

    kind: Kind
    language: str
    document: Document | None

    @property
    def language_name(self) -> Promise:
        return LANGUAGE_NAMES[self.language]

    @property
    def is_waiting(self) -> bool:
        return self.document is not None and self.document.is_waiting

    @property
    def size_kb(self) -> int | None:
        """Thousands of bytes, at least one."""
        size = self.document.size if self.document else None
        return None if size is None else max(1, round(size / 1000))

    @property
    def sha_beginning(self) -> str:
        return self.document.sha256[:SHOWN_OF_HASH] if self.document else ""


def papers_of(version: PlanVersion) -> list[Paper]:
    """All that can be printed of a version, in a fixed order; one query. The newest issue of each."""
    made = {
        (document.kind, document.language): document for document in version.documents.order_by("issue", "pk")
    }
    return [
        Paper(kind, language, made.get((kind.name, language)))
        for kind in KINDS.values()
        for language in kind.languages
    ]


def paper_of(document: Document) -> Paper:
    return Paper(KINDS[document.kind], document.language, document)
