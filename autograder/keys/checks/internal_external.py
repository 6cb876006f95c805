"""Rule: what comes from the company is a strength or a weakness, what comes from outside the rest."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class InternalExternal:
    """The cell ``origin`` (« interne », « externe ») agrees with the cell ``quadrant`` of its row."""

    quadrant: str
    origin: str
    internal: tuple[str, ...] = ("force", "faiblesse")
    external: tuple[str, ...] = ("opportunité", "menace")

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose two cells disagree; other words are left to other rules."""
        sides = dict.fromkeys(map(plain, self.internal), "interne") | dict.fromkeys(
            map(plain, self.external), "externe"
        )
        remarks = []
        for row, (quadrant, origin) in filled_rows(answer, self.quadrant, self.origin):
            side = sides.get(plain(quadrant))
            if side and plain(origin) in ("interne", "externe") and plain(origin) != side:
                remarks.append(
                    f"Ligne {row} : {shown(quadrant)} va avec une origine {side}, et vous avez écrit {shown(origin)}. "
                    "L’entreprise peut-elle changer ce fait seule ? Si oui, il est interne ; sinon, il est externe."
                )
        return remarks
