"""A plan that looks right and cannot be kept."""

from graphlib import CycleError

import numpy as np
import pytest

from casestudies.market import plan_faults
from casestudies.market.plan_faults import Slot, Task

TASKS = (
    Task("a", "", "x", 2, ()),
    Task("b", "", "x", 3, ("a",), stand_in="y"),
    Task("c", "", "x", 4, ("a",)),
    Task("d", "", "y", 1, ("b", "c")),
)
PRESENT = {"x": np.arange(100), "y": np.arange(100)}


def test_a_sound_plan_has_no_cycle_and_a_wrong_link_makes_one():
    assert plan_faults.cycle(TASKS) == ()
    assert plan_faults.cycle(plan_faults.with_cycle(TASKS, "b", "d")) == ("b", "d")


def test_tasks_are_put_in_order_and_a_cycle_is_refused():
    assert [task.id for task in plan_faults.order(tuple(reversed(TASKS)))] == ["a", "c", "b", "d"]
    with pytest.raises(CycleError):
        plan_faults.order(plan_faults.with_cycle(TASKS, "a", "d"))


def test_a_role_does_one_task_at_a_time():
    slots = plan_faults.schedule(TASKS, PRESENT)
    assert slots == {"a": Slot(0, 1), "b": Slot(2, 4), "c": Slot(5, 8), "d": Slot(9, 9)}
    assert plan_faults.schedule(TASKS, PRESENT, {"c": 2, "b": 5})["b"] == Slot(6, 8)


def test_giving_a_task_to_its_stand_in_saves_time():
    shared = plan_faults.reassigned(TASKS, {"b": "y"})
    assert shared[1].stand_in == "x"
    assert plan_faults.end(plan_faults.schedule(shared, PRESENT)) == 6


def test_absences_stretch_a_task():
    away = PRESENT | {"x": np.array([0, 1, 2, 7, 8, 9, 10, 11, 12])}
    slots = plan_faults.schedule(TASKS, away)
    assert slots["b"] == Slot(2, 8)
    with pytest.raises(ValueError, match="c"):
        plan_faults.schedule(TASKS, PRESENT | {"x": np.arange(6)})


def test_a_task_that_waits_for_nobody_known_is_refused_as_one_that_waits_for_ever():
    with pytest.raises(CycleError):
        plan_faults.order([plan_faults.Task("T01", "", "", 1, ("T99",))])
