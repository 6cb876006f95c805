"""What the usual errors of beginners mean, in plain French, and what to try next. Pure: nothing is shown here."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

import pandas as pd

from casestudies.french import meant, nearest, unaccented
from casestudies.mistaken_names import identifier_slip, name_error
from casestudies.scenes import MAX_LABELS, Explanation, Scene, cited, kept
from casestudies.strict import packaged
from casestudies.words import french_words


def explain(error: BaseException, scene: Scene) -> Explanation:
    """Return what to say of ``error``, from the most precise explanation to the most general."""
    for kind, say in _EXPLAINED:
        if isinstance(error, kind):
            return say(error, scene)
    return _told(_kinds(error), str(error), scene.line)


def explain_syntax(message: str, line: str = "") -> Explanation:
    """Return what to say of Python's ``message``, when it refuses to read ``line``.

    >>> explain_syntax("'(' was never closed").heading
    '« ( » n’est jamais refermé'
    >>> explain_syntax("invalid syntax", "panier = 1 234").tries
    ('Écrivez-le sans espace : `1234` et non `1 234`.',)
    """
    return identifier_slip(line) or _told({"SyntaxError"}, message, line)


def _kinds(error: BaseException) -> set[str]:
    return {one.__name__ for one in type(error).__mro__}


@cache
def _usual() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], Explanation], ...]:
    """Return the kind, what is found in the message and in the line, and what to say: the most precise first."""
    tables = packaged("casestudies", "mistakes.toml").tables("mistakes", name="kind")
    known = [one.only("kind", "heading", "tries", optional=("pattern", "line")) for one in tables]
    return tuple(
        (
            one.text("kind"), re.compile(one.text("pattern", "")), re.compile(one.text("line", "")),
            Explanation(one.text("heading"), one.texts("tries")),
        )
        for one in known
    )  # fmt: skip


def _told(kinds: set[str], message: str, line: str) -> Explanation:
    """Return the explanation of the first usual mistake of these kinds that is in the message and in the line."""
    for kind, in_message, in_line, said in _usual():
        seen, there = in_message.search(message), in_line.search(line)
        if kind in kinds and seen and there:
            found = {name: text for name, text in (seen.groupdict() | there.groupdict()).items() if text}
            return replace(
                said, heading=_filled(said.heading, found), tries=tuple(_filled(one, found) for one in said.tries)
            )
    raise LookupError(message)  # the file ends with what fits every error


def _filled(text: str, found: dict[str, str]) -> str:
    for name, value in found.items():
        text = text.replace(f"{{{name}}}", value.replace("`", "'"))
    return text


def _key(error: KeyError, scene: Scene) -> Explanation:
    given = error.args[0] if error.args else ""
    bare = [name for name in re.findall(r"\[\s*([^\W\d]\w*)\s*\]", scene.line) if scene.table_with(name)]
    if bare and not isinstance(given, str):
        heading = f"Le nom de la colonne « {bare[0]} » se met entre guillemets"
        return Explanation(heading, (f'Écrivez `["{bare[0]}"]` et non `[{bare[0]}]`.',))
    if not scene.tables:
        return _missing_label(given, scene)
    columns = [str(column) for table in scene.tables for column in table.columns]
    asked = re.findall(r"'([^']+)'", given) if isinstance(given, str) and "ndex" in given else [str(given)]
    missing = [name for name in asked if name not in columns] or [str(given)]
    near = list(dict.fromkeys(close for name in missing for close in nearest(name, columns)))
    listed = f"Colonnes de la table : {cited(dict.fromkeys(columns[:20]))}{' …' if len(columns) > 20 else ''}."
    exact = "Le nom doit être identique, accents et majuscules compris."
    if not isinstance(given, str):
        return Explanation(f"La table n’a ni ligne ni colonne « {given} »", (listed,))
    if len(missing) > 1:
        return Explanation(f"La table n’a pas de colonnes {cited(missing)}", kept(meant(near), listed, exact))
    return Explanation(f"La table n’a pas de colonne « {missing[0]} »", kept(meant(near), listed, exact))


def _missing_label(given: object, scene: Scene) -> Explanation:
    """Return what to say of a label that a row, a sum by column or a dictionary does not have."""
    known = list(scene.labels) or [
        str(key) for name in scene.words() if isinstance(scene.names.get(name), dict)
        for key in list(scene.names[name])[:MAX_LABELS]
    ]  # fmt: skip
    listed = f"Noms possibles : {cited(known[:20])}{' …' if len(known) > 20 else ''}." if known else ""
    exact = "Vérifiez l’orthographe, les accents et les majuscules du nom entre crochets."
    return Explanation(f"« {given} » n’existe pas ici", kept(meant(nearest(given, known)), exact, listed))


def _attribute(error: AttributeError, scene: Scene) -> Explanation:
    owner, name = getattr(error, "obj", None), getattr(error, "name", None) or "ce nom"
    if owner is None and "NoneType" in str(error):
        return _none(scene)
    word = french_words().get(unaccented(name))
    if word is not None and not isinstance(owner, ModuleType):
        form = f"`.{word.python}()`" if hasattr(owner, word.python) else f"`{word.form}`"
        return Explanation(
            f"En Python, « {name} » s’écrit « {word.python} »", (f"Python parle anglais. Écrivez {form}.",)
        )
    if isinstance(owner, pd.DataFrame):
        near = nearest(name, [*owner.columns, *_public(owner)])
        columns = f"Colonnes de la table : {cited(list(owner.columns)[:20])}."
        return Explanation(f"La table n’a ni colonne ni fonction « {name} »", kept(meant(near), columns))
    kind = f"Le module « {owner.__name__} »" if isinstance(owner, ModuleType) else f"Un objet « {_kind(owner)} »"
    advice = "Vérifiez l’orthographe du mot écrit après le point."
    return Explanation(f"{kind} n’a pas de « {name} »", kept(meant(nearest(name, _public(owner))), advice))


def _public(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


def _none(scene: Scene) -> Explanation:
    empty = scene.empty_names()
    if empty:
        subject = f"{cited(empty)} {'vaut' if len(empty) == 1 else 'valent'} encore None"
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
    if "NoneType" in text:
        return _none(scene)
    if "multiply sequence" in text:  # the message does not say which kind of sequence: the notebook does
        text += " ".join(f" '{type(scene.names.get(name)).__name__}'" for name in scene.words())
    return _told(_kinds(error), text, scene.line)


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
    (NameError, name_error),
    (KeyError, _key),
    (AttributeError, _attribute),
    (TypeError, _type),
    (FileNotFoundError, _file),
    (ImportError, _import),
)


def _kind(owner: object) -> str:
    kinds = {
        "int": "nombre",
        "float": "nombre",
        "str": "texte",
        "list": "liste",
        "dict": "dictionnaire",
        "Series": "colonne",
    }
    name = type(owner).__name__
    return kinds.get(name, name)
