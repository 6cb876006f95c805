"""The course's configuration: everything is said in the kit, so that every course of it is graded alike."""

from autograder.course.configuration import configure

configure(get_config(), __file__)  # noqa: F821  (given by nbgrader)
