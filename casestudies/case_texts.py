"""The brief and the documents of a case: Markdown in which the figures of a variant are put."""

import re
from pathlib import Path

from casestudies.company import Company
from casestudies.errors import UnknownNameError
from casestudies.names import named


def filled_text(company: Company, path: Path) -> str:
    """Return a text with the names of companies and the figures of this variant; an unknown field stays as it is."""
    return named(path.read_text(encoding="utf-8")).format_map(_Fields(company.fields()))


def parts_of(text: str, titles: tuple[str, ...]) -> str:
    """Return the title of a Markdown document and its parts of those titles, in the order of the document.

    Raises
    ------
    UnknownNameError
        When the document has no part of that title.
    """
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    by_title = {part.partition("\n")[0].strip(): part for part in parts}
    for title in titles:
        if title not in by_title:
            raise UnknownNameError.of("partie", title, tuple(by_title))
    return head.partition("\n")[0] + "\n\n" + "".join(f"## {by_title[t]}" for t in by_title if t in titles)


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
