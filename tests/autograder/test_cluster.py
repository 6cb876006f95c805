"""Who may grade beyond this machine: addresses, certificates, workers that are refused, each said in French."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("cryptography", reason="Il manque « cryptography » (l’extra « dask »).")
pytest.importorskip("distributed", reason="Il manque « distributed » (l’extra « dask »).")

from autograder.cli import main
from autograder.grading.certificates import FOLDER, KEY, VALID_DAYS, certificates_in, make_certificates
from autograder.grading.cluster import Accepted, WorkerState, on_cluster, require_safe, why_refused
from casestudies.errors import CasekitError

BEYOND, HERE = "tls://10.0.0.7:4321", "tls://127.0.0.1:4321"
ORDINARY, AS_ROOT = WorkerState(root=False, unconfined=""), WorkerState(root=True, unconfined="")


@pytest.mark.parametrize(
    "address", ["local", "tls://10.0.0.2:8786", "tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:8786"]
)
def test_an_address_that_is_encrypted_or_here_may_be_used(address: str) -> None:
    require_safe(address, Accepted())


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.2:8786", "10.0.0.2:8786", "tcp://grappe:8786", "tcp://127.0.0.1.exemple.org:8786"]
)
def test_a_network_in_clear_is_refused_unless_it_is_said_private(address: str) -> None:
    with pytest.raises(CasekitError, match="en clair sur le réseau"):
        require_safe(address, Accepted())
    require_safe(address, Accepted(in_clear=True))


@pytest.mark.parametrize("address", ["", "ws://10.0.0.2:8786", "inproc://a", "tls://10.0.0.2", "tcp://a:b", "[x"])
def test_what_is_no_address_is_refused_whatever_is_said(address: str) -> None:
    with pytest.raises(CasekitError, match="n’est pas l’adresse"):
        require_safe(address, Accepted(in_clear=True, unconfined=True))


def test_workers_as_root_are_refused_but_here() -> None:
    assert "compte ordinaire" in why_refused(BEYOND, AS_ROOT, "tls://10.0.0.2:8786", Accepted(True, True))
    assert why_refused(HERE, AS_ROOT, "tls://127.0.0.1:8786", Accepted()) == ""
    assert why_refused(BEYOND, ORDINARY, "tls://10.0.0.2:8786", Accepted()) == ""


def test_a_worker_that_listens_in_clear_beyond_this_machine_is_refused() -> None:
    here = "tcp://127.0.0.1:8786"
    assert "--host 127.0.0.1" in why_refused("tcp://10.0.0.7:1", ORDINARY, here, Accepted())
    assert why_refused("tcp://10.0.0.7:1", ORDINARY, here, Accepted(in_clear=True)) == ""
    assert why_refused("tcp://127.0.0.1:1", ORDINARY, here, Accepted()) == ""


def test_a_worker_that_does_not_confine_is_refused_unless_it_is_accepted() -> None:
    bare = WorkerState(root=False, unconfined="casekit ne confine les copies que sous Linux")
    assert "sous Linux" in why_refused(HERE, bare, HERE, Accepted())
    assert why_refused(HERE, bare, HERE, Accepted(unconfined=True)) == ""


def test_certificates_are_for_this_account_alone_and_never_written_over(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = make_certificates(tmp_path / "certificats")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.folder.iterdir()}
    assert modes == dict.fromkeys(("autorite.pem", "certificat.pem", "cle.pem"), 0o600)
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["certificats"]
    key = (made.folder / KEY).read_bytes()
    with pytest.raises(CasekitError, match="existe déjà : rien n’a été changé"):
        make_certificates(made.folder)
    assert (made.folder / KEY).read_bytes() == key
    assert certificates_in(made.folder).until == made.until


def test_certificates_that_end_are_made_again(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    make_certificates(tmp_path / "a", now - timedelta(days=VALID_DAYS + 1))
    with pytest.raises(CasekitError, match="n’étaient valables que jusqu’au"):
        certificates_in(tmp_path / "a")
    make_certificates(tmp_path / "b", now - timedelta(days=VALID_DAYS - 1))
    certificates_in(tmp_path / "b")


def test_certificates_that_are_missing_damaged_or_open_to_others_are_said(tmp_path: Path) -> None:
    with pytest.raises(CasekitError, match="casekit dask certificats"):
        on_cluster("tls://10.0.0.2:8786", certificates=tmp_path / "rien")
    made = make_certificates(tmp_path / "certificats")
    (made.folder / KEY).chmod(0o640)
    with pytest.raises(CasekitError, match="chmod 600"):
        certificates_in(made.folder)
    (made.folder / KEY).chmod(0o600)
    (made.folder / "certificat.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\n")
    with pytest.raises(CasekitError, match="pas un certificat lisible"):
        certificates_in(made.folder)


def test_the_command_says_what_to_copy_where_and_what_to_type(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["dask", "certificats", "--cours", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / FOLDER / KEY).is_file()
    files = "--tls-ca-file autorite.pem --tls-cert certificat.pem --tls-key cle.pem"
    lines = [line.strip() for line in done.output.splitlines()]
    assert any(line.startswith("dask scheduler --protocol tls --host") and line.endswith(files) for line in lines)
    assert any(line.startswith("dask worker tls://ADRESSE:8786 --host") and line.endswith(files) for line in lines)
    assert "valables jusqu’au" in done.output
    assert "jamais root" in done.output
