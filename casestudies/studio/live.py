"""What every live panel of a notebook is: a widget that no output shows, found by its key, that answers in French.

The page puts what is alive in the HTML of a cell, so that a notebook opened again, without a kernel, still reads.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from casestudies.errors import CasekitError
from casestudies.typography import french

_LOG = logging.getLogger(__name__)


class LivePanel(anywidget.AnyWidget):
    """A panel with the words that the page says of its own; ``unexpected`` takes the name of an error."""

    unexpected = ""
    key = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, str], **shown: Any) -> None:
        """Give the page its words and what is shown first."""
        super().__init__(words={name: french(text) for name, text in words.items()}, **shown)
        self.key = self.model_id

    def trouble_of(self, act: Callable[[], None]) -> str:
        """Do what the page asks; return the French sentence of what went wrong, empty when nothing did."""
        try:
            act()
        except CasekitError as error:
            return french(str(error))
        except Exception as error:  # whatever happens, the learner reads a sentence and goes on
            _LOG.exception(type(self).__name__)
            return french(self.unexpected.format(type(error).__name__))
        return ""
