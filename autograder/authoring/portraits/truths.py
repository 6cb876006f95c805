"""The truth behind one variant, for trainers: as JSON or as a table."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
from rich.markup import escape
from rich.table import Table

from autograder.console import out, say
from autograder.keys.variants import accepted_draw
from casestudies.company import company_class, company_of
from casestudies.french import french_date, french_number, unaccented
from casestudies.identity import normalise
from casestudies.seeds import REFERENCE
from casestudies.typography import french

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ACCENTED = (
    "allégations", "améliorer", "après", "associées", "clôture", "compétence", "durée", "début", "décembre",
    "déchets", "défaut", "délai", "délais", "dépenses", "efficacité", "enquête", "incohérents", "marché", "médiane",
    "naïf", "nécessaire", "payée", "pièges", "première", "prédécesseur", "prévoir", "requête", "reçue", "réduction",
    "réponse", "rôle", "rôles", "scénario", "stratégie", "surdéclaration", "tâche", "témoins", "unités", "visée",
    "écart", "échéance", "économie", "élasticité", "élasticités", "équipe", "étape", "évolution",
)  # fmt: skip
_WORDS = {unaccented(word): word for word in _ACCENTED} | {"ht": "HT", "ttc": "TTC", "seo": "SEO", "swot": "SWOT"}
"""Words of the truths' names as French writes them."""


def truth_of(slug: str, learner: str, draw: int | None = None) -> dict[str, Any]:
    """Return the truth of one learner's variant as plain data, flat: « a · b » for what stands under « a ».

    ``draw`` is the accepted one unless said otherwise.
    """
    company_class(slug)
    name = normalise(learner) or REFERENCE
    number = accepted_draw(slug, name) if draw is None else draw
    return dict(_flat(company_of(slug, name, number).truth(), ""))


def _flat(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{where} · {key}" if where else str(key))
    elif isinstance(value, np.ndarray | list | tuple):
        yield where, [_plain(one) for one in np.asarray(value, dtype=object).ravel().tolist()]
    else:
        yield where, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def said(name: str) -> str:
    """Return the name of a truth as people read it.

    >>> said("creux_duree_jours"), said("ecart_depenses · SEO"), said("requete_a_travailler")
    ('creux durée jours', 'écart dépenses · SEO', 'requête à travailler')
    """
    parts = (" ".join(_WORDS.get(word, word) for word in part.split("_")) for part in name.split(" · "))
    return re.sub(r"(?<=\w) a (?=\w)", " à ", " · ".join(parts))


def shown(value: Any) -> str:
    """Return one true value as people read it."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return french_date(date.fromisoformat(value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return french_number(value, 2 if abs(value) >= 100 else 4)
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value)
    return str(value)


def as_json(slug: str, learner: str) -> str:
    """Return the truth of one learner's variant as JSON."""
    name = normalise(learner) or REFERENCE
    draw = accepted_draw(slug, name)
    content = {"entreprise": slug, "apprenant": name, "tirage": draw, "verite": truth_of(slug, name, draw)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def print_truth(slug: str, learner: str) -> None:
    """Print the truth of one learner's variant as a table."""
    name = normalise(learner) or REFERENCE
    found = truth_of(slug, name)
    table = Table(title=french(f"Vérité de « {slug} » pour « {escape(name)} »"), title_justify="left")
    table.add_column("Ce qui est vrai")
    table.add_column("Valeur")
    for key, value in found.items():
        table.add_row(escape(said(key)), escape(french(shown(value))))
    out.print(table)
    say(f"Tirage n° {accepted_draw(slug, name)}. Réservé au formateur : ne distribuez pas ces valeurs.")
