"""Reading back what was printed, with the machine's own readers (poppler, qpdf)."""

import re
import subprocess
from pathlib import Path


def text_of(pdf: bytes) -> str:
    """The text as somebody copies it, without white space: lines break anywhere between words."""
    return "".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The same, page by page."""
    pages = _read(["pdftotext", "-raw", "-", "-"], pdf).split("\f")[:-1]
    return [without_spaces(page) for page in pages]


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


def fonts_of(pdf: bytes, folder: Path) -> set[str]:
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    rows = _read(["pdffonts", str(path)]).splitlines()[2:]
    return {row.split()[0].partition("+")[2] for row in rows}


def structure_errors(pdf: bytes, folder: Path) -> str:
    """What qpdf finds wrong with the file; empty if nothing."""
    path = folder / "structure.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _read(command: list[str], pdf: bytes = b"") -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
