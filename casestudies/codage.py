"""Coding reviews: a grid of themes and words, and one yes-or-no column per theme. It counts nothing by itself."""

import re
from functools import cache
from typing import Any

import pandas as pd

from casestudies.company import company_class, company_folder
from casestudies.display import TextTable
from casestudies.errors import UnknownNameError
from casestudies.strict import ContentError, Table
from casestudies.typography import french

KINDS = {"motivations": "motivation", "freins": "frein"}
FILE = "verbatims.toml"


@cache
def _described(slug: str) -> dict[str, Any]:
    path = company_folder(slug) / FILE
    if not path.exists():
        raise UnknownNameError.of("grille de codage", slug, ())
    return Table.read(path, ContentError, french).data


def grille_de_codage(entreprise: str) -> TextTable:
    """Return the coding grid of a company's reviews: by code, the kind of theme, its name, the words that tell it.

    Raises
    ------
    UnknownNameError
        When the company has no reviews to code.
    """
    described = _described(company_class(entreprise).slug)
    rows = [
        (theme["code"], kind, theme["nom"], ", ".join(theme["mots"]))
        for key, kind in KINDS.items()
        for theme in described[key]
    ]
    grid = TextTable(rows, columns=["code", "type", "thème", "mots"]).set_index("code")
    grid.attrs["caption"] = "Grille de codage : un thème, et les débuts de mots qui le signalent"
    return grid


def coder(avis: pd.DataFrame, grille: pd.DataFrame, colonne: str = "texte") -> pd.DataFrame:
    """Return the reviews with one more column per code of the grid: True where the text holds one of its words.

    Words are looked for at their beginning, whatever the case: « irrit » finds « irritation ».

    >>> grid = pd.DataFrame({"mots": ["cher, prix"]}, index=["prix"])
    >>> coder(pd.DataFrame({"texte": ["Le prix ? Trop cher.", "Il dure.", "Mes chers amis", "Pas de reprise"]}), grid)[
    ...     "prix"
    ... ].tolist()
    [True, False, True, False]
    """
    codes = avis.copy()
    for code, words in grille["mots"].items():
        stems = "|".join(re.escape(word.strip()) for word in str(words).split(",") if word.strip())
        codes[str(code)] = avis[colonne].str.contains(rf"\b(?:{stems})", case=False, regex=True)
    return codes
