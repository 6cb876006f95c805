"""What a learner handed in, in a few words: quoted and bounded, whatever it holds."""

import pandas as pd

from autograder.grading.feedback.pages import counted
from autograder.grading.records import Result
from autograder.key_sheets.model import GivenAnswer
from autograder.keys.checks.texts import count_words
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import Question
from autograder.keys.right_answers import bare_number
from autograder.review.shown.rendering import in_words
from casestudies.answers import Unreadable, Value, decode
from casestudies.charts import Chart
from casestudies.findings import Outcome
from casestudies.quoting import quoted

LIMIT = 240
"""How much of an answer is quoted, in characters."""
NOTHING = "rien"


def handed_in(question: Question, answer: object, result: Result) -> GivenAnswer:
    """Return an encoded answer with what grading said of it."""
    finding, catalogue = result.finding, load_misconceptions()
    titles = tuple(catalogue[one].title for one in finding.misconceptions if one in catalogue)
    done = finding.outcome.is_right or finding.outcome is Outcome.RECORDED
    return GivenAnswer(
        NOTHING if answer is None else in_few_words(decode(answer)),
        finding.outcome,
        result.points,
        result.max_points,
        titles,
        "" if done or question.key is None else finding.question,
    )


def in_few_words(value: Value | Unreadable) -> str:
    r"""Return a decoded answer: numbers as they are, words quoted, the size of what is long.

    >>> in_few_words(0.02431), in_few_words("=1+1"), in_few_words(None)
    ('0,0243', '« =1+1 »', 'rien')
    >>> in_few_words(["T01", "T02"])
    '« T01, T02 »'
    """
    if value is None:
        return NOTHING
    if isinstance(value, Unreadable):
        return f"réponse illisible ({value.reason.rstrip('.')})"
    if isinstance(value, pd.DataFrame):
        return f"tableau : {counted(len(value), 'ligne')}, {counted(value.shape[1], 'colonne')}"
    if isinstance(value, Chart):
        return f"graphique {quoted(value.title, LIMIT)}" if value.title else "graphique sans titre"
    if isinstance(value, bool):
        return in_words(value)
    if isinstance(value, float):
        return bare_number(value)
    if isinstance(value, str) and len(value) > LIMIT:
        return f"texte de {counted(count_words(value), 'mot')}, qui commence par {quoted(value[:LIMIT], LIMIT)}"
    return quoted(in_words(value), LIMIT)
