"""What is asked of the learner's side inside Pyodide, whose Python is a later one and whose index has 32 bits."""

import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

DATASETS = Path("/kit/datasets")


def editions(companies: list[str]) -> str:
    """Return, as JSON, the version of Python, then of each company the tables that differ and how answers fare.

    The tables are compared with the edition on disk; the answers are the right value of each question with one number,
    and what is said of it.
    """
    for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
        warnings.filterwarnings("error", category=kind, module=r"(autograder|casestudies)\b")
    return json.dumps({"python": list(sys.version_info[:2]), **{company: _edition(company) for company in companies}})


def _edition(company: str) -> dict[str, Any]:
    from autograder.keys.evaluation import evaluate
    from autograder.keys.questions import questions_of
    from autograder.keys.variants import reference_case
    from casestudies.answers import encode
    from casestudies.packaging import write_package

    case = reference_case(company)
    with tempfile.TemporaryDirectory() as folder:
        written = write_package(case.company, Path(folder))
        differing = [one.name for one in written if one.read_bytes() != (DATASETS / company / one.name).read_bytes()]
    outcomes = {
        question.id: evaluate(question, case, encode(right), {}).outcome
        for question in questions_of(company=company)
        if question.key is not None and isinstance(right := question.key(case).right, int | float)
    }
    return {"differing": differing, "outcomes": outcomes}


def levelled() -> str:
    """Return, as JSON, what a learner is shown to level a work of theirs, then beside their own level."""
    from autograder.keys.formative import service
    from autograder.keys.levelling import level_guide
    from autograder.keys.questions import questions_of
    from casestudies.levelling.own_levels import OwnLevels
    from casestudies.levelling.view import LevelComparison, form_of

    question = next(one.id for one in questions_of() if level_guide(one))
    with tempfile.TemporaryDirectory() as folder:
        levels = OwnLevels(Path(folder), "lea", service())
        before = levels.on(question, {})
        assert before is not None
        levels.give(before, 3, "Une raison.", "3a")
        after = levels.on(question, {})
        assert after is not None
        return json.dumps(
            {
                "asked": len(form_of(before)["descriptions"]),
                "open": form_of(after)["open"],
                "copies": LevelComparison(after).html().count("Lire la"),
                "kept": levels.plain(question),
            }
        )


def valorised() -> str:
    """Return, as JSON, what a learner's dossier de valorisation says and lacks, once a story is in its CSV file."""
    from datetime import date

    from casestudies.livrables.csv_file import write_csv
    from casestudies.valorisation.as_pdf import pdf_of
    from casestudies.valorisation.collecting import collect
    from casestudies.valorisation.forms import COMPETENCY, FRAME, PARTS, REAL, VALORISATION, WHERE
    from casestudies.valorisation.page import page_data

    row = {COMPETENCY: "3.3.1", FRAME: REAL, WHERE: "Librairie d’essai", **dict.fromkeys(PARTS, "Raconté.")}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "livrables" / "valorisation.csv"
        place.parent.mkdir()
        place.write_bytes(write_csv(VALORISATION, [row]))
        file = collect(Path(folder), "lea", date(2026, 11, 27), "vae", (), None)
        page = page_data(file)
    told = {"state": file.state, "lacks": list(file.lacks), "blocs": len(page["blocs"])}
    return json.dumps({**told, "pdf": pdf_of(page, file.day) is not None})


def talked() -> str:
    """Return, as JSON, how many exchanges the first path of each conversation of the agency has, and its debrief."""
    from casestudies.conversation import paths
    from casestudies.conversation_files import conversation_of, conversations
    from casestudies.studio.conversation_shown import debrief, levels

    told = {}
    for name in conversations("septembrune"):
        story = conversation_of("septembrune", name)
        played = story.played(next(paths(story)))
        now = played[-1][2]
        shown = debrief(story, played, story.ending(now), "")
        told[name] = [len(played), "ck-sim-mail" in shown.above, 'role="img"' in levels(story.start, now, 6)]
    return json.dumps(told)
