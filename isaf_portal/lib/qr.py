"""QR codes as inline drawings, for screens and paper."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 2  # modules around the code


def qr_drawing(address: str, *, scale: int | None = None) -> SafeString:
    """An SVG of class `qr` that a phone reads as the address. On paper the style sheet gives the size and the address
    is its title; on a screen `scale` is pixels a module, and no title shows what only the camera should read.
    """
    title = address if scale is None else None
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        title=title,
        border=QUIET_ZONE,
        omitsize=scale is None,
        scale=scale or 1,
        svgclass="qr",
        lineclass=None,
    )
    # Made by segno, and escaped by it.
    return mark_safe(drawing)
