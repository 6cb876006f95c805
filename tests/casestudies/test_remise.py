"""Handing in: a fresh run that disturbs nothing, a receipt that nobody can confuse, files that are bounded."""

import json
import os
import random
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as some
from ipywidgets.widgets import widget

from autograder.keys.formative import LocalFeedback
from casestudies import downloads, remettre
from casestudies.downloads import FileLink, LinkedCard
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome, QuestionCard
from casestudies.livrables.readiness import always_ready, readiness
from casestudies.remise import at_hand, time_limit
from casestudies.remise import saved as saved_module
from casestudies.remise.at_hand import NotebookAtHand
from casestudies.remise.fresh_run import SavedCell, run_afresh
from casestudies.remise.handing_in import hand_in
from casestudies.remise.pages import PRACTICE, attestation_page, recap_page
from casestudies.remise.parcel import MAX_FILE, pack, zipped
from casestudies.remise.reading import NotebookReading, QuestionReading, read_afresh
from casestudies.remise.recap import CriterionLine, Recap
from casestudies.remise.receipt import DamagedReceiptError, Receipt, fingerprint_of, read_receipt
from casestudies.remise.saved import read_saved
from casestudies.remise.time_limit import TooLongError, at_most
from casestudies.worked import PAUSE_S, WorkJournal

OPEN = 'from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier("kerlavandre", "lea")'
NUMBER, LETTER = "q1-sessions", "q1-entree-conversion"
RIGHT = (
    'visites = dossier.table("sessions_jour")\nsessions = dossier.periode("pendant").filtrer(visites)["sessions"].sum()'
)
MOMENT = datetime(2026, 11, 27, 8, 30)
HOSTILE = "<img src=x onerror=alert(1)>\u202e « 20/20 »"


def cells_of(*sources: str, question: str = NUMBER, shown: str = "") -> list[dict[str, Any]]:
    made = [
        {"cell_type": "code", "id": f"c{rank}", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for rank, text in enumerate(sources)
    ]
    made[-1]["metadata"] = {"nbgrader": {"grade": True, "grade_id": question, "locked": True, "solution": False}}
    if shown:
        data = {"application/vnd.casekit.answer+json": {"question": question}, "text/plain": [shown + "\n", "Bravo."]}
        made[-1]["outputs"] = [{"output_type": "execute_result", "data": data}]
    return made


def write(folder: Path, name: str, cells: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    title = {"cell_type": "markdown", "metadata": {}, "source": "# 1. Le premier"}
    path.write_text(json.dumps({"cells": [title, *cells], "metadata": {}, "nbformat": 4}), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    made = tmp_path / "e2-performance"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def read_here(folder: Path, name: str) -> NotebookReading:
    saved = read_saved(folder / f"{name}.ipynb")
    return read_afresh(saved, pack(folder, [saved]).files, "lea", folder, LocalFeedback())


def run(folder: Path, *sources: str, limit_s: float = 20.0) -> list[Any]:
    return run_afresh([SavedCell(f"c{rank}", text) for rank, text in enumerate(sources)], folder, "lea", 0, limit_s)


def test_a_fresh_run_changes_nothing_of_the_session(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main = sys.modules["__main__"]
    figure, _ = plt.subplots()
    random.seed(1)
    np.random.seed(1)
    before = (dict(os.environ), Path.cwd(), list(sys.path), plt.get_fignums(), mpl.rcParams["lines.linewidth"])
    chance = random.getstate(), np.random.get_state()[1].tolist()
    room, widgets = folder / "salle", set(widget._instances)
    room.mkdir()
    results = run(
        room, "import os, sys, random\nimport numpy as np",
        "import matplotlib.pyplot as plt\nfrom ipywidgets import Button",
        "os.environ['X'] = '1'\nos.chdir('/')\nsys.path.insert(0, 'x')\nrandom.random()\nnp.random.random()",
        "plt.close('all')\nplt.plot([1, 2])\nplt.rcParams['lines.linewidth'] = 9", "print('vu')\nButton()",
    )  # fmt: skip
    assert [one.failure for one in results] == [None] * 5
    after = (dict(os.environ), Path.cwd(), list(sys.path), plt.get_fignums(), mpl.rcParams["lines.linewidth"])
    assert after == before
    assert (random.getstate(), np.random.get_state()[1].tolist()) == chance
    assert sys.modules["__main__"] is main
    assert plt.gcf() is figure
    assert set(widget._instances) == widgets
    assert capsys.readouterr().out == ""
    plt.close(figure)


def test_cells_run_as_ipython_would_and_a_failure_stops_nothing(folder: Path) -> None:
    results = run(
        folder, "%matplotlib inline\na = 1", "%time b = a + 1", "%%time\nc = b + 1", "1 / 0", "d = (", "exit()\ne = 5",
        "!echo", "input('?')", "assert (a, b, c, e) == (1, 2, 3, 5)", "raise SystemExit", "await_ = 1",
        "assert __name__ == '__main__'", "%%bash\ntrue", "x = %sx true", "import subprocess\nsubprocess.run(['true'])",
        "try:\n    subprocess.run(['true'])\nexcept OSError:\n    f = 6", "assert f == 6",
    )  # fmt: skip
    assert [rank for rank, one in enumerate(results) if one.failure] == [3, 4, 6, 7, 9, 12, 13, 14]
    assert "zéro" in results[3].failure.text()
    assert all("autre programme" in results[rank].failure.text() for rank in (6, 12, 13, 14))


@pytest.mark.parametrize("by_signal", [True, False])
def test_an_endless_cell_is_stopped_and_what_follows_runs(
    by_signal: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not by_signal:
        monkeypatch.setattr(time_limit, "signal", SimpleNamespace())
    catching = "while True:\n    try:\n        x = 1\n    except BaseException:\n        pass"
    if not by_signal and sys.version_info < (3, 12):
        catching = "while True:\n    x = 1"  # nothing stops twice there
    results = run(folder, "while True:\n    pass", *[catching] * 4, "y = 2", limit_s=0.2)
    assert [one.failure is not None for one in results] == [True] * 5 + [False]
    assert "trop longtemps" in results[0].failure.text()


def test_the_clock_is_stopped_with_its_context() -> None:
    with pytest.raises(TooLongError), at_most(0.05):
        time.sleep(5)
    time.sleep(0.2)  # nothing strikes any more


def test_a_notebook_is_read_as_grading_would_read_it(folder: Path) -> None:
    write(folder, "bon", cells_of(OPEN, RIGHT, f'dossier.verifier("{NUMBER}", sessions)', shown="✓ Juste"))
    saved = read_saved(folder / "bon.ipynb")
    assert (saved.company, saved.title, saved.verdicts) == ("kerlavandre", "1. Le premier", {NUMBER: Outcome.RIGHT})
    (one,) = read_here(folder, "bon").questions
    assert one.finding.outcome is Outcome.RIGHT
    assert not one.is_lost
    assert not (folder / ".casekit").exists(), "a reading keeps nothing"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("sessions = visits", "la cellule qui commence par `sessions = visits` s’arrête"),
        ("sessions = 12", "exécuté du début"),
        ("sessions = trouve(", "`sessions = trouve(`"),
    ],
)
def test_what_is_right_here_and_would_not_be_there_is_named(source: str, why: str, folder: Path) -> None:
    write(folder, "faux", cells_of(OPEN, source, f'dossier.verifier("{NUMBER}", sessions)', shown="✓ Juste"))
    (one,) = read_here(folder, "faux").lost
    assert why in one.why
    text = NotebookAtHand(folder, "faux").reread("", "lea", LocalFeedback()).text()
    assert "une réponse juste ici ne le serait pas" in text
    assert "« Sessions pendant la promotion »" in text.replace("\xa0", " ")


def test_a_notebook_that_is_being_written_is_read_once_it_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder, "bon", cells_of(OPEN, "sessions = 3", f'dossier.verifier("{NUMBER}", sessions)'))
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:100], encoding="utf-8")
    monkeypatch.setattr(saved_module.time, "sleep", lambda _: path.write_text(whole, encoding="utf-8"))
    assert read_saved(path).questions == (NUMBER,)


def test_a_choice_that_is_right_alone_is_said_not_to_count_yet(folder: Path) -> None:
    for letter in "ABCD":
        cells = cells_of(OPEN, f'choix = "{letter}"', f'dossier.verifier("{LETTER}", choix)', question=LETTER)
        write(folder, "choix", cells)
        (one,) = read_here(folder, "choix").questions
        if one.finding.outcome is Outcome.RECORDED:
            assert "dès que trois valeurs calculées" in one.finding.message
            return
    raise AssertionError("no letter is right")


def test_a_notebook_that_is_not_known_or_not_saved_is_said(folder: Path) -> None:
    write(folder, "bon", cells_of(OPEN, RIGHT, f'dossier.verifier("{NUMBER}", sessions)'))
    with pytest.raises(CasekitError, match=r'relecture\("bon"\)'):
        NotebookAtHand(folder, "").reread("", "lea", None)
    with pytest.raises(CasekitError, match="bon"):
        NotebookAtHand(folder, "bon").reread("../bon", "lea", None)
    (folder / "abime.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(CasekitError, match="abime"):
        NotebookAtHand(folder, "abime").reread("", "lea", None)
    at = NotebookAtHand(folder, "bon", [("c1", "sessions = 3"), ("neuf", "dossier.relecture()")])
    assert "pas encore enregistrés" in at.reread("", "lea", LocalFeedback()).text()
    assert "pas encore enregistrés" in at.hand_in("lea", LocalFeedback()).text()


def test_the_page_is_asked_to_save_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "bon", cells_of(OPEN, "sessions = 3", f'dossier.verifier("{NUMBER}", sessions)'))

    def save() -> None:
        write(folder, "bon", cells_of(OPEN, RIGHT, f'dossier.verifier("{NUMBER}", sessions)'))

    card = NotebookAtHand(folder, "bon", [("c1", RIGHT)], save, OPEN).hand_in("lea", LocalFeedback())
    assert "pas encore enregistrés" not in card.text()
    assert "1 réponse juste sur 1" in card.text().replace("\xa0", " ")
    monkeypatch.setattr(at_hand, "SAVE_S", 0.1)
    assert "pas encore enregistrés" in NotebookAtHand(folder, "bon", [("c1", "x")], print).hand_in("lea", None).text()


def test_incomplete_work_is_handed_in_and_said(folder: Path) -> None:
    write(folder, "01-blanc", cells_of(OPEN, "sessions = None", f'dossier.verifier("{NUMBER}", sessions)'))
    write(folder, "02-casse", cells_of(OPEN, "1 / 0", f'dossier.verifier("{LETTER}", choix)', question=LETTER))
    write(folder, "brouillon", [{"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}])
    (folder / "03-abime.ipynb").write_text("{", encoding="utf-8")
    (folder / "livrables").mkdir()
    (folder / "livrables" / "swot.csv").write_text("quadrant;facteur\n", encoding="utf-8")
    (folder / "livrables" / "enorme.docx").write_bytes(b"x" * (MAX_FILE + 1))
    for name in ("script.py", ".cache.csv", "swot.csv.ancien"):
        (folder / "livrables" / name).write_text("x", encoding="utf-8")
    text = hand_in(folder, "lea", LocalFeedback(), MOMENT).text().replace("\xa0", " ")
    for words in ("Sans réponse", "zéro", "« 03-abime.ipynb »", "« livrables/enorme.docx » : trop volumineux"):
        assert words in text
    with zipfile.ZipFile(folder / "remise" / "lea_e2-performance.zip") as archive:
        names = archive.namelist()
        receipt = read_receipt(archive.read("recu.json"))
        assert receipt.files["livrables/swot.csv"] == fingerprint_of(archive.read("livrables/swot.csv"))
    assert names == ["01-blanc.ipynb", "02-casse.ipynb", "03-abime.ipynb", "livrables/swot.csv", "recu.json"]
    assert (receipt.learner, receipt.assignment, receipt.moment) == ("lea", "e2-performance", MOMENT)


def test_a_folder_without_question_and_a_name_left_out_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CasekitError, match="Aucun notebook"):
        hand_in(folder, "lea", None)
    with pytest.raises(CasekitError, match="n’existe pas"):
        hand_in(folder / "absent", "lea", None)
    write(folder, "bon", cells_of(OPEN, "sessions = 3", f'dossier.verifier("{NUMBER}", sessions)'))
    monkeypatch.chdir(folder.parent)
    said = remettre("", "e2-performance")
    assert said is not None
    assert "pas donné d’identifiant" in said.text()
    assert (folder / "remise" / "sans-identifiant_e2-performance.zip").is_file()
    said = remettre("Zoé", "e2-performance")
    assert said is not None
    assert (folder / "remise" / "zoe_e2-performance.zip").is_file()


def test_the_zip_is_the_same_for_the_same_files_and_moment() -> None:
    assert zipped({"b": b"2", "a": b"1"}, MOMENT) == zipped({"a": b"1", "b": b"2"}, MOMENT)


RECEIPT = Receipt("lea", "e2-performance", MOMENT, {"a.ipynb": fingerprint_of(b"a")})


def test_a_receipt_is_read_back_and_a_changed_one_is_not() -> None:
    assert read_receipt(RECEIPT.to_bytes()) == RECEIPT
    told = json.loads(RECEIPT.to_bytes())
    for changed in ({"identifiant": "bob"}, {"remis_le": "2026-01-01T00:00:00Z"}, {"fichiers": {}}, {"fichiers": [1]},
                    {"forme": "x"}, {"identifiant": 3}, {"remis_le": "hier"}):  # fmt: skip
        with pytest.raises(DamagedReceiptError):
            read_receipt(json.dumps({**told, **changed}).encode())


@given(
    some.binary(max_size=200)
    | some.recursive(some.none() | some.text(), some.lists).map(lambda x: json.dumps(x).encode())
)
def test_anything_else_is_no_receipt(content: bytes) -> None:
    with pytest.raises(DamagedReceiptError):
        read_receipt(content)


def test_pages_quote_what_people_wrote_and_say_what_they_are() -> None:
    receipt = Receipt(HOSTILE, HOSTILE, MOMENT)
    readings = [NotebookReading(HOSTILE, HOSTILE, "kerlavandre", problem=HOSTILE)]
    recap = Recap(overcome=((HOSTILE, HOSTILE),), seconds=5000, days=("2026-11-26", "2026-11-27"))
    for page in (recap_page(readings, recap, receipt, HOSTILE), attestation_page(readings, recap, receipt)):
        assert "<img" not in page
        assert "\u202e" not in page
        assert "au moins 1\xa0h\xa020, en 2 jours" in page
        assert "@media print" in page
    assert PRACTICE[:40] in attestation_page(readings, recap, receipt).replace("\xa0", " ")


def test_a_link_leads_to_the_file_or_carries_it_in_a_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "é <b>.zip").write_bytes(b"PK")
    link = FileLink("Télécharger", "é <b>.zip", folder)
    assert '<a href="%C3%A9%20%3Cb%3E.zip" download="é &lt;b&gt;.zip">' in link.html()
    card = LinkedCard("Prêt", links=(link,))
    assert "é <b>.zip" in card.text()
    monkeypatch.setattr(downloads.sys, "platform", "emscripten")
    assert 'href="data:application/zip;base64,UEs="' in link.html()
    monkeypatch.setattr(downloads, "MAX_CARRIED", 1)
    assert "trop volumineux" in link.html()
    assert "href" not in FileLink("Perdu", "absent.zip", folder).html()


def test_a_zip_never_holds_the_one_before_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = cells_of(OPEN, "sessions = 3", f'dossier.verifier("{NUMBER}", sessions)')
    monkeypatch.setattr(downloads.sys, "platform", "emscripten")
    sizes = []
    for _ in range(3):
        write(folder, "bon", cells)
        card = hand_in(folder, "lea", None, MOMENT)
        cells[0]["outputs"] = [{"output_type": "execute_result", "data": {"text/html": card.html()}}]
        sizes.append((folder / "remise" / "lea_e2-performance.zip").stat().st_size)
    assert max(sizes) - min(sizes) < 200


def test_time_counts_between_checks_and_mistakes_are_kept(folder: Path) -> None:
    now = [1_000_000.0]
    journal = WorkJournal(folder, "kerlavandre", "lea", lambda: now[0])
    for gap, mistakes in ((0, ()), (60, ("M1",)), (PAUSE_S + 1, ("M1", "M2")), (30, ()), (86_400, ())):
        now[0] += gap
        journal.checked("q1", mistakes)
    known = journal.read()
    assert (known.seconds, len(known.days), known.mistakes) == (90.0, 2, {"q1": ("M1", "M2")})
    assert WorkJournal(folder, "kerlavandre", "bob").read().seconds == 0
    (path,) = (folder / ".casekit/travail").iterdir()
    for damaged in ("{", "[]", '{"secondes": "x", "jours": 3, "erreurs": {"q": 1}}'):
        path.write_text(damaged, encoding="utf-8")
        assert journal.read().seconds == 0


def test_a_deliverable_is_ready_when_its_check_says_so(folder: Path) -> None:
    said = {"swot": Outcome.READY, "croisements": Outcome.TO_COMPLETE}
    service = SimpleNamespace(
        draw=lambda *_: 0,
        respond=lambda company, learner, draw, question, answer, earlier: Finding(said[answer["slug"]], 0.0, ""),
    )
    is_ready = readiness(folder, "lea", service)  # type: ignore[arg-type]
    deliverable = SimpleNamespace(company="kerlavandre", question="s2-swot")
    assert is_ready(deliverable, {"slug": "swot"})  # type: ignore[arg-type]
    assert not is_ready(deliverable, {"slug": "croisements"})  # type: ignore[arg-type]
    assert readiness(folder, "lea", None) is always_ready


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_hold_at_200_per_cent(scheme: str, browser: Any, tmp_path: Path) -> None:
    card = QuestionCard(NUMBER, "Sessions", "B1-C12", "e2-performance/01-indicateurs-promotion", 3)
    asked = (QuestionReading(card, Outcome.RIGHT, Finding(Outcome.RIGHT, 1.0, ""), hints=2),)
    readings = [NotebookReading("01-indicateurs-promotion", "1. Les indicateurs", "kerlavandre", asked)]
    line = CriterionLine("B1-C12", "Les indicateurs sont mesurés.", 1, 1, 0, 2)
    recap = Recap((line,), (("Sessions", "Table non filtrée"),), 2, 5000.0, ("2026-11-27",))
    for name, page in (
        ("recap", recap_page(readings, recap, RECEIPT, "lea.zip")),
        ("attestation", attestation_page(readings, recap, RECEIPT)),
    ):
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
        opened = browser.new_context(viewport={"width": 640, "height": 360}, color_scheme=scheme).new_page()
        opened.goto((tmp_path / f"{name}.html").as_uri())
        found = Axe().run(opened)
        assert found.violations_count == 0, found.generate_report()
        assert opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        opened.context.close()
