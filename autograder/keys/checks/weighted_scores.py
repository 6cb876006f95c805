"""Rule: a score is a weight times a note."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import number_in, share_in
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value

_TOLERANCE = 0.01 + 1e-9


@dataclass(frozen=True)
class WeightedScores:
    """In each row, ``score`` is ``weight`` × ``note``, to the nearest hundredth; a weight may be in per cent."""

    weight: str
    note: str
    score: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per score to review; weights and notes that are no numbers are left to other rules."""
        remarks = []
        for row, (weight, note, score) in filled_rows(answer, self.weight, self.note, self.score):
            share, mark, given = share_in(weight), number_in(note), number_in(score)
            if given is None:
                remarks.append(f"{place(row, self.score)} : {shown(score)} n’est pas un nombre.")
            elif share is not None and mark is not None and abs(share * mark - given) > _TOLERANCE:
                remarks.append(
                    f"{place(row, self.score)} : {shown(score)} n’est pas le produit de « {self.weight} » par "
                    f"« {self.note} ». Refaites la multiplication de cette ligne."
                )
        return remarks
