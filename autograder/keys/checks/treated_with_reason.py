"""Rule: each option is kept or set aside, and never set aside without a reason."""

from dataclasses import dataclass
from textwrap import shorten

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import label, rows, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class TreatedWithReason:
    """In each row, ``status`` says ``kept`` or ``aside``; a row set aside has its ``reason``.

    ``name`` is the column that names the row. A blank status is left to other rules.
    """

    name: str
    status: str
    kept: str
    aside: str
    reason: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that is neither, and per row set aside without a reason."""
        remarks = []
        for row, (title, status, reason) in rows(answer, self.name, self.status, self.reason):
            where = f"Ligne {row}" if is_blank(title) else f"« {shorten(label(title), 60, placeholder='…')} »"
            if is_blank(status) or plain(status) == plain(self.kept):
                continue
            if plain(status) != plain(self.aside):
                remarks.append(
                    f"{where} : {shown(status)} dans « {self.status} » ; on attend « {self.kept} » ou « {self.aside} »."
                )
            elif is_blank(reason):
                remarks.append(
                    f"{where} : écarté sans motif. Dites pourquoi dans « {self.reason} », par un fait du cas."
                )
        return remarks
