"""How a notebook's keys are declared: what is computed stands here, what people read comes from its text twin.

>>> KEYS = Keys("e2-performance/05-ecarts", company="kerlavandre")
>>> @KEYS.number("q5-roas", "€ de ventes par € dépensé")
... def roas(case):
...     return 2.5, {"M163": 0.4}
>>> next(question.title for question in KEYS)
'ROAS tous postes des leviers payants'
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING

from autograder.keys.checks.choices import Choice, Letter
from autograder.keys.checks.numbers import CloseTo, SameValues
from autograder.keys.checks.structure import ComputedTable, Rule, Structure
from autograder.keys.model import Asked, Check, Key, Question, Review, Stated, Wrongs
from autograder.keys.texts import texts_of
from casestudies.choices import LETTERS, authored_options, shown_letter
from casestudies.errors import CasekitError

if TYPE_CHECKING:
    from autograder.keys.cases import Case

Declare = Callable[[Callable[["Case"], Stated]], Asked]


class Keys:
    """The keys of one notebook, about one company; each method declares the key function that it decorates.

    Questions come in the order of the text twin. ``needs`` are the declared key functions whose answers a key uses;
    ``sign`` is the sign that the story needs. A key is ``coarse`` when many learners have the same right answer,
    ``essential`` when its criterion cannot be acquired without it.
    """

    def __init__(self, notebook: str, company: str) -> None:
        """Open the keys of « assignment/notebook »."""
        self.notebook, self.company = notebook, company
        self._texts = texts_of(notebook)
        self._questions: dict[str, Question] = {}
        self.reviews = [
            Review(name, text["title"], text["criterion"], notebook) for name, text in self._texts["reviews"].items()
        ]

    def __iter__(self) -> Iterator[Question]:
        """Iterate over the declared questions, in the order of the text twin."""
        return (self._questions[name] for name in self._texts["questions"] if name in self._questions)

    def ask(
        self,
        id: str,
        check: Check,
        needs: tuple[Asked, ...] = (),
        sign: int = 0,
        coarse: bool = False,
        essential: bool = False,
    ) -> Declare:
        """Declare a question under any check."""

        def declare(state: Callable[["Case"], Stated]) -> Asked:
            asked = Asked(id, state, sign)
            self._add(id, check, needs, asked.kept(), coarse, essential)
            return asked

        return declare

    def number(
        self,
        id: str,
        unit: str,
        decimals: int | None = None,
        needs: tuple[Asked, ...] = (),
        sign: int = 0,
        coarse: bool = False,
        essential: bool = False,
    ) -> Declare:
        """Declare a number in ``unit``, rounded to ``decimals`` places where the question says so."""
        return self.ask(id, CloseTo(unit, decimals), needs, sign, coarse, essential)

    def choice(self, id: str) -> Declare:
        """Declare a letter among the options of the text twin.

        The key function states the letters of the twin; each learner sees the options in an order of their own, so
        that the key of their case has other letters.
        """
        declare = self.ask(id, _letters(id))
        return lambda state: declare(_in_shown_letters(id, state))

    def fixed_choice(self, id: str, right: str, wrongs: Wrongs) -> None:
        """Declare a letter among the options of the text twin; what it states is the same in every variant."""
        self._add(id, _letters(id), key=Asked(id, _in_shown_letters(id, lambda _: (right, wrongs))))

    def label(self, id: str, options: tuple[str, ...]) -> Declare:
        """Declare one word among ``options``."""
        return self.ask(id, Choice(options))

    def values(self, id: str, label: str, unit: str, coarse: bool = False) -> Declare:
        """Declare one number in ``unit`` for each ``label``."""
        return self.ask(id, SameValues(label, unit), coarse=coarse)

    def table(self, id: str, *rules: Rule) -> None:
        """Declare a table checked for its form only."""
        self._add(id, Structure("table", rules))

    def text(self, id: str, *rules: Rule) -> None:
        """Declare a text checked for its form only."""
        self._add(id, Structure("text", rules))

    def chart(self, id: str, *rules: Rule) -> None:
        """Declare a chart checked for its form only."""
        self._add(id, Structure("chart", rules))

    def computed_table(self, id: str, *rules: Rule, needs: tuple[Asked, ...] = ()) -> None:
        """Declare a table whose values the machine recomputes."""
        self._add(id, ComputedTable("table", rules), needs)

    def oral(self, id: str, title: str, criterion: str, minutes: int) -> None:
        """Declare a part that people judge aloud: it is in no notebook, and ``minutes`` were announced for it."""
        assignment = self.notebook.split("/")[0]
        self.reviews.append(Review(id, title, criterion, f"{assignment}/", minutes))

    def _add(
        self,
        id: str,
        check: Check,
        needs: tuple[Asked, ...] = (),
        key: Callable[["Case"], Key] | None = None,
        coarse: bool = False,
        essential: bool = False,
    ) -> None:
        text: Mapping[str, object] = self._texts["questions"].get(id, {})
        if not text:
            raise CasekitError(
                f"La question « {id} » n’a pas de bloc dans notebooks/{self.notebook}.md : écrivez-le, puis lancez "
                "« make notebooks »."
            )
        hints = text["hints"]
        assert isinstance(hints, list)
        self._questions[id] = Question(
            id, str(text["title"]), str(text["criterion"]), check, tuple(hints), key,
            tuple(need.id for need in needs), self.notebook, self.company, str(text.get("means", "")), coarse,
            essential,
        )  # fmt: skip


def _letters(id: str) -> Letter:
    return Letter(tuple(LETTERS[: len(authored_options().get(id, ()))]))


def _in_shown_letters(id: str, state: Callable[["Case"], Stated]) -> Callable[["Case"], Stated]:
    """Return a key function whose letters are those that the learner of the case sees."""

    @wraps(state)
    def shown(case: "Case") -> Stated:
        right, wrongs = state(case)

        def letter(authored: object) -> str:
            company = case.company
            return shown_letter(id, str(authored), company.slug, company.learner, company.draw)

        return letter(right), {
            name: tuple(letter(value) for value in (values if isinstance(values, tuple) else (values,)))
            for name, values in wrongs.items()
        }

    return shown
