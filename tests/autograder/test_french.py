"""A number or a date is read in the same way where a learner writes it and where it is checked."""

import pytest

from autograder.keys.checks.dates import read_date
from autograder.keys.checks.reading import read_number
from casestudies.french import date_in, number_in


@pytest.mark.parametrize("text", ["1 234,50 €", "−0.5", ",5", "1’234", "12 j", "1,2.3.4", "environ 3", "12 kg", ""])
def test_a_number_is_read_in_one_way(text: str) -> None:
    found = read_number(text)
    assert (None if found is None else found.value) == number_in(text)


@pytest.mark.parametrize(
    "text", ["2027-01-06", "06/01/27", "6.1.2027", "mercredi 6 janv. 2027", "2027-01-06T09:30", "6 jui 2027", "demain"]
)
def test_a_date_is_read_in_one_way(text: str) -> None:
    assert read_date(text) == date_in(text)
