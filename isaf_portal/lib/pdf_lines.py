"""The lines of a laid-out document: which overrun their cell, and where they were broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

# Rounding of the layout engine, in CSS pixels.
TOLERANCE = 0.6


@dataclass(frozen=True)
class Line:
    """One run of text on one line, and the edges of the block or cell that should hold it (CSS pixels)."""

    page: int
    text: str
    element: Element
    left: float
    right: float
    holder_left: float
    holder_right: float

    @property
    def overrun(self) -> float:
        """By how much the line leaves its holder; 0 where it fits."""
        outside = max(self.right - self.holder_right, self.holder_left - self.left)
        return outside if outside > TOLERANCE else 0.0


def lines(document: Document) -> Iterator[Line]:
    """Every drawn run of text, in the order of the pages."""
    for number, page in enumerate(document.pages, start=1):
        yield from _lines(page._page_box, number, None)


def overruns(document: Document) -> list[Line]:
    return [line for line in lines(document) if line.overrun]


def _lines(box: boxes.Box, page: int, holder: boxes.Box | None) -> Iterator[Line]:
    # A box taken out of the flow is reached through its placeholder.
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        if holder is not None and box.text.strip() and not _is_for_listeners_only(holder):
            yield _line(box, page, holder)
        return
    if isinstance(box, boxes.BlockContainerBox):
        holder = box
    for child in getattr(box, "children", ()):
        yield from _lines(child, page, holder)


def _line(box: boxes.TextBox, page: int, holder: boxes.Box) -> Line:
    left = holder.content_box_x()
    return Line(
        page=page,
        text=box.text,
        element=box.element,
        left=box.position_x,
        right=box.position_x + box.width,
        holder_left=left,
        holder_right=left + holder.width,
    )


def _is_for_listeners_only(holder: boxes.Box) -> bool:
    """Captions of one pixel, there for screen readers, overrun by intention."""
    return holder.style["overflow"] == "hidden"
