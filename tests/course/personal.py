"""A course full of what is personal: names in every kind of file and table, private notes, a copy worked elsewhere."""

import json
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import openpyxl
from nbgrader.api import Gradebook
from reviewing import M1, M2, M3, mark, settle

from autograder.content import notebooks_folder
from autograder.course.course import CONFIG_FILE, LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.history import history_path
from autograder.grading.records import Incident, Record, Result, save_record
from autograder.grading.writer import JOURNAL
from autograder.keys.questions import questions_of, reviews_of
from autograder.review.bank import CommentBank
from autograder.review.model import Part
from autograder.review.orals import Heard, Orals
from autograder.review.store import ReviewStore
from casestudies.answers import MIME
from casestudies.findings import Finding, Outcome
from casestudies.identity import write_json
from casestudies.variants import DRAWS_FILE, draw_key

ASSIGNMENT, COMPANY = "e2-performance", "kerlavandre"
NOTEBOOKS = tuple(sorted(path.stem for path in (notebooks_folder() / "e2-performance").glob("*.ipynb")))
SECRET = "SECRET-JAMAIS-EXPORTE"
EMPLOYER = "Employeur-que-rien-ne-masque"
"""Where the candidates practised: their dossier de valorisation names it."""
QUENTIN, MAELYS, STRANGE = "zwirn.quentin", "m-appouh", "=1"
DRAWS = {draw_key(COMPANY, name): number for number, name in enumerate((QUENTIN, MAELYS, STRANGE), start=3)}
CLASS_LIST = f"""identifiant;prenom;nom;courriel
{QUENTIN};Quentin;Zwirnerhof;q.zwirn@exemple.fr
{MAELYS};Maëlys;d’Appouh;maelys@exemple.fr
{STRANGE};=HYPERLINK("x");@SOMME(A1);etrange@exemple.fr
"""
NAMES = ("zwirn", "quentin", "maëlys", "maelys", "appouh")
"""What no anonymous file may hold, in lower case."""


def personal_course(root: Path, config: str = "") -> Course:
    """Make the course; ``config`` is added to its configuration, for another database."""
    root.mkdir(parents=True)
    write_config(root)
    with (root / CONFIG_FILE).open("a", encoding="utf-8") as file:
        file.write(config)
    (root / LEARNERS_FILE).write_text(CLASS_LIST, encoding="utf-8")
    (root / "parcours.csv").write_text(f"identifiant;voie\n{QUENTIN};formation\n{MAELYS};vae\n", encoding="utf-8")
    civil = f"identifiant;nom_naissance;prenom_1;date_naissance\n{QUENTIN};Zwirnerhof-Né;Quentin;1990-02-03\n"
    late = f"evaluation;identifiant;echeance;motif\n{ASSIGNMENT};{QUENTIN};01/03/2026;délai accordé\n"
    (root / "echeances.csv").write_text(f"{late}{ASSIGNMENT};;01/02/2026;\n", encoding="utf-8")
    (root / "etat-civil.csv").write_text(f"{civil}{MAELYS};d’Appouh;Maëlys;1991-04-05\n", encoding="utf-8")
    course = Course(root)
    source = course.source(ASSIGNMENT)
    source.mkdir(parents=True)
    for name in NOTEBOOKS:
        nbformat.write(nbformat.v4.new_notebook(), source / f"{name}.ipynb")
    write_json(source / DRAWS_FILE, DRAWS)
    write_json(course.folder("release") / ASSIGNMENT / DRAWS_FILE, DRAWS)
    _gradebook(course)
    for name in (QUENTIN, MAELYS, STRANGE):
        _work(course, name)
    _reviews(course)
    _written(course)
    return course


def _gradebook(course: Course) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        for name in NOTEBOOKS:
            gradebook.add_notebook(name, ASSIGNMENT)
        for part in (*questions_of(assignment=ASSIGNMENT), *reviews_of(assignment=ASSIGNMENT)):
            notebook = part.notebook.rpartition("/")[2]
            kind = "markdown" if part.id.startswith("r") else "code"
            gradebook.add_grade_cell(part.id, notebook, ASSIGNMENT, max_score=4, cell_type=kind)
            gradebook.add_solution_cell(part.id, notebook, ASSIGNMENT)
        for one in course.learners().values():
            gradebook.add_student(one.id, first_name=one.first_name, last_name=one.last_name, email=one.email)
            gradebook.add_submission(ASSIGNMENT, one.id)
        JOURNAL.create(gradebook.engine, checkfirst=True)
        for name in course.learners():
            line = {"assignment": ASSIGNMENT, "learner": name, "fingerprint": "f", "kit_version": "0"}
            gradebook.db.execute(JOURNAL.insert().values(**line, graded_at=datetime(2026, 1, 1)))
        gradebook.db.commit()


def _work(course: Course, learner: str) -> None:
    person = course.learners()[learner]
    seen = Finding(Outcome.MISCONCEPTION, 0.0, "Erreur.", "", ("M04",))
    for name in NOTEBOOKS:
        asked = questions_of(notebook=f"{ASSIGNMENT}/{name}")
        results = {one.id: Result(seen, 0.0, 4.0) for one in asked[:1]}
        results |= {one.id: Result(Finding(Outcome.RIGHT, 1.0, "Juste."), 4.0, 4.0) for one in asked[1:]}
        record = Record(ASSIGNMENT, name, learner, COMPANY, 3, "9.9", results=results)
        record.answers = {"q-note": {"type": "text", "value": f"Rédigé par {person.full_name}, pour la direction."}}
        if learner == MAELYS:
            what = f"Notebook travaillé sur la variante de « {QUENTIN} »."
            record.incidents = [Incident("autre-variante", what, "Comparez.", name)]
        save_record(course.records, record)
    for step in ("submitted", "autograded"):
        _copy(course.folder(step) / learner / ASSIGNMENT, learner, person.full_name)
    write_json(course.root / "build" / "valeurs" / COMPANY / f"{learner}.json", {"draw": 3, "values": []})
    page = course.folder("feedback") / learner / ASSIGNMENT / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<title>{person.full_name}</title>", encoding="utf-8")


def _copy(folder: Path, learner: str, full_name: str) -> None:
    folder.mkdir(parents=True)
    payload = {"learner": learner, "draw": 3, "answer": {"type": "number", "value": 1}}
    image = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})
    shown = nbformat.v4.new_output("display_data", {MIME: payload, "text/plain": f"Dossier de {learner}"})
    cells = [
        nbformat.v4.new_code_cell(f'identifiant = "{learner}"  # {full_name.upper()}'),
        nbformat.v4.new_code_cell("dossier", outputs=[shown, image]),
        nbformat.v4.new_markdown_cell(f"Note de {full_name.split()[0]} : une stratégie claire."),
    ]
    cells[2]["attachments"] = {"photo.png": {"image/png": "iVBORw0KGgo="}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"authors": [{"name": full_name}]})
    for name in NOTEBOOKS:
        nbformat.write(notebook, folder / f"{name}.ipynb")
    plain = "".join(sign for sign in full_name if sign.isalnum() or sign == " ")
    (folder / f"{plain.lower().replace(' ', '_')}-plan.csv").write_text(f"auteur\n{full_name}\n", encoding="utf-8")
    (folder / "livrables").mkdir()
    told = f"compétence;situation\n1.1.1;Chez {EMPLOYER}, de 2019 à 2024\n"
    (folder / "livrables" / "valorisation.csv").write_text(told, encoding="utf-8")
    (folder / "livrables" / "pratique.csv").write_text(f"entreprise;début\n{EMPLOYER};2026-01-05\n", encoding="utf-8")
    write_json(folder / DRAWS_FILE, DRAWS)
    book = openpyxl.Workbook()
    book.properties.creator = plain
    book.save(folder / "plan.xlsx")


def _reviews(course: Course) -> None:
    with ReviewStore.of(course, ASSIGNMENT) as store:
        parts = [one.id for one in reviews_of(assignment=ASSIGNMENT)]
        store.ask_second(M2, [store.part(QUENTIN, parts[0]), store.part(MAELYS, parts[0])])
        for name in (QUENTIN, MAELYS):
            mark(store, M1, name, parts[0], level=3, comment="{prenom}, c’est clair.", note=f"{SECRET} un")
            mark(store, M2, name, parts[0], level=2, comment="=1+1", note=f"{SECRET} deux")
            mark(store, M1, name, parts[1], level=4, comment=f"Bravo Quentin : 'mieux' que {MAELYS}.", note=SECRET)
            mark(store, M1, name, parts[1], level=3)
        settle(store, M3, QUENTIN, parts[0], level=3, comment="Vu à deux.", note=f"{SECRET} trois")
    with Orals.of(course) as orals:
        for name, other in ((QUENTIN, "Maëlys"), (MAELYS, "Quentin")):
            part = Part(ASSIGNMENT, name, "oral", "B1-C16")
            orals.ask(part, M1, f"{other} dirait-elle de même ?")
            orals.hear(part, M1, Heard("1", "Un plan annoncé.", f"répond à {other}, sans lire"))
    with CommentBank.of(course) as bank:
        bank.add("B1-C13", "{prenom}, citez vos chiffres.", M1)


def _written(course: Course) -> None:
    """Write what earlier commands left: a journal of changes, sheets, dossiers."""
    path = history_path(course.records, ASSIGNMENT)
    lines = [{"learner": name, "notebook": NOTEBOOKS[0], "question": "q", "reason": "r"} for name in (QUENTIN, MAELYS)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    sheets = course.root / "build" / "fiches" / ASSIGNMENT
    sheets.mkdir(parents=True)
    for name in (QUENTIN, MAELYS):
        (sheets / f"fiche-{name}.pdf").write_bytes(b"%PDF-1.7")
    dossiers = course.root / "build" / "dossiers"
    dossiers.mkdir()
    for name in (QUENTIN, MAELYS):
        for file in (f"dossier-{name}.pdf", f"dossier-{name}.json", f"valorisation-{name}.xlsx"):
            (dossiers / file).write_text(f"{name}, {EMPLOYER}", encoding="utf-8")
    (sheets / "fiches.csv").write_text(CLASS_LIST, encoding="utf-8")
    now = datetime.now(UTC).isoformat()
    (sheets / "trace.txt").write_text(f"{now} {QUENTIN}", encoding="utf-8")
