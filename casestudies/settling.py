"""The texts of a whole document, settled once before it is made: French typography, nothing that no file can hold."""

from typing import Any

from casestudies.spreadsheets import showable
from casestudies.typography import french


def settled(value: Any) -> Any:
    r"""Settle the typography of every text, and drop what no document can hold.

    >>> settled({"titre": ["Combien ?\x00"]})
    {'titre': ['Combien\xa0?']}
    """
    if isinstance(value, str):
        return french(showable(value))
    if isinstance(value, dict):
        return {name: settled(one) for name, one in value.items()}
    return [settled(one) for one in value]
