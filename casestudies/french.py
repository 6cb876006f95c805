"""French dates, numbers, lists and accents: how they are written, and how they are read in what people type."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from casestudies.typography import NARROW, NBSP

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_LONGEST = 60
"""Characters of the longest text in which a number or a date is looked for."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"([+\-−–]?)(\d[\d.,]*|[.,]\d+)(.*)")
_CELL_UNITS = ("", "%", "€", "€ht", "€ttc", "h", "j", "jour", "jours")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ][\d:.]*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(?:\w+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")


def french_number(value: float, decimals: int = 2, unit: str = "") -> str:
    r"""Return a number the French way, with narrow non-breaking spaces.

    >>> french_number(1234.5, 1, "€")
    '1\u202f234,5\xa0€'
    >>> french_number(-0.5, 2)
    '−0,50'
    """
    text = f"{abs(value):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    sign = "−" if value < 0 and text.strip("0,") else ""
    return sign + text + (NBSP + unit if unit else "")


def short_number(value: float, decimals: int = 2) -> str:
    """Return a number the French way, without idle decimals.

    >>> short_number(4), short_number(2.5), short_number(1 / 3)
    ('4', '2,5', '0,33')
    """
    text = french_number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def french_digits(number: float) -> str:
    """Return a number as a French spreadsheet writes it, with every digit and no idle one.

    >>> french_digits(3.0), french_digits(0.25), french_digits(-1234.5)
    ('3', '0,25', '-1234,5')
    """
    text = repr(float(number))
    if "e" in text:
        text = f"{number:.17f}".rstrip("0") if abs(number) < 1 else f"{number:.0f}"
    return text.removesuffix(".0").replace(".", ",")


def split_number(text: str) -> tuple[float, str] | None:
    """Return the number that ``text`` begins with, French or English, and its unit without spaces; else None.

    >>> split_number("1 234,50 €"), split_number("−1,234.5 Points"), split_number("environ 3")
    ((1234.5, '€'), (-1234.5, 'points'), None)
    """
    found = _NUMBER.fullmatch(_SPACES.sub("", text)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    sign, digits, unit = found.groups()
    decimal = max(digits.rfind(","), digits.rfind("."))
    whole, part = digits, ""
    if decimal >= 0 and digits.count(digits[decimal]) == 1:
        whole, part = digits[:decimal], digits[decimal + 1 :]
    number = float(f"0{re.sub('[.,]', '', whole)}.{part}0")
    return -number if sign and sign != "+" else number, unit.lower()


def number_in(text: str, in_percent: bool = False) -> float | None:
    """Return the number written in the cell of a table, or None; a per cent is a proportion unless ``in_percent``.

    >>> number_in("1 234,50 €"), number_in("−0.5"), number_in("12,5 %"), number_in("12,5 %", in_percent=True)
    (1234.5, -0.5, 0.125, 12.5)
    >>> number_in("environ 3") is None
    True
    """
    number, unit = split_number(text) or (0.0, "?")
    if unit not in _CELL_UNITS:
        return None
    return float(f"{number / 100:.15g}") if unit == "%" and not in_percent else number


def french_date(day: date, space: str = " ", weekday: bool = False) -> str:
    """Return a date as it is written in a sentence, its parts ``space`` apart.

    >>> french_date(date(2027, 1, 1)), french_date(date(2027, 1, 6), weekday=True)
    ('1er janvier 2027', 'mercredi 6 janvier 2027')
    """
    parts = (DAYS[day.weekday()],) if weekday else ()
    return space.join((*parts, "1er" if day.day == 1 else str(day.day), MONTHS[day.month - 1], str(day.year)))


def short_date(day: date | str) -> str:
    """Return a date, or its ISO form, as it is written in a table; any other text as it is.

    >>> short_date(date(2027, 1, 6)), short_date("2027-01-06"), short_date("bientôt")
    ('06/01/2027', '06/01/2027', 'bientôt')
    """
    try:
        return (date.fromisoformat(day) if isinstance(day, str) else day).strftime("%d/%m/%Y")
    except ValueError:
        return str(day)


def date_in(text: str) -> date | None:
    """Return the date written in ``text``, or None.

    >>> date_in("06/01/27") == date_in("2027-1-6") == date_in("mercredi 6 janvier 2027") == date_in("6 janv. 2027")
    True
    >>> date_in("1er août 2026"), date_in("31/02/2027"), date_in("en janvier")
    (datetime.date(2026, 8, 1), None, None)
    """
    plain = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
    elif found := _IN_WORDS.fullmatch(simplified(plain)):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the rank of a month from its name or its abbreviation (« janv », « juil », « sept »), or 0."""
    starts = [rank for rank, name in enumerate(map(unaccented, MONTHS), 1) if name.startswith(word) and len(word) >= 3]
    return starts[0] if len(starts) == 1 else 0


def french_list(names: Iterable[str]) -> str:
    """Return names in one list.

    >>> french_list(["Ana", "Bo", "Cy"]), french_list(["Ana"]), french_list([])
    ('Ana, Bo et Cy', 'Ana', '')
    """
    *others, last = names if (names := list(names)) else [""]
    return f"{', '.join(others)} et {last}" if others else last


def unaccented(text: object) -> str:
    """Return ``text`` without accents, case, or outer spaces.

    >>> unaccented(" Éric ŒUVRE ")
    'eric oeuvre'
    """
    plain = unicodedata.normalize("NFKD", str(text).casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in plain if not unicodedata.combining(character)).strip()


def simplified(text: object) -> str:
    """Return ``text`` without case, accents, or differences of spaces, hyphens and underscores.

    >>> simplified(" Levier_Action "), simplified("Intensité"), simplified("œuvre")
    ('levier action', 'intensite', 'oeuvre')
    """
    return re.sub(r"[\s_\-'’]+", " ", unaccented(text)).strip()


def nearest(word: object, choices: Iterable[object], number: int = 3) -> list[str]:
    """Return the choices that look most like ``word``, whatever their capitals and accents.

    >>> nearest("sesions", ["sessions", "clients"])
    ['sessions']
    >>> nearest("PAYEE", ["payée", "remboursée"])
    ['payée']
    """
    plain = {unaccented(choice): str(choice) for choice in choices}
    return [plain[found] for found in difflib.get_close_matches(unaccented(word), plain, number, 0.6)]


def meant(names: list[str]) -> str:
    """Return the question that proposes ``names``; nothing when there are none.

    >>> meant(["sessions", "clients"])
    'Vouliez-vous dire « sessions » ou « clients » ?'
    """
    return f"Vouliez-vous dire {' ou '.join(f'« {name} »' for name in names)} ?" if names else ""


def clean(text: str) -> str:
    r"""Return ``text`` with one kind of line end, without outer spaces nor what no file can hold.

    >>> clean(" un\r\ndeux\x00 ")
    'un\ndeux'
    """
    return _UNPRINTABLE.sub("", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")).strip()
