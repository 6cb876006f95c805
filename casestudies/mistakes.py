"""What the usual errors of beginners mean, in plain French, and what to try next. Pure: nothing is shown here."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import pandas as pd

from casestudies.strict import packaged


@dataclass(frozen=True)
class Explanation:
    """What happened, in one heading, and what to try."""

    heading: str
    tries: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """Where an error happened: the names of the notebook, the line of the cell, the tables at hand."""

    names: Mapping[str, Any]
    line: str = ""
    tables: tuple[pd.DataFrame, ...] = ()

    def empty_names(self) -> list[str]:
        """Return the names of the line that still hold None."""
        found = dict.fromkeys(re.findall(r"[^\W\d]\w*", self.line))
        return [name for name in found if name in self.names and self.names[name] is None]


def explain(error: BaseException, scene: Scene) -> Explanation:
    """Return what to say of ``error``, from the most precise explanation to the most general."""
    for kind, say in _EXPLAINED:
        if isinstance(error, kind):
            return say(error, scene)
    return _told({one.__name__ for one in type(error).__mro__}, str(error))


def explain_syntax(message: str, line: str = "") -> Explanation:
    """Return what to say of Python's ``message``, when it refuses to read ``line``.

    >>> explain_syntax("'(' was never closed").heading
    '« ( » n’est jamais refermé'
    >>> explain_syntax("invalid syntax", "panier = 1 234").tries
    ('Un nombre s’écrit sans espace : `1234` et non `1 234`.',)
    """
    seen = {"SpacedNumber": _SPACED_NUMBER, "NothingAfterEquals": _NOTHING_AFTER_EQUALS}
    return _told({"SyntaxError", *(kind for kind, pattern in seen.items() if pattern.search(line))}, message)


@cache
def _usual() -> tuple[tuple[str, str, Explanation], ...]:
    """Return the kind, the pattern of the message and the explanation of each usual mistake, the most precise first."""
    tables = packaged("casestudies", "mistakes.toml").tables("mistakes", name="kind")
    known = [one.only("kind", "heading", "tries", optional=("pattern",)) for one in tables]
    return tuple(
        (one.text("kind"), one.text("pattern", ""), Explanation(one.text("heading"), one.texts("tries")))
        for one in known
    )


def _told(kinds: set[str], message: str) -> Explanation:
    """Return the explanation of the first usual mistake of these kinds whose pattern is in the message."""
    found, said = next(
        (found, said)
        for kind, pattern, said in _usual()
        if kind in kinds and (found := re.search(pattern, message)) is not None
    )
    return replace(said, heading=said.heading.format(**found.groupdict()))


def nearest(word: object, choices: Iterable[object], number: int = 3) -> list[str]:
    """Return the choices that look most like ``word``, whatever their capitals.

    >>> nearest("sesions", ["sessions", "clients"])
    ['sessions']
    """
    by_lower = {str(choice).lower(): str(choice) for choice in choices}
    return [by_lower[found] for found in difflib.get_close_matches(str(word).lower(), by_lower, number, 0.6)]


def _quoted(names: Iterable[object]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _or(names: list[str]) -> str:
    return f"Vouliez-vous dire {' ou '.join(f'« {name} »' for name in names)} ?" if names else ""


def _tries(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


_SPACED_NUMBER = re.compile(r"\d[ \u00a0\u202f]\d{3}(?!\d)")
_NOTHING_AFTER_EQUALS = re.compile(r"=\s*(#.*)?$")
_SHORT_ANSWER = 3
"""Letters and short words (« A », « oui », « non ») look like too many names to be taken for one misspelt."""


_CHECK = re.compile(r"\s*dossier\.verifier\(")
_IDENTIFIER = re.compile(r"\s*identifiant\s*=\s*([\w.@-]+)")
_OPEN_FIRST = (
    "Votre dossier n’est pas ouvert : exécutez d’abord les premières cellules du notebook, jusqu’à celle qui contient "
    "`ouvrir_dossier`."
)


def _name(error: NameError, scene: Scene) -> Explanation:
    name = error.name or "".join(re.findall(r"'([^']+)'", str(error))[:1])
    known = [one for one in scene.names if not one.startswith("_")]
    created = "Avez-vous exécuté la cellule qui crée ce nom ? Sinon, revenez-y et exécutez-la (Maj + Entrée)."
    heading = f"Python ne connaît pas « {name} »"
    if name == "dossier" or _CHECK.match(scene.line):  # a locked cell: nothing to correct on its line
        return Explanation(heading, (_OPEN_FIRST if name == "dossier" else created,))
    identifier = _IDENTIFIER.match(scene.line)
    if identifier:
        quoted = f'`identifiant = "{identifier[1]}"`'
        return Explanation(heading, (f"Votre identifiant s’écrit entre guillemets : {quoted}.",))
    near = nearest(name, known)
    if _stands_alone(name, scene.line) and (len(name) <= _SHORT_ANSWER or not near):
        return Explanation(heading, (f'Est-ce une réponse ou un texte ? Mettez des guillemets : `"{name}"`.', created))
    quotes = "" if near else f'Si c’est un texte, écrivez-le entre guillemets : `"{name}"`.'
    return Explanation(heading, _tries(created, _or(near), quotes))


def _stands_alone(name: str, line: str) -> bool:
    """Return whether ``name`` is all of a value: after « = », in a list, compared; not part of a calculation.

    >>> _stands_alone("A", "reponse = A  # ma lettre"), _stands_alone("oui", "[oui, non]")
    (True, True)
    >>> _stands_alone("x", "y = x + 1")
    False
    """
    return bool(re.search(rf"[=\[,:]\s*{re.escape(name)}\s*(?:[,\]}}#]|$)", line.rstrip()))


def _key(error: KeyError, scene: Scene) -> Explanation:
    given = error.args[0] if error.args else ""
    if not scene.tables:
        heading = f"« {given} » n’existe pas ici"
        return Explanation(heading, ("Vérifiez l’orthographe, les accents et les majuscules du nom entre crochets.",))
    columns = [str(column) for table in scene.tables for column in table.columns]
    asked = re.findall(r"'([^']+)'", given) if isinstance(given, str) and "ndex" in given else [str(given)]
    missing = [name for name in asked if name not in columns] or [str(given)]
    near = list(dict.fromkeys(close for name in missing for close in nearest(name, columns)))
    listed = f"Colonnes de la table : {_quoted(dict.fromkeys(columns[:20]))}{' …' if len(columns) > 20 else ''}."
    exact = "Le nom doit être identique, accents et majuscules compris."
    if not isinstance(given, str):
        return Explanation(f"La table n’a ni ligne ni colonne « {given} »", (listed,))
    if len(missing) > 1:
        return Explanation(f"La table n’a pas de colonnes {_quoted(missing)}", _tries(_or(near), listed, exact))
    return Explanation(f"La table n’a pas de colonne « {missing[0]} »", _tries(_or(near), listed, exact))


def _attribute(error: AttributeError, scene: Scene) -> Explanation:
    owner, name = getattr(error, "obj", None), getattr(error, "name", None) or "ce nom"
    if owner is None and "NoneType" in str(error):
        return _none(scene)
    if isinstance(owner, pd.DataFrame):
        near = nearest(name, [*owner.columns, *_public(owner)])
        columns = f"Colonnes de la table : {_quoted(list(owner.columns)[:20])}."
        return Explanation(f"La table n’a ni colonne ni fonction « {name} »", _tries(_or(near), columns))
    kind = f"Le module « {owner.__name__} »" if isinstance(owner, ModuleType) else f"Un objet « {_kind(owner)} »"
    advice = "Vérifiez l’orthographe du mot écrit après le point."
    return Explanation(f"{kind} n’a pas de « {name} »", _tries(_or(nearest(name, _public(owner))), advice))


def _public(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


def _none(scene: Scene) -> Explanation:
    empty = scene.empty_names()
    if empty:
        subject = f"{_quoted(empty)} {'vaut' if len(empty) == 1 else 'valent'} encore None"
        return Explanation(
            subject, ("Remplacez None par votre calcul dans la cellule prévue, exécutez-la, puis revenez.",)
        )
    return Explanation(
        "Un des résultats utilisés ici est vide (None)",
        (
            "Une réponse attend-elle encore votre calcul à la place de None ?",
            "Une fonction qui ne se termine pas par `return` rend None.",
        ),
    )


def _type(error: TypeError, scene: Scene) -> Explanation:
    text = str(error)
    return _none(scene) if "NoneType" in text else _told({"TypeError"}, text)


def _file(error: FileNotFoundError, _scene: Scene) -> Explanation:
    name = f" « {error.filename} »" if error.filename else ""
    tries = (
        "Le fichier est-il dans le même dossier que le notebook ? Vérifiez son nom et son extension.",
        'Les tables du dossier s’ouvrent avec `dossier.table("nom")`.',
    )
    return Explanation(f"Le fichier{name} est introuvable", tries)


def _import(error: ImportError, _scene: Scene) -> Explanation:
    name = f" « {error.name} »" if error.name else ""
    return Explanation(f"Python ne trouve pas le module{name}", ("Vérifiez son orthographe après « import ».",))


_EXPLAINED: tuple[tuple[type[BaseException], Callable[[Any, Scene], Explanation]], ...] = (
    (NameError, _name),
    (KeyError, _key),
    (AttributeError, _attribute),
    (TypeError, _type),
    (FileNotFoundError, _file),
    (ImportError, _import),
)


def _kind(owner: object) -> str:
    kinds = {"int": "nombre", "float": "nombre", "str": "texte", "list": "liste", "dict": "dictionnaire"}
    name = type(owner).__name__
    return kinds.get(name, name)
