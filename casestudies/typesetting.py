"""Accessible A4 pages (PDF/UA-1), made by typst from a template that only reads data."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from casestudies.errors import CasekitError
from casestudies.settling import settled

ROOT = Path(__file__).parents[1]
"""What templates may import from: ``/casestudies/common.typ``."""
STANDARD = "ua-1"
KEPT = "\u202f’‘“”–—…→−·€□"
"""Signs beyond the Latin letters that the documents write themselves."""


def typeset(template: Path, page: dict[str, Any], day: date, what: str, pictures: Sequence[bytes] = ()) -> bytes:
    """Return the PDF that a template makes of ``page``, the same every time; ``what`` names it in an error.

    ``common.typ`` gives the template ``data``, and the bytes of each of the ``pictures`` by their place.

    The fonts that come with typst are used, so that a page is the same on every machine; a name in a writing they do
    not have takes the machine's fonts, and a character that no font has becomes « □ ».

    Raises
    ------
    CasekitError
        When typst cannot make it.
    """
    data = json.dumps(settled(page), ensure_ascii=False)
    shown = json.dumps([list(one) for one in pictures])
    stamp = datetime.combine(day, time(12), tzinfo=UTC)
    first = None
    for compiler, text in _attempts(template, data):
        try:
            made = compiler.compile(
                format="pdf", sys_inputs={"data": text, "pictures": shown}, pdf_standards=[STANDARD], timestamp=stamp,
                pdf_tags=True,
            )  # fmt: skip
        except typst.TypstError as error:
            first = first or error
        else:
            return bytes(made)
    raise CasekitError(f"{what} ne se met pas en page : {first}") from first


def begun() -> bool:
    """Whether this process has typeset something.

    typst has threads from then on, for which a fork of this process would wait.
    """
    return _compiler.cache_info().currsize > 0


def _attempts(template: Path, data: str) -> Iterator[tuple[Any, str]]:
    yield _compiler(template, bundled=True), data
    yield _compiler(template, bundled=False), data
    known = (sign if sign < "\u0250" or "\u1e00" <= sign < "\u1f00" or sign in KEPT else "□" for sign in data)
    yield _compiler(template, bundled=True), "".join(known)


@cache
def _compiler(template: Path, bundled: bool) -> Any:
    return typst.Compiler(template, root=ROOT, ignore_system_fonts=bundled)
