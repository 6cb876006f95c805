"""The editor of a deliverable: a list of rows, a form for the chosen one, a preview; every change is kept in its file.

What is typed is written as soon as the cell is left. The widgets hold nothing of their own: run the cell again, and
the editor shows what the file says.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Any

import ipywidgets as widgets

from casestudies.errors import CasekitError
from casestudies.french import french_digits, short_date
from casestudies.livrables.draft import Draft, DraftConflictError
from casestudies.livrables.figures import picture_of
from casestudies.livrables.model import Cell, Deliverable, Field, Row
from casestudies.livrables.store import Shelf, write_file
from casestudies.studio.apercu import STYLE, preview
from casestudies.studio.clavier import CLASS, KEYBOARD
from casestudies.typography import french

_LABEL = 70
_TO_CHOOSE = "(à choisir)"
_WRAPPED = {"display": "flex", "flex_flow": "row wrap"}


class Editeur:
    """The editor of one deliverable; ``panneau`` is the widget to show."""

    def __init__(self, deliverable: Deliverable, shelf: Shelf, start: Sequence[Row] = ()) -> None:
        """Read the file and build the panel, on the rows of ``start`` when nothing is filled.

        When the file cannot be read, the panel says why.
        """
        self._deliverable = deliverable
        self._shelf = shelf
        self._start = start
        self._quiet = False
        self.panneau = widgets.VBox()
        self.panneau.add_class("ck-edit")
        self.panneau.add_class(CLASS)
        self._open()

    def _open(self) -> None:
        try:
            self._draft = Draft(self._deliverable, self._shelf, self._start)
        except CasekitError as error:
            again = _button("Réessayer", lambda: self._open())
            self.panneau.children = [widgets.HTML(STYLE + _said(str(error), "alert")), again]
            return
        self._build()
        kept = f"Ce que vous écrivez est enregistré dans {self._file()} dès que vous quittez la case."
        self._show(0, f"{kept} Échap : sortir de l’éditeur.")

    def _build(self) -> None:
        self._list = widgets.Select(description="Vos lignes", rows=8)
        self._list.add_class("ck-list")
        self._list.observe(self._chosen, "index")
        self._cells = {one.name: self._cell(one) for one in self._deliverable.fields}
        self._status, self._doubts, self._preview = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._shown: list[Row] | None = None
        following = _button("Ligne suivante", self._next)
        following.layout.align_self = "flex-start"
        self._choice = widgets.Box(layout=widgets.Layout(**_WRAPPED))
        heading = widgets.HTML(f"{STYLE}{KEYBOARD}<p><strong>{escape(french(self._deliverable.title))}</strong></p>")
        self.panneau.children = [
            heading, self._list, self._buttons(), self._status, self._choice, *self._cells.values(),
            following, self._doubts, self._preview,
        ]  # fmt: skip

    def _buttons(self) -> Any:
        draft, here = self._draft, self._here
        actions: list[tuple[str, Callable[[], None]]] = [
            ("Ajouter une ligne", lambda: self._do(lambda: draft.add(here()), "Ligne ajoutée.", first=True)),
            ("Dupliquer", lambda: self._do(lambda: draft.duplicate(here()), "Ligne dupliquée.")),
            ("Supprimer", lambda: self._do(lambda: draft.delete(here()), "Ligne supprimée ; elle peut être rétablie.")),
            ("Annuler la suppression", self._restore),
            ("Monter", lambda: self._do(lambda: draft.move(here(), -1), "")),
            ("Descendre", lambda: self._do(lambda: draft.move(here(), 1), "")),
        ]
        if self._deliverable.figure:
            actions.append(("Exporter la figure", self._export))
        return widgets.Box([_button(name, act) for name, act in actions], layout=widgets.Layout(**_WRAPPED))

    def _cell(self, one: Field) -> Any:
        optional = " (facultatif)" if one.optional else ""
        shared = {
            "description": french(f"<b>{escape(one.label)}</b>{optional} : {escape(one.help)}"),
            "description_allow_html": True,
        }
        if one.type == "choix":
            cell = widgets.Dropdown(options=[(_TO_CHOOSE, "")], **shared)
        elif one.type == "texte":
            cell = widgets.Textarea(continuous_update=False, rows=2, **shared)
        else:
            hint = "jj/mm/aaaa" if one.type == "date" else ""
            cell = widgets.Text(continuous_update=False, placeholder=hint, **shared)
        cell.observe(lambda change: self._typed(one, str(change["new"])), "value")
        return cell

    # --- what people do

    def _chosen(self, change: Any) -> None:
        if self._quiet or change["new"] is None:
            return
        if self._draft.changed_elsewhere and not self._choice.children:
            self._guarded(lambda: self._reload(change["new"]))
        else:
            self._show(change["new"])

    def _next(self) -> None:
        """Show the next row, the keyboard in its first cell."""
        if self._here() + 1 < len(self._draft.rows):
            self._list.index = self._here() + 1
            next(iter(self._cells.values())).focus()
        else:
            self._say("C’est la dernière ligne.")

    def _reload(self, index: int) -> None:
        self._draft.load()
        self._show(index, f"{self._file()} a changé ailleurs : voici ce qu’il contient maintenant.")

    def _typed(self, one: Field, text: str) -> None:
        if not self._quiet:
            self._do(lambda: self._draft.write(self._here(), one.name, text), "")

    def _do(self, act: Callable[[], int | None], said: str, first: bool = False) -> None:
        """Do one thing to the rows, then show them; ``first`` puts the keyboard in the first cell."""

        def done() -> None:
            index = act()
            self._show(self._here() if index is None else index, self._saved(said))
            if first:
                next(iter(self._cells.values())).focus()

        self._guarded(done)

    def _restore(self) -> None:
        if self._draft.deleted:
            self._do(self._draft.restore, "Ligne rétablie.")
        else:
            self._say("Aucune ligne supprimée à rétablir.")

    def _export(self) -> None:
        picture = picture_of(self._deliverable, self._draft.filled)
        if picture is None:
            self._say("La figure ne peut pas encore être dessinée : remplissez d’abord quelques lignes.")
            return
        path = self._shelf.path(self._deliverable, "png")

        def write() -> None:
            write_file(path, picture.png, self._shelf.name(path))
            self._say(f"Figure enregistrée dans {self._shelf.name(path)}.")

        self._guarded(write)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Do something that may meet the file changed elsewhere or not writable; what is typed here is never lost."""
        try:
            act()
        except DraftConflictError:
            self._show(self._here(), "")
            self._ask()
        except CasekitError as error:
            self._show(self._here(), "")
            self._say(f"Pas encore enregistré. {error}", "alert")

    def _ask(self) -> None:
        text = (
            f"{self._file()} a été modifié ou déplacé ailleurs (autre éditeur, tableur). Rien n’a été écrit. "
            "Que garder ? L’autre version sera conservée à côté."
        )
        self._say(text, "alert")
        self._choice.children = [
            _button("Garder ce que je vois ici", lambda: self._settle(self._draft.keep_mine)),
            _button("Reprendre ce que dit le fichier", lambda: self._settle(self._draft.take_theirs)),
        ]

    def _settle(self, choice: Callable[[], str]) -> None:
        def done() -> None:
            aside = choice()
            self._choice.children = []
            self._show(0, f"C’est fait. L’autre version est dans {aside}." if aside else "C’est fait.")

        self._guarded(done)

    # --- what people see

    def _show(self, index: int, said: str = "") -> None:
        """Show the rows, with the form on one of them."""
        rows = self._draft.rows
        index = max(0, min(index, len(rows) - 1))
        self._quiet = True
        try:
            labels = [(_label(self._deliverable, number, row), number) for number, row in enumerate(rows)]
            with self._list.hold_sync():
                if list(self._list.options) != labels:
                    self._list.options = labels
                self._list.index = index
            for one in self._deliverable.fields:
                _put(self._cells[one.name], one, rows[index].get(one.name))
        finally:
            self._quiet = False
        self._doubts.value = "".join(_said(text) for text in self._draft.doubts(index))
        filled = self._draft.filled
        if filled != self._shown:  # a figure takes a moment: not when only another row is chosen
            self._preview.value = preview(self._deliverable, filled)
            self._shown = filled
        if said:
            self._say(said)

    def _say(self, text: str, role: str = "status") -> None:
        self._status.value = _said(text, role)

    def _saved(self, said: str) -> str:
        filled = len(self._draft.filled)
        plural = "s" if filled > 1 else ""
        moment = datetime.now().strftime("%H:%M:%S")
        return f"{said} Enregistré dans {self._file()} à {moment} : {filled} ligne{plural} remplie{plural}.".strip()

    def _file(self) -> str:
        return f"« {self._shelf.name(self._draft.path)} »"

    def _here(self) -> int:
        return int(self._list.index or 0)


def _put(widget: Any, one: Field, cell: Cell) -> None:
    if one.type == "choix":
        text = "" if cell is None else str(cell)
        options = [(_TO_CHOOSE, ""), *((choice, choice) for choice in one.choices)]
        if text and text not in one.choices:
            options.append((f"« {text} » (hors de la liste)", text))
        if list(widget.options) != options:
            widget.options = options
        widget.value = text
    elif isinstance(cell, float | int):
        widget.value = french_digits(cell)
    else:
        widget.value = short_date(cell or "") if one.type == "date" else cell or ""


def _label(deliverable: Deliverable, number: int, row: Row) -> str:
    """Return how a row is named in the list: its number, its group, its first two texts."""
    group = str(row.get(deliverable.groups) or "") if deliverable.groups else ""
    spoken = [
        one.name for one in deliverable.fields if one.type in ("texte", "choix") and one.name != deliverable.groups
    ]
    texts = [str(row[name]) for name in spoken if row.get(name)]
    words = [" ".join(part.split()) for part in (group, *texts[:2]) if part]
    label = f"{number + 1}. {' · '.join(words) or '(vide)'}"
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"


def _said(text: str, role: str = "") -> str:
    attribute = f' role="{role}"' if role else ""
    colour = "#8a1c1c" if role == "alert" else "inherit"
    return f'<p lang="fr"{attribute} style="margin:.2em 0;color:{colour}">{escape(french(text))}</p>' if text else ""


def _button(name: str, act: Callable[[], None]) -> Any:
    button = widgets.Button(description=name)
    button.on_click(lambda _: act())
    return button
