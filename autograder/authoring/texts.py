"""What people read of the questions, compiled from the text twins into the files that the kit reads.

``autograder/keys/texts/<assignment>/<notebook>.json`` holds titles, criteria, hints and what right answers mean, for
the feedback service and the pages; ``casestudies/choices.json`` holds the options of choices, which learners see. Both
are derived: they are written by ``make notebooks``, never edited; the first is never released.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import casestudies
from autograder.authoring.expansion import Blocks
from autograder.keys.texts import FOLDER
from casestudies.choices import FILE


def texts_path(notebook: str) -> Path:
    """Return the compiled file of « assignment/notebook »."""
    return FOLDER / f"{notebook}.json"


def texts_of(blocks: Blocks) -> dict[str, Any]:
    """Return what the blocks of a twin say, as plain data: questions, reviewed parts and options, in order."""
    questions = {
        name: {
            "title": asked.block.option("title"),
            "criterion": asked.block.option("criterion"),
            "hints": list(asked.block.hints),
            **({"means": asked.block.option("means")} if asked.block.option("means") else {}),
        }
        for name, asked in blocks.asked.items()
    }
    reviews = {
        block.name: {"title": block.option("title"), "criterion": block.option("criterion")} for block in blocks.reviews
    }
    return {"questions": questions, "reviews": reviews}


def options_of(blocks: Blocks) -> dict[str, list[str]]:
    """Return the options of the choices of a twin, in their author's order, by question id."""
    chosen = {name: asked.block for name, asked in blocks.asked.items() if asked.block.kind == "choice"}
    return {name: list(block.options["option"]) for name, block in chosen.items()}


def as_json(value: Mapping[str, Any]) -> str:
    """Return the content of a compiled file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def choices_path() -> Path:
    """Return the compiled file of the options."""
    return Path(casestudies.__file__).parent / FILE
