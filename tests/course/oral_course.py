"""A course that is about to hear its candidates, and the desk in a browser's page without any JupyterLab."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbgrader.api import Gradebook

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.records import Record, save_record
from autograder.keys.questions import questions_of
from autograder.review.desk.widget import ReviewDesk
from casestudies.answers import encode

E4, NOTEBOOK, ORAL = "e4-equipe", "03-evaluer-defendre", "rt3-soutenance"
CLASS = (("a01", "Nour", "Essai"), ("a02", "Camille", "Exemple"), ("a03", "", ""))
SLIDES = [
    ("Une équipe qui tient ses délais quand la charge est partagée", "41 %, t3-retours", 45),
    ("Le taux facturable se lit par lieu, jamais par personne", "0,62, t3-taux", 60),
    ("Une prime aux heures paie la présence, pas la valeur", "t3-prime, 1 450 € par mois", 75),
    ("Deux indicateurs d’équipe, deux indicateurs de personne, leurs biais", "table indicateurs-equipe", 60),
    ("La première clôture ne dit pas que la demande est réglée", "8,4 jours contre 5,1, t3-delai", 60),
    ("La médiane ne voit pas les demandes ouvertes", "5 jours, t3-mediane", 60),
    ("Le transfert retenu : la tâche T07, de P03 à P05", "table planning, 6 jours", 60),
    ("Ce que nous avons écarté : recruter avant l’été", "budget, 12 000 €", 60),
    ("Le risque : une compétence tenue par une seule personne", "matrice, S04", 60),
    ("Dans six semaines, un point de contrôle daté", "reprise-planning, 14 mai", 60),
]
LONG = "anticonstitutionnellement" * 12


def oral_course(root: Path) -> Course:
    """Make the course: one candidate with ten slides, one with long and hostile ones, one who handed nothing in."""
    root.mkdir(parents=True)
    write_config(root)
    source = root / "notebooks" / E4
    source.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), source / f"{NOTEBOOK}.ipynb")
    lines = "".join(f"{';'.join(one)}\n" for one in CLASS)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    course = Course(root)
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_assignment(E4)
        gradebook.add_notebook(NOTEBOOK, E4)
        for learner, *_ in CLASS[:2]:
            gradebook.add_student(learner)
            gradebook.add_submission(E4, learner)
    hostile = [("<script>document.title = 'perdu'</script>", f"=1+1 {LONG}", 9), (LONG, LONG, 60), *SLIDES[2:]]
    for learner, slides in (("a01", SLIDES), ("a02", hostile)):
        table = pd.DataFrame(slides, columns=["message", "preuve", "secondes"])
        record = Record(E4, NOTEBOOK, learner, "septembrune", 1, "9.9")
        (plan,) = (one.id for one in questions_of(assignment=E4) if one.id == "t3-plan")
        record.answers = {plan: encode(table)}
        save_record(course.records, record)
    return course


PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Revue</title><style>{css}</style></head>
<body data-jp-theme-light="{light}"><main id="place"></main><script type="module">
{script}
const heard = {{}};
window.values = {values};
const model = {{
  get: (name) => window.values[name],
  on: (name, does) => {{ (heard[name] ??= []).push(does); }}, off: () => {{}},
  send: async (message) => {{
    window.values = await window.heed(message);
    ["setup", "state", "deliverable"].forEach((name) => heard[`change:${{name}}`]?.forEach((does) => does()));
  }},
}};
const sheet = render({{ model, el: document.getElementById("place") }});
</script></body></html>"""
"""The desk's script in a page of its own: what it sends goes to the desk in Python, which says what to show."""


@contextmanager
def desk_page(browser: Any, course: Course, marker: str, size: tuple[int, int], light: bool = True) -> Iterator[Any]:
    """Open the oral of the whole class for a marker, in a window of ``size`` pixels."""
    desk = ReviewDesk(course, E4, marker, day=[learner for learner, *_ in CLASS])

    def values() -> dict[str, Any]:
        return {"setup": desk.setup, "state": desk.state, "deliverable": desk.deliverable}

    def heed(message: Any) -> dict[str, Any]:
        desk.do(message)
        return values()

    def page_of(_route: Any) -> None:
        script = desk._esm.replace("export default { render };", "")
        shown = json.dumps(values()).replace("<", "\\u003c")
        _route.fulfill(
            content_type="text/html; charset=utf-8",
            body=PAGE.format(css=desk._css, script=script, values=shown, light=str(light).lower()),
        )

    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
    try:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.expose_function("heed", heed)
        page.route("http://revue.test/", page_of)
        page.goto("http://revue.test/")
        page.locator("dialog.ck-oral[open]").wait_for()
        yield page
    finally:
        context.close()
        desk.close()
