"""What a learner said of their own work: the levels that they gave it, in their words; shown after the marker's own."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.grading.records import Record
from autograder.keys.questions import questions_of
from autograder.referentiel.rubric import LEVEL_NAMES, load_rubrics
from autograder.review.model import Part
from autograder.review.shown.found import notebook_of
from casestudies.french import french_date
from casestudies.levelling.kept import MAX_REASON, OwnLevel, read_levels
from casestudies.levelling.model import Mark, sentences_of
from casestudies.quoting import quoted


@dataclass(frozen=True)
class OwnView:
    """What a learner said of their own level: one line, then a paragraph for each time, the oldest first."""

    line: str
    paragraphs: tuple[str, ...]

    def masked(self, mask: Callable[[str], str]) -> "OwnView":
        """Return the same without what ``mask`` takes out."""
        return OwnView(mask(self.line), tuple(map(mask, self.paragraphs)))


def own_view(part: Part, record: Record | None) -> OwnView | None:
    """Return what the learner said of the work of a part's criterion; None when they said nothing."""
    if record is None or not part.notebook:
        return None
    asked = [one.id for one in questions_of(notebook=notebook_of(part)) if one.criterion == part.criterion]
    given = [level for question in asked for level in read_levels(record.own_levels.get(question))]
    if not given:
        return None
    given.sort(key=lambda one: one.at)
    line = f"L’apprenant s’est situé au niveau {given[-1].level} – {LEVEL_NAMES[given[-1].level]}"
    return OwnView(line, tuple(_said(part.criterion, one) for one in given))


def _said(criterion: str, given: OwnLevel) -> str:
    here = given.at.astimezone()
    level = (
        f"{given.level} – {LEVEL_NAMES[given.level]}, le {french_date(here.date())} à {here.hour} h {here.minute:02}"
    )
    reason = f" {quoted(given.reason, MAX_REASON)}" if given.reason else ""
    seen = [text for mark in given.seen if (text := _sentence(criterion, given.rubric, mark))]
    told = f" Phrases reconnues : {' '.join(f'« {text} »' for text in seen)}" if seen else ""
    return f"{level}.{reason}{told}"


def _sentence(criterion: str, rubric: str, mark: Mark) -> str:
    """Return a sentence of the rubric that the learner had; empty when it has changed since, or never was."""
    known = load_rubrics().get(criterion)
    if known is None or known.digest != rubric:
        return ""
    sentences = sentences_of(known.anchors[mark[0] - 1].text)
    return sentences[mark[1]] if mark[1] < len(sentences) else ""
