"""The pages written at hand-in: the recap, and an attestation of practice to print. Whatever people wrote is quoted."""

from collections.abc import Sequence
from datetime import UTC
from html import escape
from pathlib import Path
from urllib.parse import quote

from casestudies.french import french_date
from casestudies.names import NAMES, name_of
from casestudies.quoting import on_one_line, quoted
from casestudies.remise.reading import NotebookReading, counted, sentences, summary
from casestudies.remise.recap import CriterionLine, Recap
from casestudies.remise.receipt import Receipt
from casestudies.seeds import REFERENCE
from casestudies.typography import french
from casestudies.worked import spoken_time

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_SCREEN_ONLY = "Pour l’imprimer ou l’enregistrer en PDF : Ctrl + P."
NOT_KNOWN = "moins de cinq minutes entre deux contrôles"
PRACTICE = (
    "Cette page atteste une pratique, elle ne certifie rien : ce n’est ni une note, ni un diplôme, ni l’avis d’un "
    "formateur ou d’un jury. Elle est écrite par l’ordinateur de la personne elle-même, sans contrôle d’identité."
)


def recap_page(readings: Sequence[NotebookReading], recap: Recap, receipt: Receipt, zip_name: str) -> str:
    """Return the recap as one page, to be kept beside the ZIP."""
    body = (
        f"<h1>{_said(f'Ce que vous avez remis : {receipt.assignment}')}</h1>"
        f'<p class="screen">{_said(_SCREEN_ONLY)}</p>{_facts(_identity(receipt))}'
        f'<p><a href="{quote(zip_name)}" download>{_said(f"Télécharger {zip_name}")}</a></p>'
        f"{recap_html(readings, recap)}"
    )
    return _page(f"Récapitulatif {receipt.assignment}", body)


def recap_html(readings: Sequence[NotebookReading], recap: Recap) -> str:
    """Return what the recap says, without the page around it."""
    parts = [f"<h2>Vos réponses</h2><p>{_said(summary(readings))}</p>"]
    parts += [_notebook(one) for one in readings]
    if recap.criteria:
        parts.append(f"<h2>Par critère</h2>{_criteria(recap.criteria)}")
    parts.append("<h2>En chemin</h2>")
    parts.append(_facts([("Indices demandés", str(recap.hints)), ("Temps de travail connu", _time(recap))]))
    if recap.overcome:
        items = "".join(f"<li>{_said(f'{title} : {mistake}')}</li>" for title, mistake in recap.overcome)
        met = counted(len(recap.overcome), "erreur rencontrée, puis dépassée", "erreurs rencontrées, puis dépassées")
        parts.append(f"<p>{_said(f'{met} :')}</p><ul>{items}</ul>")
    return "".join(parts)


def attestation_page(readings: Sequence[NotebookReading], recap: Recap, receipt: Receipt) -> str:
    """Return an attestation of practice, to print or to keep."""
    facts = [
        *_identity(receipt),
        ("Réponses", summary(readings)),
        ("Critères travaillés", ", ".join(line.code for line in recap.criteria) or "aucun"),
        ("Temps de travail connu", _time(recap)),
    ]
    own = "l’édition de référence" if receipt.learner == REFERENCE else "des chiffres qui lui sont propres"
    lines = "".join(f"<li>{_said(_worked(one))}</li>" for one in readings)
    body = (
        f'<p class="screen">{_said(_SCREEN_ONLY)}</p><div class="seal"><h1>Attestation de pratique</h1>'
        f"<p>{_said(f'La personne ci-dessous a travaillé ces études de cas, sur {own} :')}"
        f"</p><ul>{lines}</ul>{_facts(facts)}</div>"
        f'<p class="notice">{_said(PRACTICE)}</p>'
        f'<p class="sign">{_said("Nom, prénom et signature de la personne :")}</p>'
    )
    return _page("Attestation de pratique", body)


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{_said(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>\n{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>\n"
    )


def _identity(receipt: Receipt) -> list[tuple[str, str]]:
    who = "aucun (édition de référence)" if receipt.learner == REFERENCE else quoted(receipt.learner)
    here = receipt.moment.replace(tzinfo=UTC).astimezone()
    when = f"{french_date(here.date())} à {here:%H h %M}"
    return [
        ("Identifiant", who),
        ("Évaluation", receipt.assignment),
        ("Remis le", when),
        ("Empreinte", receipt.fingerprint),
    ]


def _time(recap: Recap) -> str:
    spoken = spoken_time(recap.seconds)
    days = counted(len(recap.days), "jour", "jours")
    known = f"au moins {spoken}, en {days} (entre deux contrôles ; les pauses et la lecture ne sont pas comptées)"
    return known if spoken else NOT_KNOWN


def _worked(reading: NotebookReading) -> str:
    company = f" ({name_of(reading.company)})" if reading.company in NAMES else ""
    done = f"{counted(reading.right, 'réponse juste', 'réponses justes')} sur {len(reading.questions)}"
    return f"{reading.title or reading.name}{company} : {done}"


def _notebook(reading: NotebookReading) -> str:
    said = "".join(f"<li>{_said(text.replace('`', ''))}</li>" for text in sentences(reading))
    return f"<p><strong>{_said(_worked(reading))}</strong></p>" + (f"<ul>{said}</ul>" if said else "")


def _criteria(lines: Sequence[CriterionLine]) -> str:
    head = "".join(
        f'<th scope="col">{_said(one)}</th>'
        for one in ("Critère", "Ce qu’il demande", "Justes", "Sans réponse", "Indices")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(one.code)}</th><td>{_said(one.statement)}</td>'
        f'<td class="number">{one.right} sur {one.total}</td><td class="number">{one.blank}</td>'
        f'<td class="number">{one.hints}</td></tr>'
        for one in lines
    )
    caption = "Les questions que la machine contrôle ; les parties rédigées sont relues par votre formateur."
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Par critère"><table>'
        f"<caption>{_said(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _facts(pairs: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{_said(name)}</dt><dd>{_said(text)}</dd>" for name, text in pairs) + "</dl>"


def _said(text: str) -> str:
    return escape(french(on_one_line(text)))
