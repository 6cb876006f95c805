"""Rule: a chart has an alternative text that says what it shows."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.text_length import count_words
from casestudies.answers import Value
from casestudies.charts import Chart


@dataclass(frozen=True)
class AlternativeText:
    """The text given by ``decrire`` has between ``least`` and ``most`` words and is not the title again."""

    least: int = 8
    most: int = 80

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the text is missing, too short, too long or a copy of the title."""
        assert isinstance(answer, Chart)
        if not answer.alternative.strip():
            return [
                "Le graphique n’a pas de texte de remplacement\u00a0: ajoutez-le avec «\u00a0decrire(ax, …)\u00a0»."
            ]
        if not self.least <= count_words(answer.alternative) <= self.most:
            return [f"Texte de remplacement\u00a0: on attend de {self.least} à {self.most} mots."]
        if plain(answer.alternative) == plain(answer.title):
            return ["Texte de remplacement\u00a0: il répète le titre. Dites ce que l’on voit."]
        return []
