"""The feedback pages: what they say, what they never show, that they are harmless, and that nbgrader agrees."""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.authoring.twins import notebook_of
from autograder.cli import main
from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.course.gradebook import Mark
from autograder.grading.feedback import cells, copies, incidents, pages, sanitise
from autograder.grading.feedback.copies import copy_of
from autograder.grading.feedback.lines import FeedbackLine, review_line
from autograder.grading.feedback.write import write_feedback
from autograder.grading.records import Incident, load_record, record_path, save_record
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.grading.triage.refusal import LOST, MENDED
from autograder.keys.cases import case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import Question, Review, questions_of
from autograder.keys.variants import accepted_draw
from autograder.sheets.build import build_sheets
from autograder.sheets.decided import decided_of
from casestudies.french import short_number
from casestudies.typography import french

pytestmark = pytest.mark.slow

ASSIGNMENT, NOTEBOOK, LEARNER = "e2-performance", "01-indicateurs-promotion", "lea"
PLAIN = "exercice-simple"
COMMENT = "Très bon début <b>Léa</b>,\nprécisez la période."
PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()


def _questions() -> tuple[Question, Question]:
    """Two questions on one number, the first with a catalogued mistake; whatever their names are today."""
    case = case_of("kerlavandre", LEARNER, accepted_draw("kerlavandre", LEARNER))
    asked = questions_of(notebook=f"{ASSIGNMENT}/{NOTEBOOK}")
    numbers = [one for one in asked if isinstance(one.check, CloseTo) and one.key and not one.needs]
    first = next(one for one in numbers if one.key and one.key(case).wrong)
    return first, next(one for one in numbers if one is not first)


def _meta(name: str, **keys: Any) -> str:
    given = {"grade_id": name, **keys}
    return f"```{{code-cell}}\n---\nnbgrader: {json.dumps(given)}\n---\n"


def _text(first: Question, second: Question) -> str:
    return f"""# Les indicateurs, en petit

{_meta("ouverture", locked=True)}from casestudies import ouvrir_dossier
dossier = ouvrir_dossier("kerlavandre")
```

## Première question

{_meta("r-1", solution=True)}premiere = None
```

{_meta(first.id, grade=True, locked=True, points=2)}dossier.verifier("{first.id}", premiere)
```

## Seconde question

{_meta("r-2", solution=True)}seconde = None
```

{_meta(second.id, grade=True, locked=True, points=1)}dossier.verifier("{second.id}", seconde)
```
"""


PLAIN_TEXT = """# Un exercice simple

{solution}double = None
```

{test}### BEGIN HIDDEN TESTS
assert double == 424242, "attendu SECRETCACHE"
### END HIDDEN TESTS
```

```{{code-cell}}
print("fin")
```
"""

HOSTILE = f"""premiere = VALEUR
from IPython.display import HTML, Javascript, Image, SVG, Markdown, display
import base64, sys, pandas as pd
display(HTML("<script>window.touched = 1</script><img src=x onerror='window.touched = 2'>"
             "<p style='position:fixed;top:0'>20 sur 20</p><a href='javascript:window.touched=3'>lien</a>"))
display(Javascript("window.touched = 4"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='window.touched = 5'><circle r='4'/></svg>"))
display(Markdown("<iframe srcdoc='<script>parent.touched = 6</script>'></iframe> **gras** ![x](https://exemple.invalid/p.png)"))
display(Image(base64.b64decode("{PNG}")))
display(pd.DataFrame({{"levier": ["SEA", "Social"], "dépense": [120.5, 80.0]}}))
print("\\x1b[31mrouge\\x1b[0m </pre><script>window.touched = 7</script>")
print("alerte", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A small course, graded for real: one learner's hostile work, one blank, one file that cannot be read."""
    made = init_course(tmp_path_factory.mktemp("cours") / "cours")
    first, second = _questions()
    shutil.rmtree(made.root / "notebooks")
    _write(made.root / "notebooks" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", notebook_of(_text(first, second)))
    plain = PLAIN_TEXT.format(
        solution=_meta("libre", solution=True), test=_meta("essai", grade=True, locked=True, points=3)
    )
    _write(made.root / "notebooks" / PLAIN / "exercice.ipynb", notebook_of(plain))
    (made.root / "eleves.csv").write_text("identifiant;prenom;nom\nlea;Léa;Le Goff\nsam;;\nzoe;Zoé;Riou\n", "utf-8")
    for assignment in (ASSIGNMENT, PLAIN):
        released = release(made, assignment) if assignment == ASSIGNMENT else _release_plain(made)
        for learner in (LEARNER, "sam", "zoe") if assignment == ASSIGNMENT else (LEARNER,):
            shutil.copytree(released, made.folder("submitted") / learner / assignment)
    _work(made, first)
    grade(made, ASSIGNMENT)
    grade(made, PLAIN)
    return made


def _release_plain(made: Course) -> Path:
    result = made.api.generate_assignment(PLAIN, force=True, create=True)
    assert result["success"], result
    return made.folder("release") / PLAIN


def _work(made: Course, first: Question) -> None:
    case = case_of("kerlavandre", LEARNER, accepted_draw("kerlavandre", LEARNER))
    assert first.key is not None
    wrong = first.key(case).wrong[0].value
    path = made.folder("submitted") / LEARNER / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "r-1":
            cell.source = HOSTILE.replace("VALEUR", repr(wrong))
    note = (
        "#### Ma note\n\nUne <script>window.touched = 8</script> **note** "
        "[lien](javascript:alert(1)) ![p](attachment:p.png)"
    )
    nb.cells.append(nbformat.v4.new_markdown_cell(note, attachments={"p.png": {"image/png": PNG}}))
    _write(path, nb)
    (path.parent / "piege.html").write_text("<script>window.touched = 9</script>", encoding="utf-8")
    (made.folder("submitted") / "zoe" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").write_text("{abîmé", encoding="utf-8")
    plain = made.folder("submitted") / LEARNER / PLAIN / "exercice.ipynb"
    nb = nbformat.read(plain, as_version=4)
    next(
        cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "libre"
    ).source = "double = 1"
    _write(plain, nb)


def _write(path: Path, nb: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)


@pytest.fixture(scope="module")
def written(course: Course) -> Course:
    """The same course, a trainer's comment and changed points in the gradebook, its feedback written."""
    _, second = _questions()
    with Gradebook(course.db_url) as gradebook:
        gradebook.find_comment("r-1", NOTEBOOK, ASSIGNMENT, LEARNER).manual_comment = COMMENT
        gradebook.find_grade(second.id, NOTEBOOK, ASSIGNMENT, LEARNER).manual_score = 0.5
        gradebook.db.commit()
    assert [one.problem for one in write_feedback(course, ASSIGNMENT)] == ["", "", ""]
    return course


def page_of(course: Course, learner: str = LEARNER, name: str = NOTEBOOK, assignment: str = ASSIGNMENT) -> str:
    return (course.folder("feedback") / learner / assignment / f"{name}.html").read_text(encoding="utf-8")


def test_the_page_says_who_what_and_why(written: Course) -> None:
    first, second = _questions()
    text = page_of(written)
    record = load_record(record_path(written.records, ASSIGNMENT, LEARNER, NOTEBOOK))
    finding = record.results[first.id].finding
    assert finding.misconceptions
    met = load_misconceptions()[finding.misconceptions[0]]
    for words in ("Léa Le Goff", "E2", first.criterion, first.title, second.title, finding.outcome.label, met.title):
        assert _visible(words) in _visible(text)
    for words in (finding.message, finding.question):
        assert _visible(words) in _visible(text)
    assert _visible("0,5 sur 1") in _visible(text)
    assert _visible("Points revus par votre formateur.") in _visible(text)
    assert "Très bon début &lt;b&gt;Léa&lt;/b&gt;" in text
    assert record.kit_version in text
    assert 'lang="fr"' in text


def _visible(text: str) -> str:
    from html import unescape

    return re.sub(r"\s+", " ", unescape(french(text)))


def test_the_page_never_shows_the_right_value_nor_a_locked_source(written: Course) -> None:
    case = case_of("kerlavandre", LEARNER, accepted_draw("kerlavandre", LEARNER))
    text = page_of(written) + page_of(written, name="index")
    for question in _questions():
        assert question.key is not None
        right = question.key(case).right
        assert repr(right) not in text
        assert f"{right:.4g}" not in re.sub(r"base64,[^\"]+", "", text)
        assert f"verifier(&quot;{question.id}" not in text
        assert "verifier(" not in text


def test_nothing_is_fetched_and_nothing_runs(written: Course) -> None:
    for path in written.folder("feedback").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert path.suffix == ".html"
            assert "<script" not in text
            assert not re.search(r"<[^>]*\son\w+\s*=", text)
            assert not re.search(r'(?:src|href)="(?!data:image/png|#|[\w%.-]+\.html)', text)
            assert "default-src 'none'" in text
    assert not list(written.folder("feedback").rglob("piege.html"))


def test_a_copy_that_cannot_be_read_has_pages_that_say_why(written: Course) -> None:
    for name in ("index", NOTEBOOK):
        assert _visible("n’a pas pu être lu") in _visible(page_of(written, "zoe", name))
    assert _visible("Pas corrigée") in _visible(page_of(written, "zoe"))


def test_a_blank_copy_says_not_attempted(written: Course) -> None:
    assert _visible("Pas encore de réponse") in _visible(page_of(written, "sam"))


def test_a_damaged_record_stops_nobody_s_feedback(written: Course) -> None:
    path = record_path(written.records, ASSIGNMENT, "sam", NOTEBOOK)
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept[:50], encoding="utf-8")
    try:
        assert [one.problem for one in write_feedback(written, ASSIGNMENT)] == ["", "", ""]
        assert _visible("La correction automatique de ce notebook n’a pas abouti") in _visible(page_of(written, "sam"))
    finally:
        path.write_text(kept, encoding="utf-8")
        write_feedback(written, ASSIGNMENT, ["sam"])


def test_a_suspicion_stays_with_the_trainers(written: Course) -> None:
    path = record_path(written.records, ASSIGNMENT, "sam", NOTEBOOK)
    record = load_record(path)
    kept = list(record.incidents)
    record.incidents.append(Incident("autre-variante", "Notebook travaillé sur la variante de « lea ».", "Demandez."))
    record.incidents.append(Incident("code-inconnu", "Chose inconnue", "…"))
    save_record(written.records, record)
    write_feedback(written, ASSIGNMENT, ["sam"])
    text = page_of(written, "sam") + page_of(written, "sam", "index")
    assert "variante de" not in text
    assert "inconnue" not in text
    record.incidents = kept
    save_record(written.records, record)


def test_every_incident_of_the_kit_is_told_or_kept_on_purpose() -> None:
    package = Path(incidents.__file__).parents[1]
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    codes = set(re.findall(r'(?:Incident\(|\bnote\(\s*nb,)\s*"([a-z-]+)"', source))
    codes |= LOST | MENDED
    assert {"autre-variante", "illisible", "cellules-remises"} <= codes
    assert codes == set(incidents.WORDS) | incidents.TRAINERS_ONLY


def test_hidden_tests_of_an_ordinary_assignment_are_never_shown(course: Course) -> None:
    write_feedback(course, PLAIN)
    text = page_of(course, LEARNER, "exercice", PLAIN) + page_of(course, LEARNER, "index", PLAIN)
    for secret in ("SECRETCACHE", "424242", "HIDDEN", "assert"):
        assert secret not in text
    assert _visible("0 sur 3") in _visible(text)


def test_nbgrader_s_own_command_writes_the_same_page(written: Course) -> None:
    mine = page_of(written)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", ASSIGNMENT, "--force"]
    done = subprocess.run(command, cwd=written.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert page_of(written) == mine
    assert page_of(written, name="index")
    write_feedback(written, ASSIGNMENT)


def test_the_command_line(written: Course) -> None:
    runner = CliRunner()
    done = runner.invoke(main, ["feedback", ASSIGNMENT, "--cours", str(written.root), "--apprenant", LEARNER])
    assert done.exit_code == 0, done.output
    assert "1 retour" in done.output
    for arguments in (["feedback", "rien"], ["feedback", ASSIGNMENT, "--apprenant", "personne"]):
        assert runner.invoke(main, [*arguments, "--cours", str(written.root)]).exit_code == 2


@pytest.mark.parametrize("name", [NOTEBOOK, "index"])
@pytest.mark.parametrize("width", [1100, 400])
def test_axe_finds_nothing_and_no_script_runs(written: Course, browser: Any, name: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe manque : casekit[test].")
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((written.folder("feedback") / LEARNER / ASSIGNMENT / f"{name}.html").as_uri())
    for opened in (False, True):
        page.evaluate("(open) => document.querySelectorAll('details').forEach(one => { one.open = open })", opened)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("window.touched") is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_formgrader_still_answers(written: Course) -> None:
    with Gradebook(written.db_url) as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, LEARNER).id
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [
        sys.executable, "-m", "jupyter_server", "--ip=127.0.0.1", f"--port={port}", "--no-browser", "--allow-root",
        "--IdentityProvider.token=", "--ServerApp.password=",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    with (written.root / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=written.root, env=environment, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}/formgrader"
        answers = {url: _fetch(f"{base}/{url}") for url in ("manage_assignments", f"submissions/{submission}/")}
    finally:
        server.terminate()
        server.wait(20)
        (written.root / "server.log").unlink()
    assert {url: status for url, (status, _) in answers.items()} == dict.fromkeys(answers, 200), answers


def _fetch(url: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.2)
    return 0, "no answer"


def test_sanitising_keeps_tables_readable() -> None:
    html = sanitise.safe_html(
        "<table><thead><tr><th></th><th>a</th></tr></thead><tr><th>0</th><td>1</td></tr></table>", "T"
    )
    assert '<th scope="col">a</th>' in html
    assert '<th scope="row">0</th>' in html
    assert "<caption>T</caption>" in html
    assert "<td></td>" in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<a href=' java\nscript:alert(1)'>x</a>",
        "<form action=//x><button formaction=javascript:alert(1)>x", "<meta http-equiv=refresh content='0;url=//x'>",
        "<base href=//x><link rel=stylesheet href=//x>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<!--><img src=x onerror=alert(1)>-->", "<plaintext><script>alert(1)</script>",
        "<div id=x name=y class=z style='a:b'>",
    ],
)  # fmt: skip
def test_sanitising_lets_no_element_act(hostile: str) -> None:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(sanitise.safe_html(hostile, "T"), "html.parser")
    allowed = {"href", "title", "rel", "src", "alt", "colspan", "rowspan", "scope"}
    for element in soup.find_all(True):
        assert element.name in sanitise.TAGS
        assert set(element.attrs) <= allowed
        assert str(element.get("href", "https://")).startswith(("https://", "http://", "mailto:"))


def test_text_is_bare() -> None:
    assert cells._text("\x1b[31mrouge\x1b[0m\x07\r\nfin\r") == "rouge\nfin"
    assert cells._text("10 %\r100 %") == "100 %"
    assert cells._cut("x\n" * 500).endswith(cells.CUT)
    assert sanitise.picture_address("bm90IGEgcG5n") == ""


def test_a_reviewed_part_waits_then_shows_its_level() -> None:
    review = Review("r-note", "La note", "B1-C16")
    waiting = review_line(review, Mark(None, None, 0.0, 4.0, True), "")
    assert (waiting.label, waiting.points) == ("À relire par votre formateur", None)
    level = review_line(review, Mark(None, 3.0, 0.0, 4.0, False), "Clair.")
    assert (level.label, level.points, level.comment) == ("Niveau 3 : acquis", 3.0, "Clair.")
    assert review_line(review, Mark(0.0, None, 0.0, 4.0, False), "").label == "Pas encore de réponse"
    assert review_line(review, Mark(None, 2.5, 0.0, 4.0, False), "").label == "Relu par votre formateur"


def test_a_chart_has_the_alternative_that_the_learner_wrote() -> None:
    figure = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": PNG, "text/plain": "<Figure size 1x1>"},
    }
    code = nbformat.v4.new_code_cell("figure", outputs=[nbformat.from_dict(figure)])
    locked = nbformat.v4.new_code_cell("verifier", metadata={"nbgrader": {"grade_id": "q", "grade": True}})
    nb = nbformat.v4.new_notebook(cells=[code, locked])
    chart = {"kind": "chart", "alternative": 'Les ventes "montent"'}
    shown = cells.sections_of(nb, copies.FeedbackPart("n", answers={"q": chart}))
    assert 'alt="Les ventes &quot;montent&quot;"' in shown[0].cells[0]
    assert 'alt="Graphique 1 affiché' in cells.sections_of(nb, copies.FeedbackPart("n"))[0].cells[0]


def test_a_task_never_shows_its_marking_scheme() -> None:
    task = nbformat.v4.new_markdown_cell("Énoncé\n=== BEGIN MARK SCHEME ===\nSECRET")
    task.metadata["nbgrader"] = {"grade_id": "t", "task": True, "locked": True}
    shown = cells.sections_of(nbformat.v4.new_notebook(cells=[task]), copies.FeedbackPart("n"))
    assert "SECRET" not in "".join(shown[0].cells)


def test_titles_and_points() -> None:
    assert copies.FeedbackPart("01-indicateurs-promotion").name == "01 – indicateurs promotion"
    assert copies.FeedbackPart("exercice").name == "exercice"
    assert short_number(12.0) == "12"
    assert pages.counted(1, "commentaire") == "1\u00a0commentaire"


def test_a_copy_is_read_once_for_all_its_pages(written: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = copies.gradings_of

    def counted(db_url: str, assignment: str, learner: str) -> Any:
        asked.append(learner)
        return known(db_url, assignment, learner)

    write_feedback(written, ASSIGNMENT, [LEARNER])
    before = {name: page_of(written, name=name) for name in (NOTEBOOK, "index")}
    monkeypatch.setattr(copies, "gradings_of", counted)
    assert [one.problem for one in write_feedback(written, ASSIGNMENT, [LEARNER])] == [""]
    assert asked == [LEARNER]
    assert {name: page_of(written, name=name) for name in (NOTEBOOK, "index")} == before


def test_the_index_says_level_and_verdict_as_the_sheet_does(written: Course) -> None:
    decided = decided_of(written, ASSIGNMENT)
    write_feedback(written, ASSIGNMENT, [LEARNER], decided)
    text = _visible(page_of(written, name="index"))
    sheet = next(one for one in build_sheets(written, ASSIGNMENT) if one.learner.id == LEARNER)
    asked = {line.criterion for part in copy_of(written.records, written.db_url, ASSIGNMENT, LEARNER).parts
             for line in part.lines}  # fmt: skip
    shown = [row for row in sheet.criteria if row.code in asked]
    assert shown
    for row in shown:
        said = f"niveau {row.level}, {row.verdict.value}" if row.level else row.verdict.value
        assert decided[LEARNER][row.code] == said
        assert _visible(said) in text
    assert _visible("Niveau et verdict") in text
    write_feedback(written, ASSIGNMENT, [LEARNER])
    assert _visible("Niveau et verdict") not in _visible(page_of(written, name="index"))
    assert decided_of(written, "ailleurs") == {}


def test_a_level_is_never_added_to_points() -> None:
    question = FeedbackLine("q", "Q", "B1-C13", "Juste", "✓", "good", 5.0, 7.0)
    reviewed = replace(question, id="r", points=4.0, top=4.0, reviewed=True)
    block = copies.blocks_of((question, reviewed), {"B1-C13": "niveau 3, acquis"})[0]
    assert (block.points, block.top, block.decided) == (5.0, 7.0, "niveau 3, acquis")
