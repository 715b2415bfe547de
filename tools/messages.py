"""Bring the Khmer catalogue up to date: extract, merge fragments, compile, list what lacks Khmer.

    python tools/messages.py [--merge FRAGMENT.po] [--check]

`--check` writes nothing and fails when a string of the tree is not in the catalogue, has no Khmer,
is fuzzy, is no longer used, or loses a placeholder of its English.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "km" / "LC_MESSAGES" / "django.po"
# Strings of Django and crispy that reach our pages; their own Khmer is incomplete, so ours supplies it.
BORROWED = ROOT / "locale" / "borrowed.po"
HEADER = {
    "Project-Id-Version": "isaf-portal",
    "Language": "km",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_0-9.]*\}", re.IGNORECASE)


def extract() -> polib.POFile:
    """All marked strings of the tree, as makemessages finds them."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        names = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n")
        for name in filter(None, names):
            source = ROOT / name
            if source.exists() and not name.startswith(("tests/", "tools/", "benchmarks/")):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy / name)
        (copy / "locale").mkdir(exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "makemessages",
                "-l",
                "km",
                "--no-location",
                "--no-wrap",
                "--no-obsolete",
            ],
            cwd=copy,
            check=True,
            capture_output=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": ""},
        )
        return polib.pofile(str(copy / "locale" / "km" / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> tuple:
    return (entry.msgctxt or "", entry.msgid)


def is_translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr_plural.get(0) if entry.msgid_plural else entry.msgstr)


def merged(found: polib.POFile, sources: list[polib.POFile]) -> polib.POFile:
    known = {key(e): e for source in sources for e in source if is_translated(e)}
    result = polib.POFile(wrapwidth=0)
    result.metadata = HEADER
    for entry in sorted(found, key=key):
        fresh = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural)
        fresh.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        have = known.get(key(entry))
        if have is not None:
            text = have.msgstr_plural.get(0) or have.msgstr
            if entry.msgid_plural:
                fresh.msgstr_plural = {0: text}
            else:
                fresh.msgstr = text
        elif entry.msgid_plural:
            fresh.msgstr_plural = {0: ""}
        result.append(fresh)
    return result


def problems(catalogue: polib.POFile) -> list[str]:
    found = []
    for entry in catalogue:
        if not is_translated(entry):
            found.append(f"no Khmer: {entry.msgctxt or ''} {entry.msgid!r}")
            continue
        if "fuzzy" in entry.flags:
            found.append(f"fuzzy: {entry.msgid!r}")
        english = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        khmer = set(PLACEHOLDER.findall(entry.msgstr_plural.get(0) or entry.msgstr))
        if not khmer <= english | set(PLACEHOLDER.findall(entry.msgid)) or english - khmer:
            found.append(f"placeholders differ: {entry.msgid!r}: {sorted(english)} / {sorted(khmer)}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--merge", type=Path, action="append", default=[])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = extract()
    if BORROWED.exists():
        have = {key(e) for e in found}
        found.extend(e for e in polib.pofile(str(BORROWED)) if key(e) not in have)
    sources = [polib.pofile(str(path)) for path in [CATALOGUE, BORROWED, *options.merge] if path.exists()]
    result = merged(found, sources)
    if options.check:
        old = polib.pofile(str(CATALOGUE))
        stale = [
            f"not in the tree any more: {e.msgid!r}" for e in old if key(e) not in {key(r) for r in result}
        ]
        listed = problems(result) + stale
    else:
        result.save(str(CATALOGUE))
        result.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
        listed = problems(result)
    print("\n".join(listed[:200]) or f"{len(result)} strings, all in Khmer")
    return 1 if listed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
