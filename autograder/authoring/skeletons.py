"""The first state of a new notebook: its twin, its keys and a deliverable, with « À ÉCRIRE » where an author writes."""

import re
from importlib.resources import files
from pathlib import Path
from string import Template

import autograder
from autograder.authoring.integrity import ASSESSMENTS
from autograder.keys.questions import module_of
from autograder.referentiel import load_referentiel
from casestudies.company import company_class
from casestudies.errors import CasekitError

_NAME = re.compile(r"(?P<assignment>e\d-[a-z0-9-]+)/(?P<number>\d\d)-(?P<topic>[a-z][a-z0-9-]*)")
_PREFIXES = {"E1": "s", "E2": "q", "E3": "p", "E4": "t"}
"""The letter that begins the ids of an assessment's questions."""


def checkout() -> Path:
    """Return the folder of the kit's own sources.

    Raises
    ------
    CasekitError
        When the kit is installed without them: there is nowhere to write content.
    """
    root = Path(autograder.__file__).parent.parent
    if not (root / "pyproject.toml").is_file():
        raise CasekitError(
            "Cette commande écrit dans les sources du kit, qui ne sont pas ici : clonez le dépôt, puis lancez-la là."
        )
    return root


def write_skeleton(root: Path, notebook: str, company: str, criterion: str) -> list[Path]:
    """Write the first state of « assignment/NN-topic » in the checkout ``root``; return the files written.

    Raises
    ------
    CasekitError
        When the name, the company or the criterion is not one of the kit's, or a file is there already.
    """
    found = _NAME.fullmatch(notebook)
    if found is None or found["assignment"] not in ASSESSMENTS:
        known = ", ".join(ASSESSMENTS)
        raise CasekitError(f"« {notebook} » : attendu ÉVALUATION/NN-sujet, où l’évaluation est l’une de {known}.")
    assessment = ASSESSMENTS[found["assignment"]]
    company_class(company)
    codes = {one.code: one for one in load_referentiel().criteria_of(assessment)}
    if criterion not in codes:
        raise CasekitError(f"Le critère « {criterion} » n’est pas de {assessment} : {', '.join(codes)}.")
    number = int(found["number"])
    fields = {
        "notebook": notebook, "number": str(number), "assessment": assessment, "criterion": criterion,
        "statement": codes[criterion].statement, "company": company, "prefix": f"{_PREFIXES[assessment]}{number}",
        "slug": found["topic"], "order": str(10 * number + 1),
    }  # fmt: skip
    module = root / (module_of(notebook).replace(".", "/") + ".py")
    targets = {
        root / "notebooks" / f"{notebook}.md": "notebook.md",
        module: "keys.txt",
        root / "casestudies" / "livrables" / f"{found['topic']}.toml": "deliverable.toml",
    }
    there = [path.relative_to(root).as_posix() for path in targets if path.exists()]
    if there:
        raise CasekitError(f"Déjà écrit : {', '.join(there)}. Rien n’a été changé.")
    templates = files("autograder.authoring") / "skeleton"
    for path, name in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            Template(templates.joinpath(name).read_text(encoding="utf-8")).substitute(fields), encoding="utf-8"
        )
    package = module.parent / "__init__.py"
    if not package.exists():
        package.write_text(f'"""The questions of {assessment}."""\n', encoding="utf-8")
    return list(targets)
