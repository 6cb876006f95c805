"""What Python's refusals to read a line mean, in plain French: a bracket forgotten, a comma, a space too many."""

import re

from casestudies.mistakes import Explanation

_INDENT = "Alignez le début de la ligne avec les lignes voisines : les espaces du début comptent (4 par niveau)."

_RULES: tuple[tuple[str, str, str], ...] = (
    (r"'(?P<sign>[(\[{])' was never closed", "« {sign} » n’est jamais refermé", "Parenthèse ou crochet oublié ?"),
    (
        r"unmatched '(?P<sign>[)\]}])'",
        "« {sign} » ferme ce qui n’a pas été ouvert",
        "Y a-t-il une parenthèse en trop ?",
    ),
    (
        r"closing parenthesis '(?P<sign>.)' does not match",
        "« {sign} » ne ferme pas ce qui a été ouvert",
        "À `(` répond `)`, à `[` répond `]`, à `{{` répond `}}`.",
    ),
    (
        r"unterminated|EOL while scanning|EOF while scanning",
        "Un texte n’est pas refermé",
        "Guillemet oublié ? Un texte commence et finit par le même guillemet.",
    ),
    (
        r"[Mm]aybe you meant '=='|cannot assign to",
        "Le signe « = » n’est pas à sa place",
        "À gauche de `=`, il faut un nom seul ; pour comparer, écrivez `==`.",
    ),
    (
        r"expected ':'",
        "Il manque « : » à la fin de la ligne",
        "Après `if`, `for`, `while` ou `def`, terminez la ligne par « : ».",
    ),
    (r"forgot a comma", "Il manque un signe entre deux éléments", "Virgule, opérateur ou guillemet oublié ?"),
    (r"expected an indented block", "La ligne qui suit « : » doit être décalée", "Commencez-la par quatre espaces."),
    (
        r"unexpected indent|unindent does not match|inconsistent use of tabs",
        "Le début de la ligne est mal aligné",
        _INDENT,
    ),
    (
        r"invalid character '(?P<sign>.)'|invalid non-printable character (?P<code>\S+)",
        "Un signe n’est pas compris de Python",
        "Avez-vous copié un texte avec des guillemets « », une apostrophe ’, une unité (€) ou une espace insécable ?",
    ),
    (
        r"invalid decimal literal|leading zeros",
        "Un nombre ou un nom est mal écrit",
        "Un nom ne commence pas par un chiffre ; un nombre s’écrit sans unité ni zéro devant.",
    ),
    (
        r"'(?P<sign>return|await|break|continue)'|outside function|outside loop",
        "Une instruction n’est pas à sa place",
        "`return` va dans une fonction, `break` et `continue` dans une boucle.",
    ),
    (r"incomplete input|unexpected EOF", "La cellule s’arrête au milieu d’une instruction", "Parenthèse oubliée ?"),
)
_SPACED_NUMBER = re.compile(r"\d[ \u00a0\u202f]\d{3}(?!\d)")


def explain_syntax(message: str, line: str = "") -> Explanation:
    """Return what to say of Python's ``message`` about ``line``.

    >>> explain_syntax("'(' was never closed").heading
    '« ( » n’est jamais refermé'
    >>> explain_syntax("invalid syntax", "panier = 1 234").tries
    ('Un nombre s’écrit sans espace : `1234` et non `1 234`.',)
    """
    if _SPACED_NUMBER.search(line):
        return Explanation("Un nombre contient une espace", ("Un nombre s’écrit sans espace : `1234` et non `1 234`.",))
    for pattern, heading, advice in _RULES:
        found = re.search(pattern, message)
        if found:
            return Explanation(heading.format(**found.groupdict()), (advice.format(),))
    if re.search(r"=\s*(#.*)?$", line):
        return Explanation(
            "Il n’y a rien à droite du signe « = »", ("Écrivez votre calcul après `=`, ou None pour plus tard.",)
        )
    return Explanation(
        "Python ne comprend pas cette ligne",
        ("Parenthèse, guillemet, virgule ou signe oublié ? Regardez aussi la fin de la ligne précédente.",),
    )
