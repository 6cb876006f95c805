"""What a notebook shows of a day's revision, as HTML and as text; buttons come on top where Python can make them."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from casestudies.choices import LETTERS
from casestudies.display import Card, inline
from casestudies.french import french_date
from casestudies.revision.cards import Flashcard, Reaction
from casestudies.revision.schedule import RULE
from casestudies.revision.session import Session
from casestudies.typography import french

CALL = "revision.repondre"


def place_of(session: Session) -> str:
    """Return where one stands in the day, and why this card is shown."""
    if session.card is None:
        return ""
    why = ""
    if session.repeated:
        why = (
            " — encore une fois, avec d’autres chiffres"
            if not session.card.id.startswith("mot-")
            else " — encore une fois"
        )
    elif session.own:
        why = " — une erreur que vous avez rencontrée"
    return f"Question {session.number} sur {session.total}{why}"


def streak_of(session: Session) -> str:
    """Return the streak and its rule, empty before the first day."""
    days = session.streak
    return f"Série : {days} jour{'s' if days > 1 else ''} de révision. {RULE}" if days else ""


def end_of(session: Session) -> tuple[str, ...]:
    """Return what is said once the day is done."""
    again = session.next_day
    when = f"Prochaine révision utile : {french_date(again, weekday=True)}." if again else "Revenez demain."
    if not session.total:
        return ("Rien à réviser aujourd’hui.", when, streak_of(session))
    plural = "s" if session.right > 1 else ""
    firsts = f"{session.right} réponse{plural} juste{plural} du premier coup."
    return (firsts, when, streak_of(session))


def verdict_card(verdict: Reaction) -> Card:
    """Return the card that says what became of an answer."""
    outcome = verdict.outcome
    return Card(verdict.heading, outcome.tone, outcome.symbol, (verdict.message, verdict.question, verdict.worked))


@dataclass(frozen=True)
class RevisionView:
    """What one cell shows: the verdict of the answer just given, if any, then the card to answer."""

    session: Session
    key: str = ""
    verdict: Reaction | None = None
    card: Flashcard | None = field(default=None)

    @classmethod
    def of(cls, session: Session, key: str = "", verdict: Reaction | None = None) -> "RevisionView":
        """Return what is to be seen of the session as it stands now."""
        return cls(session, key, verdict, session.card)

    def text(self) -> str:
        """Return it as plain text."""
        said = [verdict_card(self.verdict).text()] if self.verdict else []
        if self.card is None:
            return french("\n".join([*said, "Révision du jour terminée.", *filter(None, end_of(self.session))]))
        options = [f"{letter}. {option}" for letter, option in zip(LETTERS, self.card.options, strict=False)]
        lines = [*said, place_of(self.session), self.card.statement, *options, self.card.instruction, self._typed()]
        return french("\n".join(lines))

    def html(self) -> str:
        """Return it as HTML; what the live panel replaces has the class ``ck-still``."""
        said = verdict_card(self.verdict).html() if self.verdict else ""
        if self.card is None:
            body = Card("Révision du jour terminée", "good", "✓", tuple(filter(None, end_of(self.session)))).html()
        else:
            options = "".join(
                f"<li><strong>{letter}.</strong> {inline(option)}</li>"
                for letter, option in zip(LETTERS, self.card.options, strict=False)
            )
            listed = f'<ul style="list-style:none;padding-left:0">{options}</ul>' if options else ""
            body = (
                f"<p><strong>{inline(place_of(self.session))}</strong></p><p>{inline(self.card.statement)}</p>{listed}"
                f"<p>{inline(self.card.instruction)}</p><p>{inline(self._typed())}</p>"
            )
        return (
            f'<div data-casekit-revision="{escape(self.key)}" lang="fr" style="max-width:46em;line-height:1.5;'
            f'font-family:system-ui,sans-serif"><div class="ck-still">{said}{body}</div></div>'
        )

    def _typed(self) -> str:
        example = '"A"' if self.card and self.card.options else "12.5"
        return f"Sans bouton, écrivez `{CALL}({example})` dans une cellule, avec votre réponse."

    def __repr__(self) -> str:
        """Return the plain-text twin."""
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": self.text(), "text/html": self.html()}
