"""The language of a notebook: other kernels of Python are as good, other languages cannot be graded."""

import re
from typing import Any

from autograder.grading.triage.refusal import RefusedError

_OTHER_KERNELS = {
    "ir": "R", "xr": "R", "javascript": "JavaScript", "jslab": "JavaScript", "deno": "TypeScript",
    "tslab": "TypeScript", "octave": "Octave", "bash": "Bash", "scala": "Scala", "stata": "Stata",
    "matlab": "MATLAB", "java": "Java", "gophernotebook": "Go", "gonb": "Go", "rust": "Rust", "ruby": "Ruby",
}  # fmt: skip
"""Kernels recognised by name when the notebook does not say its language."""
_PYTHON = re.compile(r"i?python|py\d|pyodide|pyolite|xpython|sage", re.IGNORECASE)


def refuse_other_languages(metadata: dict[str, Any]) -> None:
    """Do nothing when a notebook's ``metadata`` say Python, under whatever kernel, or say nothing.

    Raises
    ------
    RefusedError
        When they say another language.
    """
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    said = str(info.get("name") or kernel.get("language") or "")
    if not said:
        said = _OTHER_KERNELS.get(re.split(r"[\d.-]", str(kernel.get("name") or "").lower())[0], "")
    if said and not _PYTHON.match(said):
        raise RefusedError(
            f"le notebook est réglé sur un noyau {said[:30]}, pas sur Python.",
            "Demandez de l’ouvrir dans JupyterLab, de choisir « Noyau > Changer de noyau… > Python 3 », de tout "
            "exécuter, puis de redéposer.",
            "autre-langage",
        )
