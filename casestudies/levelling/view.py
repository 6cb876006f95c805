"""What a learner reads to level their own work: the descriptions to choose from, then three copies beside theirs.

Levels are called by their names, never by a number of points.
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any

from casestudies.display import TONES, Card, html_table, inline
from casestudies.french import french_date, french_list, short_number
from casestudies.levelling.kept import MAX_REASON, OwnLevel
from casestudies.levelling.model import LevelGuide, SampleCopy, SampleTable, mark_code
from casestudies.levelling.own_levels import Levelling
from casestudies.livrables.blocks import paragraphs_of
from casestudies.livrables.plan_html import block_html
from casestudies.typography import french

TITLE = "Situez votre travail"
INTRODUCTION = (
    "Relisez votre travail ({work}). Cochez, dans les quatre descriptions, les phrases qui lui correspondent, puis "
    "choisissez celle qui lui ressemble le plus. Vous verrez ensuite trois copies d’exemple, sur une autre entreprise."
)
AGAIN = "Votre travail a changé depuis : vous pouvez le situer de nouveau."
NOT_A_MARK = (
    "Ceci n’est pas une note. Si vous remettez ce travail, votre formateur verra votre choix, après avoir donné son "
    "propre niveau."
)
COMPARED = "Votre travail et trois copies d’exemple"
REVISE = (
    "Pour réviser : corrigez votre réponse, relancez sa cellule puis sa vérification ; vous pourrez alors situer de "
    "nouveau votre travail."
)
ORDINALS = ("première", "deuxième", "troisième", "quatrième")
_LETTERS = "ABC"


def introduction_of(standing: Levelling) -> tuple[str, ...]:
    """Return what is said before the descriptions."""
    titles = [f"« {title} »" for title in standing.guide.titles]
    return (
        *((AGAIN,) if standing.given else ()),
        INTRODUCTION.format(work=french_list(titles)),
        NOT_A_MARK,
    )


def form_of(standing: Levelling) -> dict[str, Any]:
    """Return what the page needs to ask for a level: nothing to fill when the work has one already."""
    if not standing.is_open:
        return {"open": False}
    return {
        "open": True,
        "title": TITLE,
        "introduction": [inline(text) for text in introduction_of(standing)],
        "legend": french("Quelle description ressemble le plus à votre travail ?"),
        "descriptions": descriptions_of(standing.guide),
        "reason": french("Pourquoi celle-là ? (facultatif)"),
        "limit": MAX_REASON,
    }


def descriptions_of(guide: LevelGuide) -> list[dict[str, Any]]:
    """Return the descriptions as a page asks about them: sentence by sentence, without the names of the levels."""
    return [
        {
            "level": one.level,
            "label": french(f"La {ORDINALS[rank]}"),
            "sentences": [[mark_code((one.level, place)), inline(text)] for place, text in enumerate(one.sentences)],
        }
        for rank, one in enumerate(guide.descriptions)
    ]


def asking_card(question: str, standing: Levelling) -> Card:
    """Return the descriptions as a card, and how to choose one without buttons."""
    how = (
        f'Écrivez par exemple `dossier.situer("{question}", 3, "Ma raison en une phrase.", "3a 2b")` : le numéro de la '
        "description, pourquoi, et les phrases que vous reconnaissez."
    )
    items = tuple(
        " ".join(f"{mark_code((one.level, place))}. {text}" for place, text in enumerate(one.sentences))
        for one in standing.guide.descriptions
    )
    return Card(TITLE, symbol="○", paragraphs=(*introduction_of(standing), how), items=items)


def line_of(question: str, standing: Levelling) -> str:
    """Return the sentence that says, without buttons, where one stands and what to type."""
    typed = f'`dossier.situer("{question}")`'
    if standing.is_open:
        again = f"{AGAIN} " if standing.given else ""
        return f"{again}Où situez-vous ce travail ? Écrivez {typed} dans une cellule : vous lirez quatre descriptions."
    return f"{history_of(standing.guide, standing.given)} {typed} montre trois copies d’exemple à côté."


def history_of(guide: LevelGuide, given: Iterable[OwnLevel]) -> str:
    """Return the levels given, with their times, as one sentence."""
    told = [f"« {guide.description(one.level).name} » le {time_of(one.at)}" for one in given]
    return f"Vous avez situé ce travail à {', puis à '.join(told)}."


def time_of(at: datetime) -> str:
    """Return a time as it is written in a sentence, where the reader is."""
    here = at.astimezone()
    return f"{french_date(here.date())} à {here.hour} h {here.minute:02}"


class LevelComparison:
    """A level given, beside those of sample copies: as HTML and as text."""

    title, own, copy, ending = COMPARED, "Votre travail", "Copie", REVISE

    def __init__(self, standing: Levelling) -> None:
        """Compare the level given last; ``standing`` has one."""
        assert standing.last is not None
        self._guide, self._given, self._own = standing.guide, standing.given, standing.last

    @property
    def said(self) -> str:
        """What is announced once a level is given."""
        return f"Vous situez ce travail à « {self._name(self._own.level)} ». Trois copies d’exemple sont affichées."

    def card(self) -> Card:
        """Return it as a card whose HTML holds the copies too."""
        shown = {"text/html": self.html(unfolded=True)}
        return Card(self.title, symbol="●", paragraphs=(self.text(),), extra=shown)

    def text(self) -> str:
        """Return it as text, the copies included."""
        reasons = (
            f"{heading} : {reason}" for heading, reason in (self._own_words(), *map(self._words, self._copies()))
        )
        copies = (copy_text(f"{self.copy} {letter}", one) for letter, one in self._copies())
        told = (self.history(), *reasons, *self._differences(), self._guide.context)
        return "\n".join(filter(None, (*told, *copies, self.ending)))

    def history(self) -> str:
        """Return the levels given so far, as one sentence."""
        return history_of(self._guide, self._given)

    def html(self, unfolded: bool = False) -> str:
        """Return it as HTML; folded, one line stays in sight."""
        summary = f'<summary style="cursor:pointer;font-weight:600">{escape(french(self.title))}</summary>'
        copies = (
            _beside(*self._words((letter, one)), folded=copy_html(f"{self.copy} {letter}", one))
            for letter, one in self._copies()
        )
        return (
            f'<details class="ck-compared" lang="fr" style="max-width:46em;margin:.5em 0 0;line-height:1.5"'
            f"{' open' if unfolded else ''}>{summary}{_paragraph(self.history())}"
            f"{_beside(*self._own_words(), *self._differences())}{_paragraph(self._guide.context)}{''.join(copies)}"
            f"{_paragraph(self.ending)}</details>"
        )

    def _own_words(self) -> tuple[str, str]:
        return f"{self.own} – {self._name(self._own.level)}", self._own.reason or "Vous n’avez pas écrit de raison."

    def _words(self, lettered: tuple[str, SampleCopy]) -> tuple[str, str]:
        letter, one = lettered
        return f"{self.copy} {letter} – {self._name(one.level)}, {beside(one.level - self._own.level)}", one.reason

    def _copies(self) -> list[tuple[str, SampleCopy]]:
        return list(zip(_LETTERS, self._guide.copies, strict=False))

    def _differences(self) -> list[str]:
        """Say which sentences, recognised or not, do not go with the description chosen."""
        chosen = self._guide.description(self._own.level)
        if not self._own.seen or self._own.rubric != self._guide.rubric:
            return []
        found = []
        for one in self._guide.descriptions:
            seen = [text for place, text in enumerate(one.sentences) if (one.level, place) in self._own.seen]
            missing = [text for text in one.sentences if text not in seen]
            if one is chosen and missing:
                found.append(f"De la description « {one.name} », vous n’avez pas reconnu : {_cited(missing)}.")
            elif seen and one is not chosen:
                found.append(f"De la description « {one.name} », vous avez reconnu : {_cited(seen)}.")
        return found or [f"Vous avez reconnu toute la description « {chosen.name} », et rien d’une autre."]

    def _name(self, level: int) -> str:
        return self._guide.description(level).name


def beside(levels: int) -> str:
    """Return how far a copy is from one's own level, in words.

    >>> beside(0), beside(1), beside(-2)
    ('comme le vôtre', 'un niveau au-dessus du vôtre', 'deux niveaux au-dessous du vôtre')
    """
    if not levels:
        return "comme le vôtre"
    count = ("un niveau", "deux niveaux", "trois niveaux")[abs(levels) - 1]
    return f"{count} {'au-dessus' if levels > 0 else 'au-dessous'} du vôtre"


def _beside(heading: str, *told: str, folded: str = "") -> str:
    style = f"border-left:3px solid {TONES['neutral'][0]};margin:.6em 0 0;padding-left:.7em"
    title = f'<p style="margin:0;font-weight:600">{inline(heading)}</p>'
    return f'<div style="{style}">{title}{"".join(map(_paragraph, told))}{folded}</div>'


def _paragraph(text: str) -> str:
    return f'<p style="margin:.4em 0 0">{inline(text)}</p>' if text else ""


def _cited(sentences: Iterable[str]) -> str:
    return " ; ".join(f"« {text.rstrip('.')} »" for text in sentences)


def copy_html(name: str, copy: SampleCopy) -> str:
    """Return a sample copy, folded under its name: « Copie A »."""
    tables = "".join(html_table(one.title, one.columns, _cells(one), short=12) for one in copy.tables)
    text = "".join(block_html(kind, lines) for kind, lines in paragraphs_of(copy.text))
    summary = f'<summary style="cursor:pointer">{escape(french(f"Lire la {name[:1].lower()}{name[1:]}"))}</summary>'
    scroll = f'<div role="group" tabindex="0" aria-label="{escape(name)}" style="overflow-x:auto">{tables}{text}</div>'
    return f'<details style="margin:.4em 0 0">{summary}{scroll}</details>'


def _cells(table: SampleTable) -> list[tuple[str, ...]]:
    return [tuple(cell if isinstance(cell, str) else short_number(cell) for cell in row) for row in table.rows]


def copy_text(name: str, copy: SampleCopy) -> str:
    """Return a sample copy as text, under its name."""
    tables = ["\n".join((one.title, *(" | ".join(row) for row in (one.columns, *_cells(one))))) for one in copy.tables]
    return "\n\n".join((name, *tables, copy.text))
