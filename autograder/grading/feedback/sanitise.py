"""HTML that learners' code or text produced, made harmless and readable: no script, no style, no outside address."""

import base64
import binascii
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import mistune
from bs4 import BeautifulSoup, Tag
from nbconvert.preprocessors.sanitize import SanitizeHTML

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
KEPT = 1024
"""How many texts without an image are remembered, made harmless: the copies of a class carry the same ones."""
_OUTSIDE = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_PNG_START = b"\x89PNG\r\n\x1a\n"
YOUR_TABLE = "Tableau de votre texte"
_markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])
_cleaner: Any = SanitizeHTML(tags=list(TAGS), attributes=ATTRIBUTES, styles=[], strip=True)


def png_address(encoded: object) -> str:
    """Return the ``data:`` address of a PNG image in base 64; an empty text when it is not one."""
    text = "".join(encoded) if isinstance(encoded, list) else encoded
    if not isinstance(text, str) or len(text) > MAX_IMAGE:
        return ""
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return f"data:image/png;base64,{base64.b64encode(raw).decode()}" if raw.startswith(_PNG_START) else ""


@lru_cache(KEPT)
def safe_html(html: str, label: str) -> str:
    """Return ``html`` with what the list above allows only, no image among it, its tables and titles made accessible.

    ``label`` is what a table without a caption is called.
    """
    return _safe(html, label, {})


def _safe(html: str, label: str, images: Mapping[str, str]) -> str:
    """Do that; ``images`` are the addresses of those that may be shown, by the name they have in the text."""
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
    return str(soup)


def safe_markdown(text: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the harmless HTML of a Markdown text; its attached PNG images are kept."""
    if not attachments:
        return _safe_text(text)
    images = {}
    for number, (name, bundle) in enumerate(attachments.items()):
        address = png_address(bundle.get("image/png") if isinstance(bundle, Mapping) else None)
        stand_in = f"https://image.invalid/{number}"  # the cleaner keeps web addresses only
        text = text.replace(f"(attachment:{name})", f"({stand_in})")
        images[stand_in] = address
    return _safe(str(_markdown(text)), YOUR_TABLE, images)


@lru_cache(KEPT)
def _safe_text(text: str) -> str:
    return _safe(str(_markdown(text)), YOUR_TABLE, {})


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
    address = images.get(str(image.get("src", "")))
    alternative = str(image.get("alt", "")) or "sans texte de remplacement"
    if address:
        image.attrs = {"src": address, "alt": alternative}
    else:
        image.replace_with(f"[image non reprise : {alternative}]")
