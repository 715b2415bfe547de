"""Numbers, dates and money as they stand on pages and on paper, in both languages.

Web pages, PDF and exports call these same functions, so that a figure reads alike everywhere. The
words of months are fixed here, not taken from the machine's locale: a print must not change with
the server it was made on.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from isaf_portal.lib.digits import khmer_digits

# Amounts and dates must not break over two lines.
NO_BREAK = "\u00a0"
UNKNOWN = "—"
MINUS = "\u2212"
RIEL_SIGN = "៛"

KHMER_MONTHS = (
    "មករា",
    "កុម្ភៈ",
    "មីនា",
    "មេសា",
    "ឧសភា",
    "មិថុនា",
    "កក្កដា",
    "សីហា",
    "កញ្ញា",
    "តុលា",
    "វិច្ឆិកា",
    "ធ្នូ",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
KHMER_WEEKDAYS = ("ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Moment = date | datetime


def digits(text: object, language: str) -> str:
    """The text with its digits in the reader's script; for codes, phones and receipts do not call this."""
    return khmer_digits(str(text)) if language == "km" else str(text)


def number(value: int | Decimal | None, language: str) -> str:
    """A count or a whole amount, grouped by no-break spaces; unknown is a dash, zero is 0."""
    if value is None:
        return UNKNOWN
    whole = int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return digits(_signed(whole < 0, _grouped(abs(whole))), language)


def decimal(value: Decimal | int | float | None, language: str, places: int = 1) -> str:
    """A mean, gap or rate rounded half up; comma in Khmer, point in English."""
    if value is None:
        return UNKNOWN
    rounded = rounded_half_up(value, places)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    mark = "," if language == "km" else "."
    text = _grouped(int(whole)) + (mark + fraction if fraction else "")
    return digits(_signed(rounded < 0, text), language)


def signed(value: Decimal | int | float | None, language: str, places: int = 1) -> str:
    """A difference with its sign, plus written out: +0.8, −1.2, 0.0."""
    text = decimal(value, language, places)
    return f"+{text}" if value is not None and rounded_half_up(value, places) > 0 else text


def percent(value: Decimal | int | float | None, language: str, places: int = 1) -> str:
    """A rate given in hundredths (62.5 reads 62.5%)."""
    return UNKNOWN if value is None else f"{decimal(value, language, places)}%"


def riel(value: int | None, language: str) -> str:
    """Whole riel, the sign after the amount."""
    if value is None:
        return UNKNOWN
    return f"{number(value, language)}{NO_BREAK}{RIEL_SIGN if language == 'km' else 'riel'}"


def day(value: Moment | None, language: str) -> str:
    """A date in a table or a line: ២៣/១១/២០២៦, 23 Nov 2026."""
    if value is None:
        return UNKNOWN
    on = _local_date(value)
    if language == "km":
        return digits(f"{on.day:02d}/{on.month:02d}/{on.year}", language)
    return f"{on.day}{NO_BREAK}{ENGLISH_MONTHS[on.month - 1][:3]}{NO_BREAK}{on.year}"


def day_long(value: Moment | None, language: str) -> str:
    """A date in a sentence or under a signature: ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦, 23 November 2026."""
    if value is None:
        return UNKNOWN
    on = _local_date(value)
    if language == "km":
        return digits(f"ថ្ងៃទី{on.day} ខែ{KHMER_MONTHS[on.month - 1]} ឆ្នាំ{on.year}", language)
    return f"{on.day} {ENGLISH_MONTHS[on.month - 1]} {on.year}"


def weekday(value: Moment | None, language: str) -> str:
    if value is None:
        return UNKNOWN
    names = KHMER_WEEKDAYS if language == "km" else ENGLISH_WEEKDAYS
    return names[_local_date(value).weekday()]


def month(value: Moment | None, language: str) -> str:
    """The month of a plan: វិច្ឆិកា ២០២៦, Nov 2026."""
    if value is None:
        return UNKNOWN
    on = _local_date(value)
    name = KHMER_MONTHS[on.month - 1] if language == "km" else ENGLISH_MONTHS[on.month - 1][:3]
    return digits(f"{name}{NO_BREAK}{on.year}", language)


def clock(value: datetime | None, language: str) -> str:
    """The time of the day where the portal stands, on the 24-hour clock: ១៤:០៥, 14:05."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return digits(f"{local:%H:%M}", language)


def rounded_half_up(value: Decimal | int | float, places: int) -> Decimal:
    # A float goes through its text: Decimal(2.675) is already less than 2.675.
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", NO_BREAK)


def _signed(is_negative: bool, text: str) -> str:
    return MINUS + text if is_negative else text


def _local_date(value: Moment) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
