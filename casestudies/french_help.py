"""French help for learners: what `?`, Maj + Tab and ``help()`` say of the names that notebooks use.

Docstrings in the code stay in English; in a learner's kernel those of ``french_help.toml`` take their place.
"""

import sys
from functools import cache
from inspect import cleandoc
from operator import attrgetter
from types import FunctionType

from casestudies.strict import packaged
from casestudies.typography import french


@cache
def french_help() -> dict[str, dict[str, str]]:
    """Return the help of each name (« Dossier.table »), by module."""
    read = packaged("casestudies", "french_help.toml")
    return {
        module: {
            name: french(cleandoc(read.table(module).text(name))).replace("`", "") for name in read.table(module).data
        }
        for module in read.data
    }


def translate() -> None:
    """Put the French help in place in the modules loaded by now; call it again after others are loaded."""
    for module, texts in french_help().items():
        loaded = sys.modules.get(module)
        if loaded is not None:
            for name, text in texts.items():
                found = attrgetter(name)(loaded)
                found.__doc__ = text
                if isinstance(found, type):
                    _silence(found)


def _silence(kind: type) -> None:
    """Take out the English words of what a class keeps to itself: ``help`` and `?` show them too."""
    for name, own in vars(kind).items():
        if name.startswith("_") and isinstance(own, FunctionType):
            own.__doc__ = ""  # without one, Python shows that of its own object
