"""Rules about a page of HTML handed in as text: what a machine can check of the RGAA 4.1.2, criterion by criterion.

A page is read, never run (``casestudies.markup``). Each rule first asks for what it looks at: nothing is mended by
being taken away.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.texts import count_words
from casestudies.answers import Value
from casestudies.french import short_number
from casestudies.market.web_audit import LARGE_TEXT, NORMAL_TEXT, contrast, rgb
from casestudies.markup import Element, Page, colours_of, page_of, style_of
from casestudies.quoting import quoted, shown

VAGUE = (
    "cliquez ici", "cliquer ici", "ici", "en savoir plus", "lire la suite", "lien", "plus d'infos", "voir", "suite",
    "plus", "ce lien", "click here",
)  # fmt: skip
FIELDS = ("input", "select", "textarea")
UNNAMED = ("hidden", "submit", "button", "reset", "image")
"""Types of ``input`` that ask for no label of their own."""
LARGE_TITLES = ("h1", "h2")
ACTIVE = (
    "script", "iframe", "frame", "object", "embed", "base", "link", "applet", "svg", "math", "template", "audio",
    "video",
)  # fmt: skip
"""Elements that run, fetch or draw something of their own."""
_SCHEME = re.compile(r"^\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(r"url\s*\(|expression\s*\(|@import|\\", re.IGNORECASE)
_ADDRESSES = ("href", "src", "action", "formaction", "srcset", "poster", "background", "data", "ping", "xlink:href")


def _page(answer: Value) -> Page:
    return page_of(str(answer))


def _seen(element: Element, limit: int = 30) -> str:
    """Return the words of an element, quoted and shortened."""
    text = element.text
    return quoted(text if len(text) <= limit else text[: limit - 1] + "…")


@dataclass(frozen=True)
class PageLanguage:
    """The page says its language, French (8.3, 8.4)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when it does not."""
        found = [one.get("lang") or "" for one in _page(answer).find("html")]
        if found and re.fullmatch(r"fr(-[a-z]{2})?", found[0], re.IGNORECASE):
            return []
        return [
            "Critères 8.3 et 8.4 : la page ne dit pas qu’elle est en français. La voix de synthèse la lira avec un "
            "autre accent : ajoutez l’attribut `lang` à la balise `html`."
        ]


@dataclass(frozen=True)
class PageTitle:
    """The page has a title, that names more than the site (8.5, 8.6)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when it has none, or one word."""
        titles = [" ".join("".join(map(str, one.inside)).split()) for one in _page(answer).find("title")]
        if titles and count_words(titles[0]) >= 2:
            return []
        return [
            "Critères 8.5 et 8.6 : la balise `title` est vide ou trop courte. C’est la première chose que l’on entend, "
            "et le nom de l’onglet : dites le produit, puis le site."
        ]


def _pictures(answer: Value, source: str, ornament: bool = False) -> list[Element]:
    """Return the images whose address ends as ``source``; the others with ``ornament``."""
    return [one for one in _page(answer).find("img") if (one.get("src") or "").endswith(source) is not ornament]


@dataclass(frozen=True)
class InformativeImage:
    """The image ``source``, that says something, has an alternative of two words or more, not its own name (1.1)."""

    source: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when it is not there, or says nothing to those who do not see it."""
        found = _pictures(answer, self.source)
        if not found:
            return [f"Critère 1.1 : l’image « {self.source} » n’est plus là. Gardez-la, et dites ce qu’elle montre."]
        said = found[0].get("alt") or ""
        if count_words(said) >= 2 and self.source not in said:
            return []
        return [
            f"Critère 1.1 : l’image « {self.source} » ne dit rien à qui ne la voit pas. Donnez-lui un attribut `alt` "
            "qui dit ce qu’elle montre, en quelques mots."
        ]


@dataclass(frozen=True)
class DecorativeImage:
    """The image ``source``, a mere ornament, has an empty alternative, so that it is not read aloud (1.2)."""

    source: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when it is read aloud, or when the page has no image left."""
        ornaments = _pictures(answer, self.source)
        if not _page(answer).find("img"):
            return ["Critère 1.2 : la page n’a plus d’image. Gardez celles qui y étaient."]
        if all(one.get("alt") == "" or one.get("aria-hidden") == "true" for one in ornaments):
            return []
        return [
            f"Critère 1.2 : l’image de décoration « {self.source} » est lue à voix haute. Laissez son attribut `alt`, "
            "mais vide."
        ]


@dataclass(frozen=True)
class HeadingOrder:
    """One main title comes first, and no level is jumped; there are at least ``least`` titles (9.1)."""

    least: int = 3

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark: too few titles, no main one first, or a level jumped."""
        titles = [one for one in _page(answer).find("h1", "h2", "h3", "h4", "h5", "h6") if one.text]
        levels = [int(one.name[1]) for one in titles]
        if len(levels) < self.least:
            return [f"Critère 9.1 : la page a {len(levels)} titre(s) ; elle en avait {self.least}. Gardez-les tous."]
        if levels[0] != 1 or levels.count(1) != 1:
            return ["Critère 9.1 : un titre `h1`, un seul, ouvre la page : c’est le nom du produit."]
        for before, after, title in zip(levels, levels[1:], titles[1:], strict=False):
            if after > before + 1:
                return [
                    f"Critère 9.1 : après un titre de niveau {before}, {_seen(title)} est au niveau {after}. Ne sautez "
                    "pas de niveau : on croirait qu’il manque une partie."
                ]
        return []


@dataclass(frozen=True)
class LabelledFields:
    """Each field of the form has a label tied to it (11.1)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the form has no field, or one that nothing names."""
        page = _page(answer)
        fields = [one for one in page.find(*FIELDS) if one.get("type") not in UNNAMED]
        if not fields:
            return ["Critère 11.1 : la page ne demande plus l’adresse e-mail. Gardez le champ, et son étiquette."]
        if all(page.label_of(one) for one in fields):
            return []
        return [
            "Critère 11.1 : un champ n’a pas d’étiquette. Le texte d’à côté ne suffit pas : mettez-le dans une balise "
            "`label`, dont l’attribut `for` répète l’`id` du champ."
        ]


@dataclass(frozen=True)
class ExplicitLinks:
    """Each link says where it leads, read alone (6.1, 6.2)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there is no link left, or one that says nothing."""
        page = _page(answer)
        links = [one for one in page.find("a") if one.get("href") is not None]
        if not links:
            return ["Critère 6.1 : la page n’a plus de lien. Gardez celui de l’aide, et dites où il mène."]
        for link in links:
            said = page.label_of(link)
            if plain(said).strip(" .…>") in VAGUE or len(said) < 3:
                return [
                    f"Critère 6.1 : lu seul, le lien {quoted(said[:30])} ne dit pas où il mène. Mettez dans la balise "
                    "`a` les mots qui le disent."
                ]
        return []


@dataclass(frozen=True)
class TextContrast:
    """Every text stands out from its background: 4.5 to 1, or 3 to 1 for the first two levels of titles (3.2)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark for the first text that does not, or whose colours cannot be read."""
        texts = [one for one in _page(answer).elements if one.own_text and not one.hidden]
        if not texts:
            return ["Critère 3.2 : la page n’a plus de texte à lire."]
        for one in texts:
            front, back = colours_of(one)
            if front is None or back is None:
                return [
                    f"Critère 3.2 : les couleurs de {_seen(one)} ne sont pas lisibles. Écrivez-les avec un dièse et "
                    "six chiffres ou lettres, comme `#26302B`."
                ]
            ratio = float(contrast(rgb(front), rgb(back)))
            if ratio < (LARGE_TEXT if any(up.name in LARGE_TITLES for up in one.above()) else NORMAL_TEXT):
                return [
                    f"Critère 3.2 : le contraste de {_seen(one)} est de {short_number(ratio, 2)} : 1, trop faible. "
                    "Foncez le texte : le simulateur donne la couleur la plus proche qui passe."
                ]
        return []


@dataclass(frozen=True)
class TableHeaders:
    """The table’s first row is made of headers tied to their column (5.6, 5.7)."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there is no table left, or no headers."""
        page = _page(answer)
        rows = [[one for one in row.inside if isinstance(one, Element)] for row in page.find("tr")]
        if not page.find("table") or len(rows) < 2 or not rows[0]:
            return ["Critère 5.6 : le tableau des créneaux n’est plus là. Gardez-le : on y compare des jours."]
        if all(one.name == "th" and one.get("scope") == "col" for one in rows[0]):
            return []
        return [
            "Critères 5.6 et 5.7 : les cases de la première ligne ne sont pas des en-têtes de colonne. Écrivez-les "
            "avec la balise `th` et l’attribut `scope`, de valeur `col`."
        ]


@dataclass(frozen=True)
class RealButton:
    """What starts something is a real button, that a keyboard reaches; nothing merely looks like one (7.3)."""

    look: str = "bouton"

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the button only looks like one, or is gone."""
        page = _page(answer)
        false = [
            one
            for one in page.elements
            if one.name not in ("button", "a", "input")
            and (self.look in (one.get("class") or "").split() or one.get("role") == "button")
        ]
        real = [one for one in page.elements if one.name == "button" or one.get("type") == "submit"]
        if not false and any(page.label_of(one) for one in real):
            return []
        return [
            "Critère 7.3 : on ne peut pas réserver au clavier. Ce qui déclenche une action s’écrit avec la balise "
            "`button`, et son texte dit l’action."
        ]


@dataclass(frozen=True)
class KeptContent:
    """The page still says what it said of the case: ``words`` gives what must be there."""

    words: Callable[[Case], tuple[str, ...]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark for the first of these words that is gone."""
        page = _page(answer)
        said = plain(" ".join((page.root.text, *(one.text for one in page.find("title")))))
        gone = next((word for word in case.fact(self.words) if plain(word) not in said), None)
        if gone is None:
            return []
        return [f"La page ne dit plus « {gone} ». Corriger n’est pas supprimer : gardez le contenu de votre page."]


@dataclass(frozen=True)
class HarmlessPage:
    """The page holds nothing that runs, fetches or leads outside, and is no longer than what is read."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark for the first of these."""
        page = _page(answer)
        if not page.complete:
            return ["La page est trop longue : seul son début a été lu. Rendez la page corrigée, et elle seule."]
        for one in page.elements:
            if fault := _danger(one):
                return [f"La balise « {shown(one.name, 20)} » {fault}. Aucune correction ne le demande : retirez-le."]
        return []


def _danger(one: Element) -> str:
    """Return what an element would run or fetch; an empty text when it would do neither."""
    if one.name in ACTIVE:
        return "charge ou exécute quelque chose"
    if one.name == "meta" and "http-equiv" in one.attributes:
        return "donne un ordre au navigateur"
    if any(name.startswith("on") for name in one.attributes):
        return "a un attribut qui exécute du code"
    if _OUTSIDE_STYLE.search(" ".join(style_of(one).values())):
        return "va chercher un fichier par son style"
    for name in _ADDRESSES:
        address = re.sub(r"[\s\x00-\x1f]+", "", one.attributes.get(name, ""))
        if address and (_SCHEME.match(address) or address.startswith("//")):
            return "mène hors du site"
    return ""
