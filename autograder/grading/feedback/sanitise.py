"""HTML that learners' code or text produced, made harmless and readable: no script, no style, no outside address."""

import base64
import binascii
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import mistune
from bs4 import BeautifulSoup, Tag
from nbconvert.preprocessors.sanitize import SanitizeHTML

from casestudies.quoting import printable
from casestudies.typography import french

TAGS = (
    "p", "br", "hr", "div", "span", "strong", "b", "em", "i", "u", "s", "del", "sub", "sup", "code", "pre", "kbd",
    "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "a", "img", "table", "caption", "thead", "tbody", "tfoot", "tr",
    "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
ATTRIBUTES = {"a": ["href", "title"], "img": ["src", "alt"], "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"]}
RAW = (
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "textarea",
    "title",
    "link",
)
"""Elements that go away with all they hold."""

MAX_IMAGE = 6_000_000
MAX_TEXT, MAX_ELEMENTS = 100_000, 4_000
"""The longest text that is made harmless, in characters, images left out, and the most elements in it."""
MAX_ADDRESS = 120
"""How much of a remote image's address is shown, in characters."""
KEPT = 1024
"""How many texts without an image are remembered, made harmless: the copies of a class carry the same ones."""
_OUTSIDE = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
_INSIDE = re.compile(r"\bsrc\s*=\s*([\"'])data:image/(?:png|jpe?g);base64,([^\"'<>]*)\1", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|jpe?g);base64,[A-Za-z0-9+/=]+")
YOUR_TABLE = "Tableau de votre texte"
REOPEN = "à rouvrir dans JupyterLab."
_markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])
_cleaner: Any = SanitizeHTML(tags=list(TAGS), attributes=ATTRIBUTES, styles=[], strip=True)


class Allowance:
    """What is still made harmless of one notebook: beyond, a note stands in the place of a text.

    The time that a page takes is then bounded, whatever a copy holds.
    """

    def __init__(self, characters: int = 400_000, elements: int = 8_000) -> None:
        self._characters, self._elements = characters, elements

    def html(self, html: str, label: str) -> str:
        """Return what ``safe_html`` does, or the note."""
        return safe_html(html, label) if self.takes(html) else too_long(html)

    def markdown(self, text: str, attachments: Mapping[str, Any] | None = None) -> str:
        """Return what ``safe_markdown`` does, or the note."""
        return safe_markdown(text, attachments) if self.takes(text) else too_long(text)

    def takes(self, text: str) -> bool:
        """Count a text in; return whether it is still made harmless."""
        self._characters -= _length(text)
        self._elements -= _elements_in(text)
        return self._characters >= 0 and self._elements >= 0


def too_long(text: str) -> str:
    """Return the note that stands in the place of a text which would take too long to make harmless."""
    size = max(1, len(text) // 1000)
    return (
        f"<p>{french(f'Contenu trop long ou trop chargé pour cette page ({size} milliers de signes) : {REOPEN}')}</p>"
    )


def _elements_in(text: str) -> int:
    """Return about how many elements a text makes: those that it opens, the cells of its Markdown tables."""
    return text.count("<") // 2 + text.count("|")


def picture_address(encoded: object) -> str:
    """Return the ``data:`` address of a PNG or JPEG image in base 64; an empty text when it is neither."""
    text = "".join(map(str, encoded)) if isinstance(encoded, list) else encoded
    if not isinstance(text, str) or len(text) > MAX_IMAGE:
        return ""
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    kind = next((kind for kind, start in _STARTS.items() if raw.startswith(start)), "")
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}" if kind else ""


def safe_html(html: str, label: str) -> str:
    """Return ``html`` with what the list above allows only, its tables and titles made accessible.

    The PNG and JPEG images that it holds itself are kept; a remote one becomes a link that shows its address, so that
    nothing is fetched. ``label`` is what a table without a caption is called. Beyond ``MAX_TEXT``, a note is returned.
    """
    return _KNOWN.of(f"{label}\0{html}", lambda: _from_html(html, label))


def _from_html(html: str, label: str) -> str:
    images: dict[str, str] = {}

    def stand_in(found: re.Match[str]) -> str:
        return f'src="{_stand_in(images, picture_address(found[2]))}"'

    return _safe(_INSIDE.sub(stand_in, html), label, images)


def safe_markdown(text: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the harmless HTML of a Markdown text; its attached PNG and JPEG images are kept."""
    if _length(text) > MAX_TEXT:
        return too_long(text)
    if not attachments:
        return _KNOWN.of(f"markdown\0{text}", lambda: _from_html(str(_markdown(text)), YOUR_TABLE))
    images: dict[str, str] = {}
    for name, bundle in attachments.items():
        held = [bundle.get(f"image/{kind}") for kind in _STARTS] if isinstance(bundle, Mapping) else []
        address = next((address for one in held if (address := picture_address(one))), "")
        text = text.replace(f"(attachment:{name})", f"({_stand_in(images, address)})")
    return _safe(str(_markdown(text)), YOUR_TABLE, images)


def _length(text: str) -> int:
    """Return the length of a text, the images that it holds left out."""
    return len(_DATA.sub("", text)) if len(text) <= MAX_IMAGE else len(text)


def _stand_in(images: dict[str, str], address: str) -> str:
    """Note an image and return the web address that stands for it meanwhile: the cleaner keeps no other."""
    name = f"https://image.invalid/{len(images)}"
    images[name] = address
    return name


class _Known:
    """The texts made harmless last, by what they were: by hash, and short ones only, so that memory is bounded."""

    def __init__(self) -> None:
        self._held: OrderedDict[bytes, str] = OrderedDict()

    def of(self, text: str, make: Callable[[], str]) -> str:
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        made = make()
        if len(made) <= MAX_TEXT:
            self._held[key] = made
            if len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made


_KNOWN = _Known()


def _safe(html: str, label: str, images: Mapping[str, str]) -> str:
    """Do that; ``images`` are the addresses of those that may be shown, by the name they have in the text."""
    if len(html) > MAX_TEXT or html.count("<") > 2 * MAX_ELEMENTS:
        return too_long(html)
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(RAW):
        element.decompose()
    soup = BeautifulSoup(str(_cleaner.sanitize_html_tags(str(soup))), "html.parser")
    for table in soup.find_all("table"):
        _table(soup, table, label)
    for title in soup.find_all(re.compile(r"^h[1-6]$")):
        title.name = "h4" if title.get_text(strip=True) else "p"
    for image in soup.find_all("img"):
        _image(image, images)
    for link in soup.find_all("a"):
        if not _OUTSIDE.match(str(link.get("href", ""))) or not link.get_text(strip=True):
            link.unwrap()
        else:
            link["rel"] = "noopener noreferrer"
    return printable(str(soup))


def _table(soup: BeautifulSoup, table: Tag, label: str) -> None:
    for cell in table.find_all("th"):
        if not cell.get_text(strip=True):
            cell.name = "td"
        else:
            cell["scope"] = "col" if cell.find_parent("thead") else "row"
    if table.find("caption") is None:
        caption = soup.new_tag("caption")
        caption.string = label
        table.insert(0, caption)
    frame = soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group", "aria-label": label})
    table.wrap(frame)


def _image(image: Tag, images: Mapping[str, str]) -> None:
    source = str(image.get("src", "")).strip()
    address = images.get(source)
    alternative = str(image.get("alt", "")) or "sans texte de remplacement"
    if address:
        image.attrs = {"src": address, "alt": alternative}
    elif source not in images and _OUTSIDE.match(source):
        image.name, image.attrs = "a", {"href": source}
        shown = source if len(source) <= MAX_ADDRESS else f"{source[: MAX_ADDRESS - 1]}…"
        image.string = f"{french('Image distante : ')}{shown}"
    else:
        image.replace_with(f"[image non reprise : {alternative}]")
