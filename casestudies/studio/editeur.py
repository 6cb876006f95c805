"""The editor of a deliverable: a grid of all its rows, every change kept in its file as soon as a cell is left.

The page shows the grid and says what people do; Python writes the file and says what it holds. Nothing lives in the
page alone: run the cell again, and the grid shows what the file says. As for the panels of questions, no output shows
the widget itself: a notebook opened again without a kernel says where the rows are.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from casestudies.errors import CasekitError
from casestudies.livrables.cells import FileError, doubt_of, typed
from casestudies.livrables.draft import Draft, DraftConflictError
from casestudies.livrables.exports import exported
from casestudies.livrables.figures import picture_of
from casestudies.livrables.model import Deliverable, Field, Row
from casestudies.livrables.sharing import Sharing
from casestudies.livrables.store import Shelf, write_file
from casestudies.livrables.template import write_xlsx
from casestudies.livrables.totals import totals_of
from casestudies.studio.page_scripts import page_script
from casestudies.typography import french

HERE = Path(__file__).parent
WORDS = {
    "add": "Ajouter une ligne",
    "copy": "Dupliquer",
    "delete": "Supprimer",
    "up": "Monter",
    "down": "Descendre",
    "undo": "Annuler",
    "workbook": "Ouvrir dans un tableur",
    "share": "Partager",
    "calendar": "Mettre dans un agenda",
    "board": "Mettre dans un tableau de tâches",
    "figure": "Voir la figure",
    "export": "Enregistrer la figure",
    "mine": "Garder ce que je vois ici",
    "theirs": "Reprendre ce que dit le fichier",
    "again": "Réessayer",
    "tools": "Lignes du tableau",
    "row": "Ligne",
    "pick": "(à choisir)",
    "outside": "« {} » (hors de la liste)",
    "optional": "facultatif",
    "keys": "Au clavier",
    "help": "Flèches : changer de case. Entrée, F2 ou directement le texte : écrire ; puis Entrée : valider et "
    "descendre, Tab : valider et passer à droite, Échap : abandonner. Échap dans une case que l’on n’écrit pas : "
    "sortir du tableau. Suppr : vider la case. Alt + Entrée : aller à la ligne dans la case. Alt + ↑ ou ↓ : déplacer "
    "la ligne. Ctrl + C et Ctrl + V : copier une case, coller des cases copiées d’un tableur. Ctrl + Z : annuler la "
    "dernière modification.",
    "drawing": "La figure se dessine…",
    "no_figure": "La figure ne peut pas encore être dessinée : remplissez d’abord quelques lignes.",
    "downloaded": "{} est téléchargé. Pour reprendre ici ce que vous y changez, copiez vos lignes dans le tableur et "
    "collez-les dans la première case.",
    "unheard": "Python ne répond pas : ce que vous venez d’écrire reste ici, mais n’est pas encore enregistré. "
    "Attendez la fin du calcul en cours ; si rien ne change, copiez votre texte, puis relancez la cellule.",
    "lost": "Python s’est arrêté avant d’enregistrer ceci. Copiez-le, puis relancez la cellule :",
}
"""What the page says of its own."""
ASKING = (
    "{} a été modifié ou déplacé ailleurs (autre éditeur, tableur). Rien n’a été écrit. Que garder ? L’autre version "
    "sera conservée à côté."
)
UNEXPECTED = "Ce geste n’a pas pu être fait ({}). Ce qui est dans {} n’a pas changé : relancez la cellule."
_LOG = logging.getLogger(__name__)

Act = Callable[[Mapping[str, Any]], str]
"""What does one thing that the page asks, and returns what is said then."""


class Grid(anywidget.AnyWidget):
    """The grid of one deliverable; ``shown`` is all that the page needs to draw it."""

    _esm = page_script(HERE / "editeur.js")
    _css = HERE / "editeur.css"
    key = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, deliverable: Deliverable, shelf: Shelf, start: Sequence[Row] = ()) -> None:
        """Read the file, or show the rows of ``start`` when nothing is filled; say why when it cannot be read."""
        super().__init__(words={name: french(text) for name, text in WORDS.items()})
        self.key = self.model_id
        self._deliverable, self._shelf, self._start = deliverable, shelf, start
        self._draft: Draft | None = None
        self._heard: dict[str, int] = {}
        self._step = 0
        self._conflict = False
        self.hear({"do": "open"})
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """Do what the page asks, and tell it what there is to see; what goes wrong is a French sentence."""
        asked = message if isinstance(message, dict) else {}
        said, trouble = "", ""
        try:
            said = self._do(asked)
            self._conflict = self._conflict and self._opened.unsaved
        except DraftConflictError:
            self._conflict = True
        except CasekitError as error:
            trouble = f"Pas encore enregistré. {error}" if self._draft and self._draft.unsaved else str(error)
        except Exception as error:  # whatever happens, the learner reads a sentence and goes on
            _LOG.exception("an editor")
            trouble = UNEXPECTED.format(type(error).__name__, self._file())
        self._heard[str(asked.get("page"))] = asked.get("number", 0)
        self._tell(said, trouble)

    def _do(self, asked: Mapping[str, Any]) -> str:
        if self._draft is None:
            return self._open()
        acts: dict[object, Act] = {
            "look": self._look, "write": self._write, "paste": self._paste, "insert": self._insert,
            "delete": self._delete, "move": self._move, "undo": self._undo, "mine": self._settle,
            "theirs": self._settle, "figure": self._figure, "export": self._export, "workbook": self._workbook,
            "share": self._share, "calendar": self._take_away, "board": self._take_away,
        }  # fmt: skip
        act = acts.get(asked.get("do"))
        return act(asked) if act else ""

    # --- what people do

    def _open(self) -> str:
        self._draft = Draft(self._deliverable, self._shelf, self._start)
        return f"Ce que vous écrivez est enregistré dans {self._file()} dès que vous quittez la case."

    def _look(self, asked: Mapping[str, Any]) -> str:
        """Read a file that changed elsewhere, unless something here is not in it."""
        draft = self._opened
        if draft.unsaved:
            draft.save()
            return self._saved("")
        if not draft.changed_elsewhere:
            return ""
        draft.load()
        return f"{self._file()} a changé ailleurs : voici ce qu’il contient maintenant."

    def _write(self, asked: Mapping[str, Any]) -> str:
        draft = self._opened
        stale = asked.get("edition", draft.edition) != draft.edition
        draft.write(str(asked["row"]), self._column(asked).name, str(asked["text"]), stale)
        return self._saved("")

    def _paste(self, asked: Mapping[str, Any]) -> str:
        pasted = self._opened.paste(str(asked["row"]), self._column(asked).name, str(asked["text"]))
        said = f"{_counted(len(pasted.rows), 'ligne')}, {_counted(pasted.cells, 'case')} : c’est collé."
        if pasted.outside:
            said += f" {_counted(pasted.outside, 'case')} à droite de la dernière colonne : à recopier vous-même."
        return self._saved(said)

    def _insert(self, asked: Mapping[str, Any]) -> str:
        copied = bool(asked.get("copied"))
        self._opened.insert(str(asked["row"]), str(asked["after"]), copied)
        return self._saved("Ligne dupliquée." if copied else "Ligne ajoutée.")

    def _delete(self, asked: Mapping[str, Any]) -> str:
        self._opened.delete(str(asked["row"]))
        return self._saved("Ligne supprimée ; « Annuler » la rétablit.")

    def _move(self, asked: Mapping[str, Any]) -> str:
        self._opened.move(str(asked["row"]), 1 if asked["step"] == 1 else -1)
        return self._saved("Ligne déplacée.")

    def _undo(self, asked: Mapping[str, Any]) -> str:
        return self._saved("Modification annulée.") if self._opened.undo() else "Rien à annuler."

    def _settle(self, asked: Mapping[str, Any]) -> str:
        aside = self._opened.keep_mine() if asked["do"] == "mine" else self._opened.take_theirs()
        self._conflict = False
        return f"C’est fait. L’autre version est dans « {aside} »." if aside else "C’est fait."

    def _figure(self, asked: Mapping[str, Any]) -> str:
        picture = picture_of(self._deliverable, self._opened.filled)
        self.send({"figure": picture.address if picture else "", "text": picture.text if picture else ""})
        return ""

    def _export(self, asked: Mapping[str, Any]) -> str:
        picture = picture_of(self._deliverable, self._opened.filled)
        if picture is None:
            return WORDS["no_figure"]
        path = self._shelf.path(self._deliverable, "png")
        write_file(path, picture.png, self._shelf.name(path))
        return f"Figure enregistrée dans « {self._shelf.name(path)} »."

    def _workbook(self, asked: Mapping[str, Any]) -> str:
        """Send the workbook: the one that holds the rows, else a new one with its lists and its help."""
        draft = self._opened
        kept = draft.path.suffix == ".xlsx" and draft.path.is_file()
        content = draft.path.read_bytes() if kept else write_xlsx(self._deliverable, draft.rows)
        self.send({"file": f"{self._deliverable.slug}.xlsx"}, [content])
        return ""

    def _share(self, asked: Mapping[str, Any]) -> str:
        """Write and send the workbook that travels: it is known here when it comes back."""
        path = Sharing(self._shelf, "").write(self._deliverable)
        self.send({"file": path.name, "said": True}, [path.read_bytes()])
        call = f'dossier.fusionner("{self._deliverable.slug}", "{path.name}")'
        return f"{path.name} est téléchargé : envoyez-le. Quand il revient, glissez-le ici et lancez {call}."

    def _take_away(self, asked: Mapping[str, Any]) -> str:
        """Send the calendar or the table for a task board."""
        made = exported(self._deliverable, self._opened.filled, datetime.now(UTC))
        name = list(made)[0 if asked["do"] == "calendar" else 1]
        self.send({"file": name, "said": True}, [made[name]])
        return f"{name} est téléchargé : importez-le où vous suivez vos actions."

    # --- what people see

    def _tell(self, said: str, trouble: str) -> None:
        """Tell the page what there is to see."""
        self._step += 1
        draft = self._draft
        alert = trouble or (ASKING.format(self._file()) if self._conflict else "")
        self.shown = {
            "step": self._step, "heard": dict(self._heard), "said": french(said), "alert": french(alert),
            "title": french(self._deliverable.title), "open": draft is not None, "asking": self._conflict,
            "agenda": self._deliverable.agenda is not None, "figure": bool(self._deliverable.figure),
            "undo": draft is not None and draft.can_undo,
            **(self._table(draft) if draft else {}),
        }  # fmt: skip

    def _table(self, draft: Draft) -> dict[str, Any]:
        fields = self._deliverable.columns(list(draft.lines.values()))
        return {
            "edition": draft.edition,
            "columns": [_described(one) for one in fields],
            "rows": [[key, [_cell(one, row) for one in fields]] for key, row in draft.lines.items()],
            "totals": [french(text) for text in totals_of(self._deliverable, draft.rows)],
        }

    def _saved(self, said: str) -> str:
        moment = datetime.now().strftime("%H:%M:%S")
        filled = len(self._opened.filled)
        plural = "s" if filled > 1 else ""
        return f"{said} Enregistré dans {self._file()} à {moment} : {filled} ligne{plural} remplie{plural}.".strip()

    @property
    def _opened(self) -> Draft:
        assert self._draft is not None  # nothing else is asked of a file that could not be read
        return self._draft

    def _column(self, asked: Mapping[str, Any]) -> Field:
        name = str(asked["column"])
        known = self._deliverable.columns(list(self._opened.lines.values()))
        found = next((one for one in known if one.name == name), None)
        if found is None:
            raise FileError.of(self._file(), f"la colonne « {name} » n’y est plus.", "Relancez la cellule.")
        return found

    def _file(self) -> str:
        path = self._draft.path if self._draft else self._shelf.place(self._deliverable)
        return f"« {self._shelf.name(path)} »"


class Editeur:
    """What a cell shows of an editor: the place of the grid, and where the rows are when no kernel runs."""

    def __init__(self, deliverable: Deliverable, shelf: Shelf, start: Sequence[Row] = ()) -> None:
        """Open the grid."""
        self._title = french(deliverable.title)
        self._place = f"{shelf.name(shelf.path(deliverable, 'csv').parent)}/"
        self.grid = Grid(deliverable, shelf, start)

    def __repr__(self) -> str:
        """Say where the rows are."""
        return french(
            f"{self._title} : vos lignes sont dans le dossier « {self._place} ». Lancez cette cellule pour ouvrir "
            "l’éditeur."
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        still = f'<p class="ck-still">{escape(repr(self))}</p>'
        html = f'<div data-casekit-editeur="{escape(self.grid.key)}" lang="fr">{still}</div>'
        return {"text/plain": repr(self), "text/html": html}


def _described(one: Field) -> dict[str, Any]:
    return {
        "name": one.name, "label": french(one.label), "help": french(one.help), "type": one.type,
        "choices": list(one.choices), "optional": one.optional,
    }  # fmt: skip


def _cell(one: Field, row: Row) -> list[str]:
    """Return what is typed in a cell, and what is doubtful in it."""
    cell = row.get(one.name)
    return [typed(one, cell), french(doubt_of(one, cell))]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
