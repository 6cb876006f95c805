"""What learners level their own written work with, on the criteria that people review."""

from autograder.keys.model import Question
from autograder.keys.questions import questions_of, reviews_of
from autograder.referentiel.rubric import load_rubrics
from autograder.referentiel.sample import load_samples
from casestudies.levelling.model import Description, LevelGuide, sentences_of


def level_guide(question: Question) -> LevelGuide | None:
    """Return what levels the work that ``question`` ends: None when nobody reviews it, or when it goes on further down.

    A rubric reads all the deliverables of its criterion in a notebook: they are levelled once, after the last one.
    """
    rubric, samples = load_rubrics().get(question.criterion), load_samples().get(question.criterion)
    if rubric is None or samples is None:
        return None
    asked = questions_of(notebook=question.notebook)
    work = [one for one in asked if one.criterion == question.criterion and one.key is None]
    reviewed = {one.criterion for one in reviews_of(notebook=question.notebook)}
    if question.criterion not in reviewed or not work or work[-1].id != question.id:
        return None
    return LevelGuide(
        question.criterion, rubric.title, rubric.digest,
        tuple(one.id for one in work), tuple(one.title for one in work),
        tuple(Description(one.level, one.name, sentences_of(one.text)) for one in rubric.anchors),
        samples.context, tuple(reversed(samples.copies)),
    )  # fmt: skip
