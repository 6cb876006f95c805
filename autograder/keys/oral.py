"""What learners rehearse an oral with: the questions of rubrics, the four anchors, two sample defences."""

from hashlib import blake2b

from autograder.keys.questions import all_keys
from autograder.referentiel.rubric import Rubric, load_rubrics
from autograder.referentiel.sample import load_samples
from casestudies.levelling.model import Description, LevelGuide, sentences_of
from casestudies.repetition.model import OralGuide, OralQuestion

SHOWN_LEVELS = (2, 4)
"""Levels of the sample defences that a learner compares theirs with, the weaker first."""


def oral_guide(company: str) -> OralGuide | None:
    """Return what rehearses the oral that is declared with the notebooks about ``company``; None when there is none."""
    codes = (
        part.criterion
        for keys in all_keys()
        for part in keys.reviews
        if part.minutes and any(question.company == company for question in keys)
    )
    code = next((one for one in codes if one in load_rubrics() and one in load_samples()), "")
    if not code:
        return None
    rubric, samples = load_rubrics()[code], load_samples()[code]
    others = [one for one in load_rubrics().values() if _bloc(one) == _bloc(rubric) and one.code != code]
    level = LevelGuide(
        code, rubric.title, rubric.digest, (), (),
        tuple(Description(one.level, one.name, sentences_of(one.text)) for one in rubric.anchors), samples.context,
        tuple(one for one in reversed(samples.copies) if one.level in SHOWN_LEVELS),
    )  # fmt: skip
    return OralGuide(_asked(rubric), tuple(one for other in others for one in _asked(other)), level)


def _bloc(rubric: Rubric) -> str:
    return rubric.code.partition("-")[0]


def _asked(rubric: Rubric) -> tuple[OralQuestion, ...]:
    origin = f"{rubric.code}, {rubric.title[:1].lower()}{rubric.title[1:]}"
    return tuple(
        OralQuestion(f"{rubric.code}-{blake2b(text.encode(), digest_size=4).hexdigest()}", text, origin)
        for text in rubric.questions
    )
