"""What a notebook shows of a rehearsal: a sheet to print, as HTML and as text; the clock comes on top of it."""

from html import escape
from typing import Any

from casestudies.display import Card, html_table, inline
from casestudies.french import french_date
from casestudies.levelling.kept import MAX_REASON
from casestudies.levelling.own_levels import Levelling
from casestudies.levelling.view import LevelComparison, copy_html, copy_text, descriptions_of, time_of
from casestudies.quoting import quoted
from casestudies.repetition.kept import Rehearsal
from casestudies.repetition.model import TALK_SECONDS, OralQuestion, RehearsedSlide, gap_words, time_words
from casestudies.repetition.session import OralSession
from casestudies.typography import french

TITLE = "Répétition de la soutenance"
HOW = (
    "Dix minutes d’exposé, debout et à voix haute, puis dix minutes de questions. Rien n’est noté, et votre voix n’est "
    "pas enregistrée. Recommencez deux ou trois fois, dont une devant quelqu’un."
)
NO_BANK = (
    "Les questions et la grille ne sont pas disponibles ici : demandez à quelqu’un de vous interroger dix minutes."
)
TYPED = (
    "Sans bouton : chronométrez-vous, puis écrivez `dossier.repetition(3, [40, 62, 75])`, avec la description la plus "
    "proche (de 1 à 4) et vos secondes, diapositive par diapositive. C’est gardé pour voir vos progrès."
)
MARKING = (
    "Relisez les quatre descriptions en pensant à ce que vous venez de dire : cochez les phrases qui vous "
    "correspondent, puis choisissez la plus proche. Deux soutenances d’exemple, sur une autre entreprise, vous aident "
    "à comparer."
)
PRINTED = "Sur papier : `print(dossier.repetition())` donne la feuille à imprimer."
NOT_A_MARK = "Ce n’est pas une note, et votre formateur ne la reçoit pas."
ERASED = "Effacez cette cellule avant de remettre votre travail, si vous voulez garder ce résultat pour vous."
SHOWN_PAST = 5


class OralComparison(LevelComparison):
    """The level given to a talk, beside two sample defences."""

    title, own, copy = "Votre soutenance et deux soutenances d’exemple", "Votre soutenance", "Soutenance"
    ending = "La prochaine fois, changez une seule chose, puis comparez."

    @property
    def said(self) -> str:
        """What is announced once a level is given."""
        return f"Vous vous situez à « {self._name(self._own.level)} ». Deux soutenances d’exemple sont affichées."

    def history(self) -> str:
        """Return nothing: the table of rehearsals says it."""
        return ""


def slide_line(slide: RehearsedSlide) -> str:
    """Return what a slide says and shows."""
    shown = f" ; preuve : {slide.proof}" if slide.proof else ""
    return f"{slide.message or 'message à écrire'}{shown}"


def past_line(past: tuple[Rehearsal, ...], standing: Levelling | None) -> str:
    """Return what the last rehearsal was, empty before the first."""
    if not past:
        return ""
    last = past[-1]
    level = f", « {standing.guide.description(last.level).name} »" if standing and last.level else ""
    words = f" Vous aviez noté, pour la suite : {quoted(last.next_time, MAX_REASON)}." if last.next_time else ""
    many = f"{len(past)} répétitions gardées" if len(past) > 1 else "1 répétition gardée"
    return f"{many}. La dernière, le {time_of(last.at)} : {time_words(last.talk_seconds)}{level}.{words}"


def progress_table(session: OralSession) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and the rows of the last rehearsals, the latest first."""
    names = {one.level: one.name for one in session.guide.level.descriptions} if session.guide else {}
    rows: list[tuple[str, ...]] = []
    for one in reversed(session.past[-SHOWN_PAST:]):
        late = [_measured(rank, one) for rank in range(len(one.slides)) if rank < len(one.planned)]
        worst = max(late, key=lambda found: abs(found[1]), default=(0, 0)) if len(one.slides) > 1 else (0, 0)
        where = f"n° {worst[0]} : {gap_words(worst[1])}" if worst[0] else "–"
        rows.append((
            french_date(one.at.astimezone().date()), time_words(one.talk_seconds),
            gap_words(one.talk_seconds - TALK_SECONDS) if one.talk_seconds > TALK_SECONDS else "dans le temps",
            where, time_words(one.answers_seconds) if one.answers_seconds else "–",
            names.get(one.level or 0, "–"),
        ))  # fmt: skip
    return ("Date", "Exposé", "Dix minutes", "Plus grand écart", "Réponses", "Niveau"), rows


def _measured(rank: int, one: Rehearsal) -> tuple[int, int]:
    return rank + 1, one.slides[rank] - one.planned[rank]


def form_of(session: OralSession) -> dict[str, Any] | None:
    """Return what the page needs to ask for a level; None where there is no rubric."""
    if session.guide is None:
        return None
    return {
        "open": True,
        "title": french("Où vous situez-vous ?"),
        "introduction": [inline(MARKING), inline(NOT_A_MARK)],
        "legend": french("Quelle description ressemble le plus à votre soutenance ?"),
        "descriptions": descriptions_of(session.guide.level),
        "reason": french("Ce que vous changerez la prochaine fois (facultatif)"),
        "limit": MAX_REASON,
    }


def samples_html(session: OralSession) -> str:
    """Return the two sample defences, folded, without their levels."""
    if session.guide is None:
        return ""
    level = session.guide.level
    copies = (copy_html(f"{OralComparison.copy} {letter}", one) for letter, one in zip("AB", level.copies, strict=True))
    return f"<p>{inline(level.context)}</p>{''.join(copies)}"


def result_html(session: OralSession) -> str:
    """Return what follows a rehearsal: the comparison when a level was given, then the progress."""
    standing = session.standing
    compared = OralComparison(standing).html(unfolded=True) if standing else ""
    columns, rows = progress_table(session)
    table = html_table("Vos dernières répétitions", columns, rows) if rows else ""
    return f'{compared}<div role="group" tabindex="0" aria-label="Vos répétitions" class="ck-wide">{table}</div>'


def result_card(session: OralSession) -> Card:
    """Return the same as a card, for whoever keeps a rehearsal without buttons."""
    standing = session.standing
    told = (past_line(session.past, standing), OralComparison(standing).text() if standing else "", ERASED)
    return Card(
        "Répétition gardée", "good", "✓", told, extra={"text/html": f"{result_html(session)}<p>{inline(ERASED)}</p>"}
    )


class OralSheet:
    """The sheet of one rehearsal: slides with their times, questions, anchors, samples; printable as it is."""

    def __init__(self, session: OralSession, key: str = "") -> None:
        """Show a session; ``key`` is that of the clock that a notebook puts on top."""
        self._session, self._key = session, key

    @property
    def _head(self) -> tuple[str, ...]:
        session = self._session
        return (HOW, *session.talk.notes)  # what was kept is not: a notebook handed in holds this sheet

    def _slides(self) -> list[tuple[str, ...]]:
        talk = self._session.talk
        return [
            (str(one.number), one.message or "message à écrire", one.proof or "–", time_words(one.seconds),
             time_words(end), "…… s")
            for one, end in zip(talk.slides, talk.ends, strict=True)
        ]  # fmt: skip

    def text(self) -> str:
        """Return the sheet as plain text."""
        session = self._session
        slides = (
            f"{one.number}. {slide_line(one)} ({time_words(one.seconds)}, fini à {time_words(end)}) : …… s"
            for one, end in zip(session.talk.slides, session.talk.ends, strict=True)
        )
        lines = [TITLE, *self._head, "", "Les diapositives", *slides]
        if session.guide is None:
            return french("\n".join((*lines, "", NO_BANK, TYPED)))
        asked = (f"{number}. {one.text} ({one.origin})" for number, one in enumerate(session.questions, start=1))
        level = session.guide.level
        anchors = (f"{one.level}. {' '.join(one.sentences)}" for one in level.descriptions)
        copies = (copy_text(f"{OralComparison.copy} {letter}", one) for letter, one in zip("AB", level.copies,
                                                                                       strict=True))  # fmt: skip
        return french("\n".join((
            *lines, "", "Dix minutes de questions (ne les lisez qu’une fois l’exposé fini)", *asked, "",
            f"Où vous situez-vous ? {MARKING} {NOT_A_MARK}", *anchors, "", level.context, *copies, "", TYPED,
        )))  # fmt: skip

    def html(self) -> str:
        """Return the sheet as HTML; what the live clock replaces has the class ``ck-still``."""
        session = self._session
        head = "".join(f"<p>{inline(text)}</p>" for text in self._head)
        columns = ("N°", "Message", "Preuve", "Prévu", "Fini à", "Mesuré")
        table = html_table("Les diapositives", columns, self._slides())
        scroll = 'role="group" tabindex="0" aria-label="Les diapositives" style="overflow-x:auto"'
        body = f"<div {scroll}>{table}</div>"
        body += f"<p>{inline(NO_BANK)}</p>" if session.guide is None else self._after(session.questions)
        return (
            f'<div data-casekit-repetition="{escape(self._key)}" lang="fr" style="max-width:60em;line-height:1.5;'
            f'font-family:system-ui,sans-serif"><div class="ck-still"><p><strong>{escape(TITLE)}</strong></p>'
            f"{head}{body}<p>{inline(TYPED)}</p></div></div>"
        )

    def _after(self, questions: tuple[OralQuestion, ...]) -> str:
        asked = "".join(f"<li>{inline(one.text)} <em>({inline(one.origin)})</em></li>" for one in questions)
        assert self._session.guide is not None
        anchors = "".join(
            f"<li>{inline(' '.join(one.sentences))}</li>" for one in self._session.guide.level.descriptions
        )
        return (
            _folded("Dix minutes de questions : à ouvrir une fois l’exposé fini", f"<ol>{asked}</ol>")
            + _folded("Où vous situez-vous ?", f"<p>{inline(MARKING)} {inline(NOT_A_MARK)}</p><ol>{anchors}</ol>"
                      f"{samples_html(self._session)}")
        )  # fmt: skip


def _folded(summary: str, body: str) -> str:
    return f'<details><summary style="cursor:pointer">{escape(french(summary))}</summary>{body}</details>'
