"""The companies' names, stated once in ``names.toml``: a text writes ``{kerlavandre}`` and gets the name."""

import re
import unicodedata

from casestudies.strict import packaged

NAMES: dict[str, str] = packaged("casestudies", "names.toml").data
"""The name shown for each company, by its short name (its folder)."""

_FIELD = re.compile(r"\{(de_)?(" + "|".join(NAMES) + r")\}")


def name_of(slug: str) -> str:
    """Return the name shown for the company ``slug``.

    >>> name_of("isolombre")
    'Isolombre'
    """
    return NAMES[slug]


def of_name(slug: str) -> str:
    """Return the name after « de », elided before a vowel.

    >>> of_name("isolombre"), of_name("bocanterre")
    ('d’Isolombre', 'de Bocanterre')
    """
    name = NAMES[slug]
    initial = unicodedata.normalize("NFD", name)[0].lower()
    return f"d’{name}" if initial in "aeiouy" else f"de {name}"


def named(text: str) -> str:
    """Return ``text`` with the companies' names in place of their fields; every other brace stays as it is.

    >>> named("Direction {de_isolombre}, {debut}")
    'Direction d’Isolombre, {debut}'
    """
    return _FIELD.sub(lambda found: of_name(found[2]) if found[1] else name_of(found[2]), text)
