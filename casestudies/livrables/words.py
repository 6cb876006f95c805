"""Reading what people type: names whatever their case and accents, French numbers, dates in several forms."""

import re
import unicodedata
from datetime import date

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"([+\-−–]?)(\d[\d.,]{0,24}|[.,]\d{1,20})(%|€|€ht|€ttc|h|j|jours?)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(?:\w+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")


def simplified(text: object) -> str:
    """Return ``text`` without case, accents, or differences of spaces, hyphens and underscores.

    >>> simplified(" Levier_Action "), simplified("Intensité"), simplified("œuvre")
    ('levier action', 'intensite', 'oeuvre')
    """
    plain = unicodedata.normalize("NFKD", str(text).casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[\s_\-'’]+", " ", letters).strip()


def clean(text: str) -> str:
    r"""Return ``text`` with one kind of line end, without outer spaces nor what no file can hold.

    >>> clean(" un\r\ndeux\x00 ")
    'un\ndeux'
    """
    return _UNPRINTABLE.sub("", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def number_in(text: str, in_percent: bool = False) -> float | None:
    """Return the number written in ``text`` the French way (or the English one), or None.

    >>> number_in("1 234,50 €"), number_in("−0.5"), number_in("12,5 %"), number_in("12,5 %", in_percent=True)
    (1234.5, -0.5, 0.125, 12.5)
    >>> number_in("environ 3") is None
    True
    """
    found = _NUMBER.fullmatch(_SPACES.sub("", text)) if len(text) <= 60 else None
    if found is None:
        return None
    sign, digits, suffix = found.groups()
    decimal = max(digits.rfind(","), digits.rfind("."))
    if decimal >= 0 and digits.count(digits[decimal]) == 1:
        digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
    else:
        digits = re.sub(r"[.,]", "", digits)
    number = float(f"0{digits}")
    if suffix == "%" and not in_percent:
        number = float(f"{number / 100:.15g}")
    return -number if sign and sign != "+" else number


def french_digits(number: float) -> str:
    """Return a number as a French spreadsheet writes it, with every digit and no idle one.

    >>> french_digits(3.0), french_digits(0.25), french_digits(-1234.5)
    ('3', '0,25', '-1234,5')
    """
    text = repr(float(number))
    if "e" in text:
        text = f"{number:.17f}".rstrip("0") if abs(number) < 1 else f"{number:.0f}"
    return text.removesuffix(".0").replace(".", ",")


def date_in(text: str) -> str | None:
    """Return the ISO form of the date written in ``text``, or None.

    >>> date_in("06/01/2027"), date_in("2027-1-6"), date_in("mercredi 6 janvier 2027"), date_in("1er août 2026")
    ('2027-01-06', '2027-01-06', '2027-01-06', '2026-08-01')
    >>> date_in("31/02/2027") is None, date_in("en janvier") is None
    (True, True)
    """
    plain = " ".join(text.split())
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
    elif found := _IN_WORDS.fullmatch(simplified(plain)):
        starts = [number for number, name in enumerate(MONTHS, start=1) if _begins(name, found[2])]
        if len(starts) != 1:
            return None
        day, month, year = int(found[1]), starts[0], int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return None


def _begins(month: str, word: str) -> bool:
    """Whether a word is the name of the month or its abbreviation (« janv », « juil », « sept »)."""
    return month == word or (len(word) >= 3 and month.startswith(word))


def french_date(iso: str) -> str:
    """Return an ISO date as it is written in French; any other text as it is.

    >>> french_date("2027-01-06"), french_date("bientôt")
    ('06/01/2027', 'bientôt')
    """
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso
