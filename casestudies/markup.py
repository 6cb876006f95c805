"""A page of HTML that somebody wrote, read as data: elements, texts, names and colours; nothing in it is ever run.

What is read is bounded: the first ``MAX_PAGE`` characters, ``MAX_ELEMENTS`` elements, ``MAX_DEPTH`` levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from casestudies.quoting import printable

MAX_PAGE, MAX_ELEMENTS, MAX_DEPTH = 12_000, 400, 40
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
ENDED_BY = {
    "li": {"li"}, "option": {"option"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
    "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}  # fmt: skip
"""The open elements that the start of another one ends; no other than the last one."""
UNSEEN = frozenset(("head", "script", "style", "template", "title", "noscript"))
WHITE, BLACK = "#ffffff", "#000000"
NAMED = {"white": WHITE, "black": BLACK, "red": "#ff0000", "gray": "#808080", "grey": "#808080", "green": "#008000",
         "blue": "#0000ff", "yellow": "#ffff00", "orange": "#ffa500"}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")


@dataclass(eq=False)
class Element:
    """One element: its name, its attributes (the first of each name), what it holds, what holds it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def get(self, name: str) -> str | None:
        """Return an attribute without outer spaces; None when it is not there."""
        found = self.attributes.get(name)
        return None if found is None else found.strip()

    def all(self) -> Iterator[Element]:
        """Yield the elements inside, in the order of the page."""
        for one in self.inside:
            if isinstance(one, Element):
                yield one
                yield from one.all()

    def above(self) -> Iterator[Element]:
        """Yield the element, then those that hold it, from the nearest one."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def text(self) -> str:
        """The words inside, those of images included, spaces reduced."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.name == "img":
                yield one.get("alt") or ""
            elif one.name not in UNSEEN:
                yield from one._words()

    @property
    def own_text(self) -> str:
        """The words that stand in the element itself, not in those inside."""
        return " ".join(" ".join(one for one in self.inside if isinstance(one, str)).split())

    @property
    def hidden(self) -> bool:
        """Whether the element, or one that holds it, is out of sight or out of hearing."""
        return any(
            one.name in UNSEEN or "hidden" in one.attributes or one.get("aria-hidden") == "true" for one in self.above()
        )


class _Reader(HTMLParser):
    """Builds the elements; what is too much is left out, what is too deep stands where the limit is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.here, self.depth, self.count = self.root, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            return
        if self.here.name in ENDED_BY.get(tag, ()):
            self._close()
            if tag == "tr" and self.here.name == "tr":
                self._close()
        kept: dict[str, str] = {}
        for name, value in attrs:
            kept.setdefault(name, value or "")
        made = Element(tag, kept, parent=self.here)
        self.here.inside.append(made)
        if tag not in VOID and self.depth < MAX_DEPTH:
            self.here, self.depth = made, self.depth + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if any(one.name == tag for one in self.here.above()):
            while self.here.name != tag:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        if self.count <= MAX_ELEMENTS:
            self.here.inside.append(data)

    def _close(self) -> None:
        if self.here.parent is not None:
            self.here, self.depth = self.here.parent, self.depth - 1


@dataclass(frozen=True, eq=False)
class Page:
    """What was read of a page; ``complete`` is False when it is longer than what is read."""

    root: Element
    elements: tuple[Element, ...]
    complete: bool

    def find(self, *names: str) -> list[Element]:
        """Return the elements of these names, in the order of the page."""
        return [one for one in self.elements if one.name in names]

    def with_id(self, name: str) -> Element | None:
        """Return the first element of an id."""
        return next((one for one in self.elements if name and one.get("id") == name), None)

    def label_of(self, part: Element) -> str:
        """Return what names a field, a link or a button for those who do not see it; an empty text when nothing does.

        >>> page = page_of('<label for="a">Ville</label><input id="a"><input placeholder="Ville">')
        >>> [page.label_of(one) for one in page.find("input")]
        ['Ville', '']
        """
        cited = [one for name in (part.get("aria-labelledby") or "").split() if (one := self.with_id(name))]
        around = [one for one in part.above() if one.name == "label"]
        aimed = [one for one in self.find("label") if part.get("id") and one.get("for") == part.get("id")]
        own = part.text if part.name in ("a", "button") else ""
        value = part.get("value") if part.name == "input" and part.get("type") in ("submit", "button") else ""
        said = (
            " ".join(one.text for one in cited), part.get("aria-label"), *(one.text for one in (*aimed, *around)),
            own, value, part.get("title"),
        )  # fmt: skip
        return next((one.strip() for one in said if one and one.strip()), "")


@lru_cache(maxsize=64)
def page_of(text: str) -> Page:
    """Return what can be read of a page; nothing that it holds can stop the reading.

    >>> [one.name for one in page_of("<p>Bonjour <b>à tous</p>").elements]
    ['p', 'b']
    """
    reader = _Reader()
    reader.feed(printable(text[:MAX_PAGE]))
    reader.close()
    complete = len(text) <= MAX_PAGE and reader.count <= MAX_ELEMENTS
    return Page(reader.root, tuple(reader.root.all()), complete)


def style_of(element: Element) -> dict[str, str]:
    """Return the declarations of the ``style`` attribute, in lower case.

    >>> style_of(Element("p", {"style": "Color: #FFF; margin:0"}))
    {'color': '#fff', 'margin': '0'}
    """
    pairs = (part.split(":", 1) for part in (element.get("style") or "").lower().split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def colour_in(value: str) -> str | None:
    """Return a colour as « #rrggbb »; None for what is written another way.

    >>> colour_in("#abc"), colour_in("rgb(1, 2, 3)"), colour_in("white"), colour_in("url(x)")
    ('#aabbcc', '#010203', '#ffffff', None)
    """
    if found := _HEX.fullmatch(value):
        digits = found[0][1:]
        return "#" + (digits if len(digits) == 6 else "".join(2 * one for one in digits))
    if (parts := _RGB.fullmatch(value)) and max(map(int, parts.groups())) <= 255:
        return "#" + "".join(f"{int(one):02x}" for one in parts.groups())
    return NAMED.get(value)


def colours_of(element: Element) -> tuple[str | None, str | None]:
    """Return the colours of the text of an element and of what is behind it; None for one that cannot be read.

    A text without a colour has that of what holds it; in the end, black on white.
    """
    front: str | None = ""
    back: str | None = ""
    for one in element.above():
        style = style_of(one)
        if front == "" and "color" in style:
            front = colour_in(style["color"])
        behind = style.get("background-color", style.get("background"))
        if back == "" and behind is not None:
            back = colour_in(behind)
    return BLACK if front == "" else front, WHITE if back == "" else back
