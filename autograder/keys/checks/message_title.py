"""Rule: the title of a chart says its message, not only its subject."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.text_length import count_words
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
            return [f"Titre\u00a0: on attend de {self.least} à {self.most} mots."]
        if re.search(r"\d", title) or _VERBS & set(re.findall(r"[a-z]+", plain(title))):
            return []
        return [
            "Titre\u00a0: il nomme le sujet sans dire le message. "
            "Ajoutez un verbe (monte, baisse, retombe, dépasse…) ou un chiffre."
        ]
