"""A scheduler and two workers that really run over TLS: the scores of one machine, and nobody without a certificate."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import small
from nbgrader.api import Gradebook

pytest.importorskip("cryptography", reason="Il manque « cryptography » (l’extra « dask »).")

from autograder.course.course import Course
from autograder.grading.certificates import FOLDER, Certificates, make_certificates
from autograder.grading.cluster import on_cluster
from autograder.grading.run import engine_of, grade_class
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("scale")
LEARNERS = ("a", "b", "c", "d")
START_S = 60


@dataclass(frozen=True)
class Running:
    """A scheduler's address, and the certificates of its cluster."""

    address: str
    certificates: Certificates

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def dask(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", "dask", *words, "--host", "127.0.0.1"]
    quiet = ["--dashboard-address", "127.0.0.1:0"]
    files = ["--tls-ca-file", "autorite.pem", "--tls-cert", "certificat.pem", "--tls-key", "cle.pem"]
    return subprocess.Popen(
        [*command, *quiet, *files], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start what the command's own lines start."""
    place = tmp_path_factory.mktemp("grappe")
    made, told = make_certificates(place / FOLDER), place / "ordonnanceur.json"
    with ExitStack() as stack:
        scheduler = dask(
            "scheduler", "--protocol", "tls", "--port", "0", "--scheduler-file", str(told), folder=made.folder
        )
        stack.callback(stop, scheduler)
        limit = time.monotonic() + START_S
        while not told.is_file() or not told.read_text():
            assert scheduler.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        worker = dask(
            "worker", address, "--nthreads", "1", "--nworkers", "2", "--local-directory", str(place), folder=made.folder
        )
        stack.callback(stop, worker)
        yield Running(address, made)


def stop(process: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in family:
        if child.is_running():
            child.kill()


def scores(course: Course) -> dict[tuple[str, str], float | None]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def small_class(root: Path, learners: tuple[str, ...] = LEARNERS) -> Course:
    course = small.make_course(root, learners)
    for number, learner in enumerate(learners):
        small.submit(course, learner, **({}, {"un": "12345.678"}, {"deux": "None"})[number % 3])
    return course


def test_two_workers_over_tls_give_the_scores_of_one_machine(tmp_path: Path, cluster: Running) -> None:
    assert cluster.address.startswith("tls://127.0.0.1:")
    here, there = small_class(tmp_path / "ici" / "cours"), small_class(tmp_path / "grappe" / "cours")
    grade_class(here, small.ASSIGNMENT, engine=engine_of(1))
    (there.root / FOLDER).symlink_to(cluster.certificates.folder)
    command = ["grade", small.ASSIGNMENT, "--dask", cluster.address, "--cours", str(there.root), "--json"]
    done = subprocess.run([sys.executable, "-m", "autograder", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [one["graded_now"] for one in json.loads(done.stdout)["learners"]] == [True] * len(LEARNERS)
    assert scores(there) == scores(here)
    assert len(scores(here)) == 2 * len(LEARNERS)


@pytest.mark.parametrize("way", ["none", "other"])
def test_who_has_no_certificate_of_this_cluster_is_refused_by_the_scheduler(
    tmp_path: Path, cluster: Running, way: str
) -> None:
    """The scheduler itself says no: what connects believes any server, and shows no certificate, or another one's."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if way == "other":
        _, certificate, key = make_certificates(tmp_path / "autres").files
        context.load_cert_chain(certificate, key)
    with (
        pytest.raises(ssl.SSLError),
        socket.create_connection(("127.0.0.1", cluster.port), timeout=10) as plain,
        context.wrap_socket(plain) as connection,
    ):
        connection.recv(1)  # with TLS 1.3, the refusal comes at the first reading


def test_a_grading_that_is_refused_says_so_and_grades_nothing(tmp_path: Path, cluster: Running) -> None:
    course = small_class(tmp_path / "cours", ("a",))
    others = make_certificates(tmp_path / "autres").folder
    for address, folder in ((f"tcp://127.0.0.1:{cluster.port}", None), (cluster.address, others)):
        with pytest.raises(CasekitError, match="ne répond pas"):
            grade_class(course, small.ASSIGNMENT, engine=on_cluster(address, certificates=folder))
    assert scores(course) == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Il faut root pour des processus en root.")
def test_workers_as_root_beyond_this_machine_are_refused(
    tmp_path: Path, cluster: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers do run as root; that they are on another machine is all that is pretended."""
    course = small_class(tmp_path / "cours", ("a",))
    monkeypatch.setattr("autograder.grading.cluster.is_loopback", lambda address: False)
    with pytest.raises(CasekitError, match="compte root"):
        grade_class(
            course, small.ASSIGNMENT, engine=on_cluster(cluster.address, certificates=cluster.certificates.folder)
        )
    assert scores(course) == {}
