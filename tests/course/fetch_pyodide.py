"""Fill ``build/pyodide`` with a whole Pyodide, numpy and pandas included, for the tests of the learner's side.

It comes from a wheel on PyPI that carries one (106 MB), whose hash is checked; what is there already is kept.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

TARGET = Path(__file__).parents[2] / "build" / "pyodide"
WHEEL = "open-webui==0.12.4 --hash=sha256:02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
INSIDE = "open_webui/frontend/pyodide/"
PIP = [
    sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
    "--only-binary=:all:", "--ignore-requires-python",
]  # fmt: skip


def main() -> None:
    """Download the wheel and unpack what is Pyodide in it."""
    if (TARGET / "pyodide.mjs").is_file():
        return
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent) as temporary:
        asked = Path(temporary, "asked.txt")
        asked.write_text(WHEEL, encoding="utf-8")
        subprocess.run([*PIP, "--dest", temporary, "-r", asked], check=True)
        with zipfile.ZipFile(next(Path(temporary).glob("*.whl"))) as wheel:
            wheel.extractall(temporary, [name for name in wheel.namelist() if name.startswith(INSIDE)])
        for path in sorted(Path(temporary, INSIDE).iterdir(), key=lambda path: path.name == "pyodide.mjs"):
            path.replace(TARGET / path.name)


if __name__ == "__main__":
    main()
