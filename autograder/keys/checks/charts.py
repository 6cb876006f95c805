"""Rules about a chart: its title, axes, series, marks and alternative text."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.texts import count_words
from casestudies.answers import Value
from casestudies.charts import Chart

_COMMON_VERBS = (
    "a ont est sont était étaient fait font va vont vient viennent peut peuvent doit doivent reste "
    "restent gagne gagnent perd perdent vend vendent monte montent augmente augmentent progresse "
    "progressent bondit bondissent double doublent triple triplent grimpe grimpent dépasse dépassent "
    "baisse baissent recule reculent retombe retombent tombe tombent chute chutent diminue diminuent "
    "passe passent revient reviennent cache cachent masque masquent montre montrent prend prennent "
    "cannibalise cannibalisent rapporte rapportent coûte coûtent apporte apportent ajoute ajoutent suit "
    "suivent creuse creusent explique expliquent vaut valent tient tiennent stagne stagnent accélère "
    "accélèrent ralentit ralentissent profite profitent paie paient déplace déplacent avance avancent "
    "attire attirent"
)
_VERBS = frozenset(plain(_COMMON_VERBS).split())


@dataclass(frozen=True)
class MessageTitle:
    """The title has between ``least`` and ``most`` words, one of them a figure or a conjugated verb."""

    least: int = 4
    most: int = 25

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing in the title."""
        assert isinstance(answer, Chart)
        title = answer.title.strip()
        if not title:
            return ["Le graphique n’a pas de titre."]
        if not self.least <= count_words(title) <= self.most:
            return [f"Titre : on attend de {self.least} à {self.most} mots."]
        if re.search(r"\d", title) or _VERBS & set(re.findall(r"[a-z]+", plain(title))):
            return []
        return [
            "Titre : il nomme le sujet sans dire le message. "
            "Ajoutez un verbe (monte, baisse, retombe, dépasse…) ou un chiffre."
        ]


UNITS = ("unité", "€", "euro", "%", "pour cent", "point", "session", "visite", "commande", "client", "article", "jour")


@dataclass(frozen=True)
class LabelledAxes:
    """The horizontal axis has a name; the vertical one names one of ``units``."""

    units: tuple[str, ...] = UNITS

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per axis to complete."""
        assert isinstance(answer, Chart)
        remarks = []
        if not answer.x_label.strip():
            remarks.append("L’axe horizontal n’a pas de nom.")
        label = plain(answer.y_label)
        if not label:
            remarks.append("L’axe vertical n’a pas de nom.")
        elif not any(plain(unit) in label for unit in self.units):
            remarks.append("L’axe vertical ne dit pas son unité (par exemple « unités par jour »).")
        return remarks


@dataclass(frozen=True)
class DrawnSeries:
    """At least ``least`` lines or bars are drawn, and the legend names at least as many different series."""

    least: int = 2

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing."""
        assert isinstance(answer, Chart)
        if answer.lines + answer.bars < self.least:
            return [f"Tracez au moins {self.least} séries : ce que vous montrez et un point de comparaison."]
        names = {plain(name) for name in answer.legend if name.strip() and not name.startswith("_")}
        if len(names) < self.least:
            return [f"La légende nomme {len(names)} série(s) ; elle doit en nommer au moins {self.least}."]
        return []


@dataclass(frozen=True)
class MarkedWindow:
    """At least one span or reference line (``axvspan``, ``axvline``) is drawn."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the action is not marked."""
        assert isinstance(answer, Chart)
        if answer.spans:
            return []
        return ["Les jours de la promotion ne sont pas repérés : ajoutez une bande avec « axvspan »."]


@dataclass(frozen=True)
class AlternativeText:
    """The text given by ``decrire`` has between ``least`` and ``most`` words and is not the title again."""

    least: int = 8
    most: int = 80

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the text is missing, too short, too long or a copy of the title."""
        assert isinstance(answer, Chart)
        if not answer.alternative.strip():
            return ["Le graphique n’a pas de texte de remplacement : ajoutez-le avec « decrire(ax, …) »."]
        if not self.least <= count_words(answer.alternative) <= self.most:
            return [f"Texte de remplacement : on attend de {self.least} à {self.most} mots."]
        if plain(answer.alternative) == plain(answer.title):
            return ["Texte de remplacement : il répète le titre. Dites ce que l’on voit."]
        return []
