"""What a conversation shows: where it stands, what was said, the facts known, and the debrief at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from casestudies.conversation import MOST, Conversation, Ending, TalkChoice, TalkLine, TalkStanding
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, ORANGE
from casestudies.studio.simulator import paragraphs
from casestudies.studio.trimestres_shown import wide_table
from casestudies.typography import french

TRUST, TENSION = Look("confiance", BLUE), Look("tension", ORANGE, hatched=True)
MINUS = "\u2212"
Exchanges = Sequence[tuple[TalkLine, int, TalkStanding]]


@dataclass(frozen=True)
class TalkDebrief:
    """The end of a conversation, as HTML: how it ends, above; what each answer did, below."""

    above: str
    below: str


def quote(words: str) -> str:
    """Return words between French quotation marks."""
    return f"« {words} »"


def signed(points: int) -> str:
    """Return points with their sign.

    >>> signed(2), signed(0)
    ('+2', '0')
    """
    return f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points)}"


def points_of(choice: TalkChoice) -> str:
    """Return what an answer does to trust, tension and facts, in a few words."""
    learnt = len(choice.facts)
    facts = (f"{learnt} fait{'s' * (learnt > 1)} appris",) if learnt else ()
    return ", ".join((f"confiance {signed(choice.trust)}", f"tension {signed(choice.tension)}", *facts))


def effect(choice: TalkChoice) -> str:
    """Return what an answer is, why, and what it does."""
    return f"{choice.kind.capitalize()} ({points_of(choice)}). {choice.why}"


def levels(before: TalkStanding, now: TalkStanding, facts: int) -> str:
    """Return the chart: trust and tension, each marked where it stood before the last answer."""
    bars = [
        Bar("Confiance", f"{now.trust} sur {MOST}", now.trust, TRUST, mark=float(before.trust)),
        Bar("Tension", f"{now.tension} sur {MOST}", now.tension, TENSION, mark=float(before.tension)),
    ]
    known = f"{len(now.facts)} fait{'s' * (len(now.facts) > 1)} connu{'s' * (len(now.facts) > 1)} sur {facts}"
    said = (
        f"Confiance {now.trust} sur {MOST} (avant : {before.trust}), tension {now.tension} (avant : {before.tension})"
    )
    return bar_chart(
        f"Où en est la conversation ; {known}", bars, f"Points, de 0 à {MOST}", f"{said} ; {known}.",
        looks=(TRUST, TENSION), mark="avant votre dernière réplique", scale=(0, MOST),
    )  # fmt: skip


def facts_known(story: Conversation, now: TalkStanding) -> str:
    """Return the facts known so far, as an HTML list."""
    known = [told for code, told in story.facts.items() if code in now.facts]
    if not known:
        return paragraphs(("Ce que vous savez : rien de plus pour l’instant.",))
    return paragraphs(("Ce que vous savez :",)) + f"<ul>{''.join(f'<li>{_shown(one)}</li>' for one in known)}</ul>"


def exchanges(played: Exchanges) -> str:
    """Return all that was said, folded, to read again."""
    if not played:
        return ""
    said = "".join(
        f"<li><p>{_shown(f'{line.speaker} : {line.words}')}</p><p>{_shown(f'Vous : {choice.words}')}</p>"
        f"<p>{_shown(f'{choice.speaker} : {choice.reply}')}</p></li>"
        for line, choice in ((line, line.choices[rank]) for line, rank, _ in played)
    )
    return f"<details><summary>{_shown('Relire la conversation')}</summary><ol>{said}</ol></details>"


def debrief(story: Conversation, played: Exchanges, ending: Ending, intention: str) -> TalkDebrief:
    """Return how a conversation ended, one thing to try, and what each answer did."""
    above = (
        f'<p class="ck-sim-mail"><strong>{_shown(f"Fin : {ending.title}.")}</strong> {_shown(ending.words)}</p>'
        f"<p><strong>{_shown('À essayer :')}</strong> {_shown(ending.advice)}</p>"
    )
    now = played[-1][2]
    missed = len(story.facts) - len(now.facts)
    left = f"Il en restait {missed} à apprendre : une autre conversation les fait dire." if missed else ""
    faults = f"{now.faults} faux pas" if now.faults else "aucun faux pas"
    grave = f", dont {now.grave} qui touche{'nt' * (now.grave > 1)} aux droits d’une personne" if now.grave else ""
    count = f"{len(played)} échanges, {faults}{grave}."
    rows = [
        (str(number), choice.words, choice.kind, points_of(choice), choice.why)
        for number, choice in enumerate((line.choices[rank] for line, rank, _ in played), start=1)
    ]
    header = ("Échange", "Vous avez dit", "C’est", "Effet", "Pourquoi")
    table = wide_table("Ce que chaque réplique a fait", header, rows)
    below = paragraphs((count, intention)) + table + facts_known(story, now) + paragraphs((left,) if left else ())
    return TalkDebrief(above, below + exchanges(played))


def _shown(text: str) -> str:
    return escape(french(text))
