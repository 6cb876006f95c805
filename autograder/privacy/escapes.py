r"""Text as it reads once its escapes are read: « Zo\u00e9 », « Zo%C3%A9 » and « Zo&eacute; » are « Zoé »."""

import html
import re
from collections.abc import Iterator

Span = tuple[int, int]

_ESCAPED = re.compile(
    r"\\+u(?P<point>[0-9A-Fa-f]{4})|\\+x(?P<byte>[0-9A-Fa-f]{2})"
    r"|(?P<percent>%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]"
    r"|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}|%[Ff][0-7](?:%[89ABab][0-9A-Fa-f]){3})"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,10}[0-9]{0,2});)|\\+(?P<blank>[nrt])"
)
"""One sign each: JSON and Python, UTF-8 in an address, HTML, an end of line in JSON."""


def unescaped(text: str) -> tuple[str, list[Span]] | None:
    r"""Return a text with its escapes read, and where each of its signs stood; nothing when it has no escape.

    >>> unescaped("Zo%C3%A9")
    ('Zoé', [(0, 1), (1, 2), (2, 8)])
    """
    if not _ESCAPED.search(text):
        return None
    signs = list(_signs(text))
    return "".join(sign for sign, _ in signs), [span for _, span in signs]


def _signs(text: str) -> Iterator[tuple[str, Span]]:
    end = 0
    for found in _ESCAPED.finditer(text):
        yield from ((text[index], (index, index + 1)) for index in range(end, found.start()))
        for sign in _read(found):
            yield sign, found.span()
        end = found.end()
    yield from ((text[index], (index, index + 1)) for index in range(end, len(text)))


def _read(found: re.Match[str]) -> str:
    if found["point"] or found["byte"]:
        return chr(int(found["point"] or found["byte"], 16))
    if found["percent"]:
        return bytes.fromhex(found["percent"].replace("%", "")).decode("utf-8", "replace")
    return html.unescape(found["entity"]) if found["entity"] else " "
