"""What the home shows, as HTML and as text; buttons come on top where Python can make them (``studio/home_live``).

Everything can be read and every link followed without a kernel: in a notebook opened again, or written in advance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from casestudies.display import inline
from casestudies.home.documents import documents_of, typed
from casestudies.home.standing import NotebookStanding, current
from casestudies.home.summary import assessment_title
from casestudies.livrables.loading import outlines
from casestudies.livrables.places import FOLDER
from casestudies.names import name_of, of_name
from casestudies.revision.glossary import THEMES, glossary
from casestudies.study import REVISION
from casestudies.typography import french

ASKING = 'Écrivez votre identifiant dans la cellule au-dessus, `accueil("votre.identifiant")`, puis exécutez-la.'
ALL_DONE = "Toutes les questions sont réussies : relisez vos parties rédigées, puis remettez."
VALUED = (
    "Racontez, compétence par compétence, ce que vous avez vécu et appris. Dans un notebook, "
    '`dossier.editeur("valorisation")` ouvre vos récits et `dossier.valorisation()` assemble le dossier, en Word et en '
    "PDF : il dit ce qui manque."
)
NOBODY = "Votre identifiant n’est pas encore connu : vous verriez les chiffres de l’édition de référence."


@dataclass(frozen=True)
class HomePage:
    """One learner's home: ``found`` are the notebooks of the study folder; ``key`` names what puts buttons here.

    ``learner`` is empty when nobody gave an identifier; ``notice`` is what is said of a changed one. ``revision`` says
    whether the folder has the daily revision, ``hands_in`` whether an assignment can be handed in from here.
    """

    learner: str
    found: Sequence[NotebookStanding]
    key: str = ""
    notice: tuple[str, ...] = ()
    revision: bool = True
    hands_in: bool = False

    def text(self) -> str:
        """Return it as plain text."""
        told = [self._who(), *(() if self.learner else (ASKING,)), *self.notice, self.action()]
        told += [f"{one.notebook.assessment} · {one.notebook.heading} : {counted(one)}" for one in self.found]
        return french("\n".join(told)).replace("`", "")

    def html(self) -> str:
        """Return it as HTML."""
        asking = "" if self.learner else f'<p class="ck-still">{inline(ASKING)}</p>'
        who = "".join(f"<p>{inline(line)}</p>" for line in (self._who(), *self.notice)) + asking
        parts = [f'<div class="ck-who">{who}</div>', self._go()]
        codes = dict.fromkeys(one.notebook.assessment for one in self.found)
        parts += [
            self._assessment(code, [one for one in self.found if one.notebook.assessment == code]) for code in codes
        ]
        parts.append(self._help())
        return (
            f'<div class="ck-home" data-casekit-home="{escape(self.key)}" lang="fr"'
            f' style="line-height:1.5;font-family:system-ui,sans-serif">{"".join(parts)}</div>'
        )

    def action(self) -> str:
        """Return what there is to do now: begin, or go on with a question."""
        now = current(self.found)
        if now is None:
            return ALL_DONE if self.found else ""
        question = now.next
        if question is None or not now.last:
            return f"Commencer : {now.notebook.heading}"
        return f"Reprendre : question {now.notebook.rank(question.id)}"

    def _who(self) -> str:
        if self.learner:
            return f"Vous travaillez sous l’identifiant « {self.learner} » : les chiffres sont les vôtres."
        return NOBODY

    def _go(self) -> str:
        now = current(self.found)
        if now is None:
            return f"<p>{inline(self.action())}</p>" if self.found else ""
        link = _link(now.notebook.file, self.action(), "ck-go", resumes=bool(now.last))
        if not now.last or now.next is None:
            return f'<p class="ck-now">{link}</p>'
        where = f"« {now.next.title} », sur {len(now.notebook.questions)} questions — {now.notebook.heading}"
        return f'<p class="ck-now">{link} <span>{inline(where)}</span></p>'

    def _assessment(self, code: str, found: Sequence[NotebookStanding]) -> str:
        cards = "".join(map(_card, found))
        folder = found[0].notebook.folder
        done = sum(not one.next for one in found)
        said = f"Notebooks dont toutes les questions sont réussies : {done} sur {len(found)}."
        button = f' data-casekit-hand-in="{escape(folder)}"' if self.hands_in else ""
        hand_in = (
            f'<li class="ck-card"{button}><h3>{inline(f"Remettre {code}")}</h3>'
            f"<p>{inline(said)}</p><p>{inline(self._handing_in(folder))}</p></li>"
        )
        title = f"{code} · {assessment_title(code)}" if assessment_title(code) else code
        return f'<h2>{inline(title)}</h2><ul class="ck-cards">{cards}{_plan(code, folder)}{hand_in}</ul>'

    def _handing_in(self, folder: str) -> str:
        save = "Enregistrez d’abord vos notebooks"
        if self.hands_in:
            return f'{save}. Sans bouton ici, écrivez `remettre("{self.learner}", "{folder}")` dans une cellule.'
        return f"{save}, puis remettez tout le dossier « {folder} », comme votre formateur l’a demandé."

    def _help(self) -> str:
        companies = dict.fromkeys(one.notebook.company for one in self.found)
        daily = f"<p>{_link(REVISION, 'Révision : cinq minutes par jour')}</p>" if self.revision else ""
        documents = "".join(map(_documents, companies))
        valued = f"<h2>{inline('Votre dossier de valorisation')}</h2><p>{inline(VALUED)}</p>"
        return f"{valued}<h2>{inline('Pour vous aider')}</h2>{daily}{documents}{_glossary()}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": self.text(), "text/html": self.html()}

    def __repr__(self) -> str:
        """Return the plain-text twin."""
        return self.text()


def _plan(code: str, folder: str) -> str:
    """Return what tells how the plan of an assessment is assembled; nothing when it has none."""
    outline = outlines().get(code)
    if outline is None:
        return ""
    about = f" {of_name(outline.company)}" if outline.company else ""
    said = (
        f"{outline.title}{about} : vos pièces rassemblées en une page, un fichier Word et un PDF, avec couverture et "
        f'synthèse. Dans un notebook, écrivez `dossier.plan("{code}")` ; il est ensuite dans `{folder}/{FOLDER}`.'
    )
    return f'<li class="ck-card"><h3>{inline(f"Le plan de {code}")}</h3><p>{inline(said)}</p></li>'


def counted(one: NotebookStanding) -> str:
    """Return how many questions of a notebook are done."""
    total, done = len(one.notebook.questions), len(one.done)
    plural = "s" if done > 1 else ""
    return f"{done} question{plural} réussie{plural} sur {total}"


def _card(one: NotebookStanding) -> str:
    notebook = one.notebook
    about = " · ".join(filter(None, (name_of(notebook.company), notebook.duration)))
    produced = f"<p>{inline('Vous produirez : ' + _listed(notebook.produces))}</p>" if notebook.produces else ""
    criteria = "".join(_criterion(*line) for line in one.by_criterion().items())
    return (
        f'<li class="ck-card"><h3>{_link(notebook.file, notebook.heading)}</h3>'
        f"<p>{inline(about)}</p>{produced}<p>{inline(counted(one))}</p>"
        f'<ul class="ck-criteria">{criteria}</ul></li>'
    )


def _criterion(code: str, counts: tuple[int, int]) -> str:
    done, total = counts
    share = round(100 * done / total)
    bar = f'<span class="ck-bar" aria-hidden="true"><span style="width:{share}%"></span></span>'
    return f"<li><span>{inline(f'{code} : {done} sur {total}')}</span>{bar}</li>"


def _listed(titles: Sequence[str]) -> str:
    """Return titles in the middle of a sentence: only initials keep their capitals."""
    return f"{' ; '.join(title if title[1:2].isupper() else title[:1].lower() + title[1:] for title in titles)}."


def _link(path: str, text: str, kind: str = "", resumes: bool = False) -> str:
    marks = (f' class="{kind}"' if kind else "") + (f' data-casekit-resume="{escape(path)}"' if resumes else "")
    return f'<a href="{escape(path)}"{marks}>{inline(text)}</a>'


def _documents(company: str) -> str:
    listed = "".join(
        f'<li data-casekit-document="{escape(company)}/{escape(name)}"><span class="ck-name">{inline(title)}</span>'
        f'<span class="ck-still"> : {inline(f"`{typed(company, name)}`")}</span></li>'
        for name, title in documents_of(company).items()
    )
    return _folded(f"Documents : {name_of(company)}", f"<ul>{listed}</ul>")


def _glossary() -> str:
    words = glossary().values()
    themes = (
        _folded(
            theme.capitalize(),
            "<dl>"
            + "".join(
                f"<dt><strong>{inline(word.term)}</strong></dt>"
                f"<dd>{inline(word.definition)}<br>{inline(f'Exemple : {word.example}')}</dd>"
                for word in words
                if word.theme == theme
            )
            + "</dl>",
        )
        for theme in THEMES
    )
    return _folded(f"Glossaire : {len(words)} mots du métier", "".join(themes))


def _folded(summary: str, inside: str) -> str:
    return f'<details><summary style="cursor:pointer">{inline(summary)}</summary>{inside}</details>'
