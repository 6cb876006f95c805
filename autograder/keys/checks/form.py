"""The rules that follow from the description of a deliverable: its columns, its rows, what is filled and chosen."""

from functools import cache
from pathlib import Path

from autograder.keys.checks.amounts import WeightsSumToOne
from autograder.keys.checks.structure import Allowed, Columns, Filled, Rule
from casestudies import livrables
from casestudies.livrables.loading import read
from casestudies.livrables.model import Deliverable


@cache
def _described(slug: str) -> Deliverable:
    return read(Path(livrables.__file__).parent / f"{slug}.toml")


class Form:
    """The form of one table of the plan, stated once: in ``casestudies/livrables/<slug>.toml``.

    ``columns`` asks for the columns and the number of rows of the template, ``filled`` for the cells that may not
    stay blank; ``rules`` are both, then ``allowed`` for each column of choices, in the order of the columns. ``sums``
    asks for the weights that the description says to sum to 1.
    """

    def __init__(self, slug: str) -> None:
        """Read the description.

        Raises
        ------
        DescriptionError
            When there is no such deliverable.
        """
        described = _described(slug)
        self._choices = {field.name: field.choices for field in described.fields if field.choices}
        asked = tuple(field.name for field in described.fields if not field.omissible)
        self.columns = Columns(asked, described.rows)
        self.filled = Filled(tuple(field.name for field in described.fields if not field.optional))
        self.sums = tuple(WeightsSumToOne(one.column, one.by) for one in described.totals if one.sums_to_one)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules about columns, blanks and choices."""
        return (self.columns, self.filled, *map(self.allowed, self._choices))

    def choices(self, name: str) -> tuple[str, ...]:
        """Return the values to choose from in a column of choices; KeyError for any other column."""
        return self._choices[name]

    def allowed(self, name: str) -> Allowed:
        """Return the rule that a column of choices holds nothing else; KeyError for any other column."""
        return Allowed(name, self.choices(name))
