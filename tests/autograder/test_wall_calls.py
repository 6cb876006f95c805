"""The table of system calls, compared number by number with the kernel's own headers, for both machines."""

import re
import sys
from pathlib import Path

import pytest

from autograder.grading.wall import calls, doctor, landlock, seccomp
from autograder.grading.wall.protection import given, missing

HEADERS = {
    "x86_64": (0, ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h")),
    # aarch64 has no table of its own before Linux 6.11: it takes the generic one, which every machine's headers hold.
    "aarch64": (1, ("/usr/aarch64-linux-gnu/include/asm/unistd_64.h", "/usr/include/asm-generic/unistd.h")),
}
NAMES = sorted({*calls.REFUSED, *calls.ABSENT, *calls.IGNORED, *seccomp._judged(1)})


def table(machine: str) -> tuple[int, dict[str, int]]:
    """Return the column of a machine in our table, and the numbers that its headers give."""
    column, places = HEADERS[machine]
    found = next((Path(place) for place in places if Path(place).is_file()), None)
    if found is None:
        pytest.skip(f"Les en-têtes du noyau pour {machine} manquent (sous Debian : apt install linux-libc-dev).")
    lines = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", found.read_text(encoding="utf-8"), re.MULTILINE)
    return column, {name: int(number) for name, number in lines}


@pytest.mark.parametrize("machine", HEADERS)
def test_every_call_has_the_number_that_the_kernel_gives_it(machine: str) -> None:
    column, known = table(machine)
    assert len(known) > 300
    assert len(NAMES) > 140
    assert {name: calls.number(name, column) for name in NAMES} == {name: known.get(name) for name in NAMES}


def verdict(program: bytes, machine: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """Run a filter as the kernel does, and return its answer."""
    steps = [
        (int.from_bytes(one[:2], "little"), one[2], one[3], int.from_bytes(one[4:], "little"))
        for one in (program[at : at + 8] for at in range(0, len(program), 8))
    ]
    data = number.to_bytes(4, "little") + machine.to_bytes(4, "little") + bytes(8)
    data += b"".join(one.to_bytes(8, "little") for one in (*arguments, *[0] * (6 - len(arguments))))
    at, held = 0, 0
    while True:
        code, if_true, if_false, constant = steps[at]
        at += 1
        if code == seccomp._RETURN:
            return constant
        if code == seccomp._LOAD:
            held = int.from_bytes(data[constant : constant + 4], "little")
        elif code == seccomp._AND:
            held &= constant
        else:
            is_so = held == constant if code == seccomp._EQUAL else held > constant
            at += if_true if is_so else if_false


@pytest.mark.parametrize("machine", HEADERS)
def test_the_filter_answers_each_call_of_a_machine_as_it_is_meant_to(machine: str) -> None:
    """The filter for aarch64 is run here, step by step, although no such machine is at hand."""
    _, named = seccomp._MACHINES[machine]
    _, known = table(machine)
    program = seccomp.assemble(machine, 1)
    error = seccomp._ERROR
    meant = (
        dict.fromkeys(calls.REFUSED, error | seccomp._EPERM)
        | dict.fromkeys(calls.ABSENT, error | seccomp._ENOSYS)
        | dict.fromkeys(calls.IGNORED, error)
    )
    judged = seccomp._judged(1)
    for name, number in known.items():
        if name not in judged and number <= calls.LAST:
            assert verdict(program, named, number) == meant.get(name, seccomp._ALLOW), name
    assert verdict(program, named, calls.LAST + 1) == error | seccomp._ENOSYS
    assert verdict(program, named ^ 1, known["read"]) == seccomp._KILL
    assert verdict(program, named, known["kill"], (1, 9)) == seccomp._ALLOW
    assert verdict(program, named, known["kill"], (2, 9)) == error | seccomp._EPERM
    thread, process = 0x003D_0F00, 0x0120_0011
    assert verdict(program, named, known["clone"], (thread,)) == seccomp._ALLOW
    assert verdict(program, named, known["clone"], (process,)) == error | seccomp._EPERM


def lines_without(monkeypatch: pytest.MonkeyPatch, machine: str, *off: str) -> list[str]:
    found = tuple(missing(code, "pour voir") if code in off else given(code) for code in doctor.CODES)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(doctor, "protections", lambda: found)
    monkeypatch.setattr("platform.machine", lambda: machine)
    return doctor.report()[len(doctor.CODES) + 1 :]


def test_the_doctor_says_what_it_cannot_vouch_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines_without(monkeypatch, "x86_64") == []
    [line] = lines_without(monkeypatch, "aarch64")
    assert "aarch64" in line
    assert "n’a pas été éprouvé" in line
    [line] = lines_without(monkeypatch, "x86_64", "files", "tcp", "signals")
    assert "rien ne double" in line
    [first, second] = lines_without(monkeypatch, "x86_64", "files", "view", "network", "syscalls")
    assert "peut lire et changer" in first
    assert "réseau" in second


def test_a_wall_stands_as_long_as_one_of_its_three_parts_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    parts = {"landlock": False, "seccomp": False, "namespaces": False}
    monkeypatch.setattr(landlock, "answers", lambda: parts["landlock"])
    monkeypatch.setattr(seccomp, "answers", lambda: parts["seccomp"])

    def protections() -> tuple[object, ...]:
        return tuple(given(code) if parts["namespaces"] else missing(code, "pour voir") for code in doctor.CODES)

    monkeypatch.setattr(doctor, "protections", protections)
    assert not doctor.stands()
    for part in parts:
        parts |= dict.fromkeys(parts, False) | {part: True}
        assert doctor.stands()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not doctor.stands()
