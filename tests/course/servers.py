"""A real PostgreSQL server for tests, in a folder of its own."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def as_server(*words: str) -> list[str]:
    """Return a command run as the user whom PostgreSQL accepts: never root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL server in a folder of its own; yield the address of an empty database."""
    if not BINARIES:
        pytest.skip("PostgreSQL n’est pas installé (sous Debian : sudo apt install postgresql).")
    tools = BINARIES[-1].parent
    home = Path(subprocess.run(as_server("mktemp", "-d"), capture_output=True, text=True, check=True).stdout.strip())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    make = as_server(str(tools / "initdb"), "-D", str(home / "data"), "-U", user, "--auth=trust", "--encoding=UTF8")
    subprocess.run(make, check=True, capture_output=True, cwd="/")
    control = (str(tools / "pg_ctl"), "-D", str(home / "data"))
    start = as_server(*control, "-o", options, "-w", "-l", f"{home}/log", "start")
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql+psycopg://{user}@127.0.0.1:{port}/postgres"
    finally:
        stop = as_server(*control, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd="/")
        time.sleep(0.2)
        shutil.rmtree(home, ignore_errors=True)
