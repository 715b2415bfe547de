"""`make bench [NAME=...]`: every module here with a `run()` that answers a list of figures."""

import importlib
import os
import pkgutil
import sys

import django

import benchmarks
from benchmarks.figures import Figure

NOT_BENCHMARKS = {"__main__", "figures", "browser", "server", "homes"}
COLUMNS = ("name", "figure", "unit", "yardstick", "its figure", "ratio")


def main(wanted: list[str]) -> int:
    known = sorted({module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - NOT_BENCHMARKS)
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No benchmark named {', '.join(unknown)}; there are: {', '.join(known) or 'none yet'}.")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isaf_portal.settings")
    django.setup()
    rows = []
    for name in wanted or known:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += [as_row(figure) for figure in importlib.import_module(f"benchmarks.{name}").run()]
    print(as_table([COLUMNS, *rows]))
    return 0


def as_row(figure: Figure) -> tuple[str, ...]:
    has_yardstick = figure.yardstick_value is not None
    return (
        figure.name,
        as_text(figure.value),
        figure.unit,
        figure.yardstick or "-",
        as_text(figure.yardstick_value) if has_yardstick else "-",
        f"{figure.ratio:.2f}" if figure.ratio is not None else "-",
    )


def as_text(value: float) -> str:
    """Whole numbers whole; others with three digits that count."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"


def as_table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
