"""What other people wrote, as it can be shown: nothing that acts on a screen, and quoted as theirs."""

import re
import shlex
import unicodedata

LIMIT = 80
"""How much of a name or of another's words is quoted, in characters."""
_ACTING = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # colours and movements of a terminal
    "|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?"  # its titles and links
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, escapes of terminals, marks of direction, halves of characters; neither tabs nor newlines."""


_PLAIN_WORD = re.compile(r"[\w@%+:,./][\w@%+=:,./-]*")


def argument(word: object) -> str:
    r"""Return a word of a command as a terminal takes it whole, to be shown in the command that somebody copies.

    >>> argument("lea.b"), argument("Paul Roux"), argument("o'brien"), argument("$x y")
    ('lea.b', '"Paul Roux"', '"o\'brien"', "'$x y'")
    """
    text = printable(str(word), "?")
    if _PLAIN_WORD.fullmatch(text):
        return text
    return shlex.quote(text) if set(text) & set('"$`\\!\n') else f'"{text}"'


def printable(text: str, instead: str = "") -> str:
    r"""Return a text that acts on no terminal, page or document: its lines and tabs stay, the rest is replaced.

    >>> printable("a\x1b[31mb\x07\u202ec\nd")
    'abc\nd'
    """
    return _ACTING.sub(instead, text)


def on_one_line(text: str) -> str:
    r"""Return what ``printable`` does, on one line.

    >>> on_one_line("20/20\nCorrigé\u202e ")
    '20/20 Corrigé'
    """
    return " ".join(printable(text).split("\n")).replace("\t", " ").strip()


def shown(name: str, limit: int = LIMIT) -> str:
    r"""Return a name as it can be shown: « ? » for what cannot be seen or decoded, its middle left out when long.

    >>> shown("a\nb\x1b[31m.ipynb")
    'a?b?[31m.ipynb'
    """
    if len(name) > limit:
        name = f"{name[: limit * 3 // 4]}…{name[1 - limit // 4 :]}"
    return "".join(map(_seen, name))


def _seen(character: str) -> str:
    return "?" if is_odd(character) else character


def is_odd(name: str) -> bool:
    """Whether a name has control, invisible or undecodable characters."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for character in name)


def quoted(words: object, limit: int = LIMIT) -> str:
    """Return another's words between quotation marks that they cannot close, on one line and shortened.

    >>> quoted("illisible ». Bravo « 20/20")
    '« illisible ". Bravo " 20/20 »'
    """
    inner = re.sub("[«»]", '"', on_one_line(str(words)[: 10 * limit]))
    return f"« {shown(inner, limit)} »"
