"""Every French text that people read, with where it stands: notebooks, questions, référentiel, case, messages."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import autograder
import casestudies
from autograder.keys.questions import all_keys

ROOT = Path(__file__).parents[2]
PACKAGES = (Path(casestudies.__file__).parent, Path(autograder.__file__).parent)
Text = tuple[str, str]
"""Where a text stands, and the text."""

_NOT_PROSE = re.compile(
    r"«\s?(?:casekit|jupyter|sudo|pip|make)\b[^»]*»|```.*?```|~~~.*?~~~|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|<!--.*?-->|<[^>\n]*>|(?<=\])\([^)\n]*\)"
    r"|https?://\S+|\S+@\S+|\{[^}\n]*\}|\b[\w./-]+\.(?:csv|xlsx|ipynb|md|py|json|toml|pdf|html|log)\b|\b\w+_\w+\b|\b\w+/\w+/[\w/-]+|(?<!\w)\.[a-z]{2,5}\b",
    re.DOTALL,
)
_FRENCH = re.compile(
    r"\b(?:le|la|les|un|une|des|du|de|est|et|ne|pas|vous|votre|vos|pour|dans|par|sur|au|aux|en)\b|[«»’]"
)
_CODE = re.compile(r"\\|^from [\w.]+ import|^import ", re.MULTILINE)
_ENGLISH = re.compile(r"\b(?:the|of|and|is|are|to|with|when|by)\b")


def prose(text: str) -> str:
    """Return ``text`` without code, formulas, links, HTML, field and file names."""
    return _NOT_PROSE.sub(" … ", text)


def notebook_texts() -> Iterator[Text]:
    """Yield the Markdown cells of every notebook, as they stand."""
    for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield f"{path.name}, cellule {cell['id']}", source


def question_texts() -> Iterator[Text]:
    """Yield the titles and hints of every question, and the titles of the reviewed parts."""
    for series in all_keys():
        for question in series:
            yield f"question {question.id}, titre", question.title
            for number, hint in enumerate(question.hints, start=1):
                yield f"question {question.id}, indice {number}", hint
        for review in series.reviews:
            yield f"partie relue {review.id}, titre", review.title


def toml_texts() -> Iterator[Text]:
    """Yield every sentence of the catalogue, the référentiel, the rubrics and the dictionaries of tables."""
    for path in sorted(path for package in PACKAGES for path in package.rglob("*.toml")):
        if path.parent.name == "skeleton":  # not a text yet
            continue
        for where, text in _strings(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if where.endswith((".pattern", ".line", ".form")) or (path.name == "content.toml" and not _is_french(text)):
                continue  # Python's own words, code; names of firms, of sources
            if " " in text:
                yield f"{path.name}, {where}", text


def document_texts() -> Iterator[Text]:
    """Yield the briefs and the documents of every company."""
    for path in sorted(PACKAGES[0].rglob("*.md")):
        yield str(path.relative_to(PACKAGES[0])), path.read_text(encoding="utf-8")


def message_texts() -> Iterator[Text]:
    """Yield the French strings of the two packages' Python: findings, errors, commands."""
    for path in sorted(path for package in PACKAGES for path in package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        ignored = set() if path.parent.name == "cli" else set(_docstrings(tree))
        for node in ast.walk(tree):
            text = _written(node)
            if text and id(node) not in ignored and _is_french(text):
                yield f"{path.parent.name}/{path.name}, ligne {node.lineno}", text  # type: ignore[attr-defined]


def script_texts() -> Iterator[Text]:
    """Yield the French strings of the scripts of widgets."""
    for path in sorted(path for package in PACKAGES for path in package.rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for text in re.findall(r'"([^"\\]*)"', line):
                if _is_french(text):
                    yield f"{path.parent.name}/{path.name}, ligne {number}", text


def all_texts() -> list[Text]:
    """Return every French text that people read, without what is not prose."""
    sources = (notebook_texts, question_texts, toml_texts, document_texts, message_texts, script_texts)
    return [(where, prose(text)) for source in sources for where, text in source()]


def _strings(value: Any, where: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _strings(inner, f"{where}.{key}".strip("."))


def _docstrings(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for statement in body:
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    yield id(statement.value)


def _written(node: ast.AST) -> str:
    """Return the text of a string or of an f-string, its fields as « … »; the parts of an f-string count once."""
    if isinstance(node, ast.JoinedStr):
        parts = node.values
        for part in parts:
            part._part = True  # type: ignore[attr-defined]
        return "".join(str(part.value) if isinstance(part, ast.Constant) else " {…} " for part in parts)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not hasattr(node, "_part"):
        return node.value
    return ""


def _is_french(text: str) -> bool:
    return (
        len(text.split()) >= 3 and bool(_FRENCH.search(text)) and not _ENGLISH.search(text) and not _CODE.search(text)
    )
