"""QR codes as inline drawings, for screens and paper."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 2  # modules around the code


def qr_drawing(address: str) -> SafeString:
    """An SVG of class `qr` that a phone reads as the address; its title is the address."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        title=address, border=QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None
    )
    # Made by segno, and escaped by it.
    return mark_safe(drawing)
