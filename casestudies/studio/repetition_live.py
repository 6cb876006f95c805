"""The clock of a rehearsal: it runs in the page, with or without Python, which draws questions and keeps times.

As for the panels of questions, no output shows the widget itself: the page puts the clock in the HTML of the cell, and
a notebook opened again, without a kernel, still reads.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import traitlets

from casestudies.display import inline
from casestudies.repetition.model import QUESTIONS_SECONDS, TALK_SECONDS
from casestudies.repetition.session import OralSession
from casestudies.repetition.view import (
    HOW,
    NO_BANK,
    PRINTED,
    TITLE,
    OralComparison,
    form_of,
    past_line,
    result_html,
    samples_html,
)
from casestudies.studio.live import LivePanel
from casestudies.studio.page_scripts import page_script
from casestudies.typography import french

HERE = Path(__file__).parent
WORDS = {
    "title": TITLE,
    "begin": "Commencer l’exposé",
    "next": "Diapositive suivante",
    "endTalk": "Terminer l’exposé",
    "pause": "Pause",
    "resume": "Reprendre",
    "ask": "Poser la première question",
    "nextQuestion": "Question suivante",
    "endQuestions": "Terminer les questions",
    "skip": "Passer les questions",
    "compare": "Garder et comparer",
    "keep": "Garder mes temps, sans me situer",
    "again": "Recommencer",
    "drop": "Abandonner cette répétition",
    "reallyDrop": "Abandonner pour de bon : mes temps seront perdus",
    "choose": "Choisissez d’abord la description qui ressemble le plus à votre soutenance.",
    "revise": "",
    "slide": "Diapositive {n} sur {of}",
    "noMessage": "Message à écrire",
    "proof": "Preuve : {text}",
    "following": "Ensuite : {text}",
    "planned": "Prévu : {time} ; fini à {end}",
    "thisSlide": "Cette diapositive : {time}",
    "talk": "Exposé : {time} sur {of}",
    "paused": "En pause.",
    "resumed": "Reprise.",
    "onTime": "à l’heure",
    "late": "{time} de retard",
    "early": "{time} d’avance",
    "minute": "Il reste une minute.",
    "over": "Les dix minutes sont passées : concluez.",
    "talkDone": "Exposé terminé en {time}, pour {of} au plus.",
    "question": "Question {n} sur {of}",
    "answers": "Réponses : {time} sur {of}",
    "thisAnswer": "Cette réponse : {time}",
    "questionsOver": "Les dix minutes de questions sont passées.",
    "answersDone": "Questions terminées : {time}.",
    "rows": "Vos temps, diapositive par diapositive",
    "rowSlide": "Diapositive",
    "rowPlanned": "Prévu",
    "rowTaken": "Mesuré",
    "rowGap": "Écart",
    "samples": "Deux soutenances d’exemple",
    "slides": "Vos diapositives",
    "unheard": "Python ne répond pas : vos temps sont affichés ici, ils ne sont pas encore gardés. Relancez le "
    "notebook depuis le début, puis écrivez dans une cellule : {call}",
}
"""What the page says of its own."""
UNEXPECTED = "Cette répétition n’a pas pu être gardée ({}). Vos temps restent affichés : réessayez."


class RehearsalPanel(LivePanel):
    """One rehearsal after another; ``shown`` is all that the page needs until something is kept."""

    _esm = page_script(HERE / "levels.js", HERE / "repetition.js")
    _css = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("panel.css", "repetition.css"))
    unexpected = UNEXPECTED
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, session: OralSession) -> None:
        """Show the session as it stands."""
        super().__init__(WORDS)
        self._session = session
        self._step = self._kept = 0
        self.tell()
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """Keep what the page measured, and tell it what follows; what goes wrong is a French sentence."""
        asked = message if isinstance(message, dict) else {}
        trouble = self.trouble_of(lambda: self._keep(asked))
        self.tell(trouble)

    def _keep(self, asked: dict[str, Any]) -> None:
        self._session.keep(
            asked.get("slides"), asked.get("answers"), asked.get("asked", 0), asked.get("level"),
            asked.get("reason", ""), asked.get("seen", ""),
        )  # fmt: skip
        self._kept += 1

    def tell(self, trouble: str = "") -> None:
        """Tell the page what there is to see."""
        session, self._step = self._session, self._step + 1
        standing = session.standing
        past = past_line(session.past, standing)
        said = OralComparison(standing).said if standing else "Vos temps sont gardés."
        self.shown = {
            "step": self._step, "kept": self._kept, "trouble": trouble,
            "how": [inline(text) for text in (HOW, *session.talk.notes, past, PRINTED) if text],
            "slides": [
                {**asdict(one), "end": end} for one, end in zip(session.talk.slides, session.talk.ends, strict=True)
            ],
            "most": TALK_SECONDS, "mostAnswers": QUESTIONS_SECONDS,
            "questions": [{"text": french(one.text), "origin": french(one.origin)} for one in session.questions],
            "noBank": "" if session.guide else inline(NO_BANK),
            "form": form_of(session), "samples": samples_html(session),
            "result": result_html(session) if self._kept else "", "said": french(said) if self._kept else "",
        }  # fmt: skip
