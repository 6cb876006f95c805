"""French typography, applied once where text is shown: apostrophes, non-breaking spaces, thousands."""

import re

NBSP = "\u00a0"
NARROW = "\u202f"

_CODE = re.compile(r"(```.*?```|`[^`\n]*`|\$\$.*?\$\$|<[^>\n]*>|\]\([^)\n]*\)|https?://\S+)", re.DOTALL)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_SPACES = (
    (re.compile(r"« "), f"«{NBSP}"),
    (re.compile(r" (?=[»:;?!%€](?![-|]))"), NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
)


def french(text: str) -> str:
    r"""Return ``text`` with French spaces and apostrophes; code, links and HTML tags are left as they are.

    >>> french("Combien ? L'offre « Cheveux » : 1 234,5 €")
    'Combien\xa0? L’offre «\xa0Cheveux\xa0»\xa0: 1\u202f234,5\xa0€'
    >>> french("`a : b`")
    '`a : b`'
    """
    parts = _CODE.split(text)
    return "".join(part if index % 2 else _settle(_APOSTROPHE.sub("’", part)) for index, part in enumerate(parts))


def spaced(text: str) -> str:
    r"""Return ``text`` with French spaces only: the apostrophes of names, files and commands stay as they are typed.

    >>> spaced("Lancez : « casekit parcours o'brien »")
    "Lancez\xa0: «\xa0casekit parcours o'brien\xa0»"
    """
    parts = _CODE.split(text)
    return "".join(part if index % 2 else _settle(part) for index, part in enumerate(parts))


def _settle(text: str) -> str:
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text
