"""The drawings of icons and faces, kept as text so that pages carry only those they show.

A page holds each drawing once, as a symbol; a fragment, a mail or a PDF takes it in line. Faces take
their fill from `currentColor` and their features from `--m`; engines without variables get both
written in (`inline(..., paint=True)`).
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Line icons on a field of 24 units, drawn with one pen.
LINES = {
    "bulb": '<path d="M9 17.5h6M10 20.5h4M8.5 14.5a5.5 5.5 0 1 1 7 0c-.6.6-.9 1.5-1 3h-5c-.1-1.5-.4-2.4-1-3z"/>',
    "cal": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "chat": '<path d="M4 5.5h16v11h-9L7 20v-3.5H4z"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chev": '<path d="m6 9.5 6 6 6-6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "cloud": '<path d="M7 18.5a4.5 4.5 0 0 1-.5-9A6 6 0 0 1 18 9.8a4.3 4.3 0 0 1 0 8.7z"/><path d="m9.3 13.6 2 2 3.6-3.8"/>',
    "cross": '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
    "doc": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6"/>',
    "down": '<path d="M12 4v11M6.5 10.5 12 16l5.5-5.5M5 20h14"/>',
    "edit": '<path d="m5 19 .8-3.8L16 5l3 3L8.8 18.2z"/>',
    "flag": '<path d="M6 21V4M6 4.5h11l-2.5 4 2.5 4H6"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 2.7 3 14.3 0 17M12 3.5c-3 2.7-3 14.3 0 17"/>',
    "half": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
    "hall": '<path d="M4 20h16M5.5 20v-8M10 20v-8M14 20v-8M18.5 20v-8M3.5 11.5h17L12 5z"/>',
    "health": '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M12 8v8M8 12h8"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"/>',
    "lock": '<rect x="5.5" y="10.5" width="13" height="9.5" rx="1.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "money": '<rect x="3" y="6.5" width="18" height="11" rx="1.5"/><circle cx="12" cy="12" r="2.6"/><path d="M6.3 12h.01M17.7 12h.01"/>',
    "off": '<path d="M4 4l16 16M8.5 8.7A10 10 0 0 0 5 10.8M19 10.8a10 10 0 0 0-7-2.9M8 14a6 6 0 0 1 4-1.5M12 18v.1"/>',
    "people": '<circle cx="9" cy="8" r="3.2"/><path d="M3 19.5c0-3.5 2.7-5.7 6-5.7s6 2.2 6 5.7M15.5 5.2a3.2 3.2 0 0 1 0 5.8M17.5 14.2c2.2.7 3.5 2.6 3.5 5.3"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H4.5V9.5A1.5 1.5 0 0 1 6 8h12a1.5 1.5 0 0 1 1.5 1.5V17H17M7 14h10v6.5H7z"/>',
    "right": '<path d="M5 12h13M13 6.5l5.5 5.5-5.5 5.5"/>',
    "ring": '<circle cx="12" cy="12" r="8"/>',
    "school": '<path d="m3 10 9-5 9 5-9 5zM6.5 12v5c3 2.3 8 2.3 11 0v-5"/>',
    "split": '<path d="M12 20v-6M12 14 6 8V4.5M12 14l6-6V4.5M3.5 7 6 4.5 8.5 7M15.5 7 18 4.5 20.5 7"/>',
    "sync": '<path d="M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.5M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.5M20 5v4.5h-4.5M4 19v-4.5h4.5"/>',
    "undo": '<path d="M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9"/>',
    "up": '<path d="M12 19V6M6.5 11 12 5.5l5.5 5.5"/>',
    "user": '<circle cx="12" cy="8" r="3.7"/><path d="M4.5 20c0-4 3.4-6.3 7.5-6.3s7.5 2.3 7.5 6.3"/>',
    "warn": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2"/>',
}

# The features of the faces for scores 1 to 5, on a field of 32 units.
FACES = {
    1: '<path d="m8 10 5 2.4M24 10l-5 2.4"/><path stroke-width="3" d="M11.2 15.6h.01M20.8 15.6h.01"/><path d="M10 24.2q6-7 12 0"/>',
    2: '<path stroke-width="3" d="M11 13.5h.01M21 13.5h.01"/><path d="M11 22.6q5-3.8 10 0"/>',
    3: '<path stroke-width="3" d="M11 13.5h.01M21 13.5h.01"/><path d="M11 21.2h10"/>',
    4: '<path stroke-width="3" d="M11 13.5h.01M21 13.5h.01"/><path d="M10 19.6q6 5.6 12 0"/>',
    5: '<path d="M8.6 14q2.2-3.6 4.4 0M19 14q2.2-3.6 4.4 0"/><path fill="var(--m)" d="M9.5 18.6h13a6.5 6.3 0 0 1-13 0z"/>',
}
# What `theme.css` gives as .f1 to .f5: fill, features.
PAINTS = {
    1: ("#8a3413", "#fff"),
    2: ("#dd9551", "#241a22"),
    3: ("#f0e8d4", "#241a22"),
    4: ("#6db5a9", "#241a22"),
    5: ("#0b5a54", "#fff"),
}
NO_OPINION = '<circle cx="16" cy="16" r="14" fill="#fff" stroke="#5c5058" stroke-width="1.5" stroke-dasharray="3 3"/><path d="M11 16h10" stroke="#5c5058" stroke-width="2" stroke-linecap="round"/>'
MARK = '<path d="M4 24a12 12 0 0 1 24 0" fill="none" stroke="#f0c75e" stroke-width="2.5" stroke-linecap="round"/><g fill="#fff"><circle cx="9" cy="23.5" r="2.6"/><circle cx="16" cy="19.5" r="2.6"/><circle cx="23" cy="23.5" r="2.6"/></g><path d="M16 4v5M7.5 7.5l2.6 3.6M24.5 7.5l-2.6 3.6" stroke="#f0c75e" stroke-width="2.5" stroke-linecap="round"/>'

PEN = (
    '<g fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">'
)
FACE = (
    '<circle cx="16" cy="16" r="14.5" fill="currentColor" stroke="#241a22" stroke-opacity=".6"/>'
    '<g fill="none" stroke="var(--m)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
)

# Name: side of the square field, drawing.
DRAWINGS: dict[str, tuple[int, str]] = {
    **{name: (24, f"{PEN}{body}</g>") for name, body in LINES.items()},
    **{f"f{score}": (32, f"{FACE}{body}</g>") for score, body in FACES.items()},
    "f0": (32, NO_OPINION),
    "mark": (32, MARK),
}


def symbol(name: str) -> SafeString:
    """The drawing as a symbol, to be shown elsewhere in the same page with `<use href="#ic-name">`."""
    side, body = DRAWINGS[name]
    return format_html('<symbol id="ic-{}" viewBox="0 0 {} {}">{}</symbol>', name, side, side, _trusted(body))


def inline(name: str, css_class: str = "ic", paint: bool = False) -> SafeString:
    """The drawing itself, for a page that has no symbols; `paint` writes the colours of a face in."""
    side, body = DRAWINGS[name]
    if paint and name in {"f1", "f2", "f3", "f4", "f5"}:
        fill, features = PAINTS[int(name[1])]
        body = body.replace("currentColor", fill).replace("var(--m)", features)
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        css_class,
        side,
        side,
        _trusted(body),
    )


def reference(name: str, css_class: str = "ic") -> SafeString:
    """A place that shows a symbol of the same page."""
    if name not in DRAWINGS:
        raise KeyError(name)
    return format_html('<svg class="{}" aria-hidden="true"><use href="#ic-{}"/></svg>', css_class, name)


def _trusted(body: str) -> SafeString:
    # The drawings are constants of this file; nothing a person types reaches them.
    return mark_safe(body)
