"""Opening the home of a study folder: who works there, and what they see."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casestudies
from casestudies import seat
from casestudies.errors import CasekitError
from casestudies.home.documents import document_html
from casestudies.home.page import HomePage
from casestudies.home.standing import standings
from casestudies.identity import HUB_VARIABLE, Identity, being_graded, identify, keep_learner, known_learner, normalise
from casestudies.session import running_shell
from casestudies.study import REVISION, home_of

if TYPE_CHECKING:
    from casestudies.studio.home_live import HomePanel

SAME = "Est-ce la même personne ?"


class Home:
    """The home of one study folder, as one notebook shows it."""

    def __init__(self, root: Path, identity: Identity) -> None:
        """Keep where the notebooks are and who works there."""
        self._root = root
        self._identity = identity
        self._panel: HomePanel | None = None

    @property
    def learner(self) -> str:
        """The learner's identifier, empty when nobody gave one."""
        return "" if self._identity.is_reference else self._identity.learner

    def page(self) -> HomePage:
        """Return what is to be seen now."""
        key = self._panel.key if self._panel else ""
        found = standings(self._root, self._identity.learner)
        revision = (self._root / REVISION).is_file()
        return HomePage(self.learner, found, key, self._notice(), revision, hands_in=hand_in() is not None)

    def live(self) -> None:
        """Put buttons on the page, where there is one and Python can answer it."""
        if self._panel is None and hasattr(running_shell(), "kernel"):
            from casestudies.studio.home_live import HomePanel  # widgets take a moment to load

            self._panel = HomePanel(self.act, self.learner, imposed=bool(os.environ.get(HUB_VARIABLE)))

    def act(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks; return what it may show then: faces, words, a document, a question.

        Raises
        ------
        CasekitError
            When the identifier cannot be used, or the page asks for something unknown.
        """
        match message.get("do"):
            case "look":
                self._identity = identify("", self._root)
                return self._shown("")
            case "identify":
                return self._identify(str(message.get("name", "")), bool(message.get("sure")))
            case "read":
                company, _, name = str(message.get("name", "")).partition("/")
                return {"document": document_html(company, name, self.learner)}
            case "hand-in":
                return {"document": self._hand_in(str(message.get("name", "")))}
        raise CasekitError("Ce bouton n’est pas reconnu : relancez la cellule.")

    def _identify(self, given: str, sure: bool) -> dict[str, Any]:
        """Take another identifier; one that looks like the known one is asked about first."""
        name = normalise(given)
        if not name:
            raise CasekitError("Écrivez l’identifiant que votre formateur vous a donné.")
        known = known_learner(self._root)
        asked = Identity(name, before=known if known != name else "")
        if asked.is_likely_slip and not sure:
            keep, new = f"Oui, garder « {known} »", f"Non, ouvrir « {name} »"
            return {"asks": {"text": _doubt(asked), "keep": keep, "open": new}}
        keep_learner(name, self._root)
        self._identity = identify("", self._root)
        return self._shown(f"Vous travaillez maintenant sous l’identifiant « {self.learner} ».")

    def _shown(self, said: str) -> dict[str, Any]:
        if self._panel:
            self._panel.learner = self.learner
        return {"faces": self.page()._repr_mimebundle_(), "said": said}

    def _hand_in(self, assignment: str) -> str:
        doing = hand_in()
        if doing is None:
            raise CasekitError(f"Remettez tout le dossier « {assignment} », comme votre formateur l’a demandé.")
        return str(doing(self.learner, assignment)._repr_mimebundle_()["text/html"])

    def _notice(self) -> tuple[str, ...]:
        identity = self._identity
        if not identity.before:
            return ()
        if identity.is_likely_slip:
            return (_doubt(identity), f'Si oui, écrivez `accueil("{identity.before}")`, puis exécutez la cellule.')
        return (f"Avant, ce dossier était ouvert pour « {identity.before} », dont la progression est gardée.",)

    def __repr__(self) -> str:
        """Return the plain-text twin."""
        return self.page().text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        self.live()
        return self.page()._repr_mimebundle_()


def hand_in() -> Callable[[str, str], Any] | None:
    """Return what hands in the assignment of a learner (``casestudies.remettre``), None where there is none."""
    return getattr(casestudies, "remettre", None)


def _doubt(identity: Identity) -> str:
    return (
        f"Vous avez écrit « {identity.learner} » ; jusqu’ici, ce dossier était celui de « {identity.before} ». {SAME}"
    )


def accueil(identifiant: str = "") -> Home | None:
    """Show the home of your study folder: where you are, what comes next, your notebooks, documents and glossary.

    Parameters
    ----------
    identifiant
        Your identifier, given by your trainer; it is kept for every notebook of the folder, so once is enough.

    Raises
    ------
    CasekitError
        When the identifier cannot be used; the message is in French.
    """
    if being_graded():
        return None
    seat.install()
    root = home_of(Path.cwd())
    return Home(root, identify(identifiant, root))
