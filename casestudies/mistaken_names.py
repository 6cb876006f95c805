"""What a name that Python does not know means: a cell not run yet, a text without quotes, a French word, a slip."""

import re

from casestudies.french import meant, nearest, unaccented
from casestudies.scenes import Explanation, Scene, kept
from casestudies.words import french_words

CASE_NAMES = ("dossier", "ouvrir_dossier")
OPEN_FIRST = (
    "Exécutez la cellule « Ouverture de votre dossier », en haut du notebook : elle contient `ouvrir_dossier`. "
    "Pour l’exécuter, cliquez dessus, puis Maj + Entrée."
)
AGAIN = (
    "Notebook rouvert ou noyau redémarré ? Python a tout oublié, mais vos cellules sont là : exécutez-les à nouveau, "
    "de haut en bas."
)
_SHORT_ANSWER = 3
"""Letters and short words (« A », « oui », « non ») look like too many names to be taken for one misspelt."""

_CHECK = re.compile(r"\s*dossier\.verifier\(")
_IDENTIFIER = re.compile(r"\s*(?i:identifiant)\s*(?:==?|:)\s*(?P<given>[^#]*)")
_QUOTES = " \t\n\"'“”„«»‘’\u00a0\u202f"


def identifier_slip(line: str) -> Explanation | None:
    """Return what to say of a line that gives the identifier and that Python refuses; None for another line.

    >>> identifier_slip("identifiant = ana.martin  # le mien").tries
    ('Écrivez-le entre deux guillemets droits : `identifiant = "ana.martin"`.',)
    >>> identifier_slip("sessions = 3") is None
    True
    """
    found = _IDENTIFIER.match(line)
    if found is None:
        return None
    given = found["given"].strip(_QUOTES).replace('"', "") or "ana.martin"
    return Explanation(
        "Votre identifiant s’écrit entre guillemets",
        (f'Écrivez-le entre deux guillemets droits : `identifiant = "{given[:60]}"`.',),
    )


def name_error(error: NameError, scene: Scene) -> Explanation:
    """Return what to say of a name that Python does not know, from the most precise to the most general."""
    name = error.name or "".join(re.findall(r"'([^']+)'", str(error))[:1])
    if name in CASE_NAMES:
        return Explanation("Ouvrez d’abord votre dossier", (OPEN_FIRST, AGAIN))
    if name == "identifiant" and "ouvrir_dossier" in scene.line:
        return _identifier_first(scene)
    said = identifier_slip(scene.line)
    if said is not None:
        return said
    if _CHECK.match(scene.line):  # a locked cell: nothing to correct on its line
        return _check_first(name, scene)
    return _slip(name, scene) or _unknown(name, scene)


def _identifier_first(scene: Scene) -> Explanation:
    near = meant(nearest("identifiant", scene.own_names(), 1))
    run = 'Exécutez la cellule qui contient `identifiant = "…"`, en haut du notebook, puis celle-ci.'
    return Explanation(
        "Donnez d’abord votre identifiant", kept(run, near and f"{near} Le nom attendu est `identifiant`.")
    )


def _check_first(name: str, scene: Scene) -> Explanation:
    near = nearest(name, scene.own_names(), 1)
    renamed = f"Vous avez écrit « {near[0]} » ? Ce contrôle attend exactement `{name}`." if near else ""
    above = f"C’est elle qui donne sa valeur à `{name}` ; revenez ensuite ici."
    return Explanation("Lancez la cellule juste au-dessus", kept(above, renamed))


def _slip(name: str, scene: Scene) -> Explanation | None:
    """Return what to say of a name that is surely a slip, None for another one."""
    called = re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", scene.line) is not None
    unknown = f"Python ne connaît pas « {name} »"
    if called and not name.startswith("_") and hasattr(type(scene.names.get("dossier")), name):
        return Explanation(f"Il manque « dossier. » devant « {name} »", (f"Écrivez `dossier.{name}(…)`.",))
    if name in ("true", "false", "none", "TRUE", "FALSE", "NONE"):
        return Explanation(unknown, (f"Ce mot prend une majuscule : `{name.capitalize()}`.",))
    same = [one for one in scene.own_names() if unaccented(one) == unaccented(name)]
    if same:
        return Explanation(unknown, (f"Vouliez-vous dire « {same[0]} » ? Majuscules et accents comptent.",))
    word = french_words().get(unaccented(name))
    if word is not None and (called or word.python[0].isupper()):
        return Explanation(
            f"En Python, « {name} » s’écrit « {word.python} »",
            (f"Python parle anglais. Écrivez par exemple `{word.form}`.",),
        )
    table = scene.table_with(name)
    if table:
        return Explanation(
            f"« {name} » est une colonne : son nom se met entre guillemets", (f'Écrivez `{table}["{name}"]`.',)
        )
    return None


def _unknown(name: str, scene: Scene) -> Explanation:
    heading = f"Python ne connaît pas « {name} »"
    created = "Avez-vous exécuté la cellule qui crée ce nom ? Sinon, revenez-y et exécutez-la (Maj + Entrée)."
    near = nearest(name, scene.own_names())
    if "dossier" not in scene.names and not near:
        heading, created = "Ouvrez d’abord votre dossier", f"« {name} » n’existe pas encore. {OPEN_FIRST} {AGAIN}"
    if stands_alone(name, scene.line) and (len(name) <= _SHORT_ANSWER or not near):
        return Explanation(heading, (f'Est-ce une réponse ou un texte ? Mettez des guillemets : `"{name}"`.', created))
    quotes = "" if near else f'Si c’est un texte, écrivez-le entre guillemets : `"{name}"`.'
    return Explanation(heading, kept(created, meant(near), quotes))


def stands_alone(name: str, line: str) -> bool:
    """Return whether ``name`` is all of a value: after « = », in a list, compared; not part of a calculation.

    >>> stands_alone("A", "reponse = A  # ma lettre"), stands_alone("oui", "[oui, non]")
    (True, True)
    >>> stands_alone("x", "y = x + 1")
    False
    """
    return bool(re.search(rf"[=\[,:]\s*{re.escape(name)}\s*(?:[,\]}}#]|$)", line.rstrip()))
