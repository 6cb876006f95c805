"""What the jury's record shows, as texts: the PDF and the DOCX are made of it."""

from typing import Any

from autograder.certification.dossier_pointer import DossierPointer
from autograder.certification.members import PROFESSIONAL, JuryMember
from autograder.certification.proposals import Proposed
from autograder.certification.record import UNNAMED_CENTRE, Candidate, JuryRecord, RecordLine, bloc_name, way_title
from autograder.referentiel import load_referentiel
from autograder.sheets.rules import rules
from casestudies import __version__
from casestudies.french import french_date

BLANK_SIGNATURES = 4
"""Places to sign when nobody is listed yet."""
LONG = 3_000
"""From this many letters on, what is said of a candidate may go over two pages."""
HASH_SIGNS = 16
"""Signs of a hash that are printed: enough to tell two files apart."""
SUMMARY_NOTE = "Proposition du kit, puis décision du jury quand elle est enregistrée."
SOVEREIGN = (
    "Le jury est souverain : il peut s’écarter d’une proposition, en écrivant son motif. Une décision s’enregistre par "
    "le fichier decisions.csv qui accompagne ce procès-verbal."
)


def page_data(record: JuryRecord) -> dict[str, Any]:
    """Return the texts of a record, in the order of its pages."""
    referentiel, name, day = load_referentiel(), record.session.name, french_date(record.session.day)
    title = f"Procès-verbal du jury : {name}"
    qualities = dict.fromkeys(one for item in referentiel.assessments.values() for one in item.qualities)
    return {
        "title": title,
        "footer": f"{name[:60]} · {day} · casekit {__version__}",
        "page": "Page",
        "version": f"casekit {__version__}",
        "header": [
            ("Centre", record.centre.name or UNNAMED_CENTRE),
            ("Certification", referentiel.principles.title),
            ("Session", f"{name}, le {day}"),
            ("Candidats", str(len(record.candidates))),
        ],
        "members": {
            "title": "Composition du jury",
            "header": ("Nom", "Qualité", "Présidence", "Ne participe pas pour"),
            "rows": [_member(one, record) for one in record.members],
            "empty": "Aucun membre n’est renseigné.",
        },
        "remarks": {"title": "À régler avant la séance", "texts": list(record.remarks)},
        "reminders": {
            "title": "Rappels sur la composition du jury", "texts": [str(one) for one in record.reminders],
        },
        "undecided": {
            "title": "Cas non décidables en l’état",
            "notes": [
                f"{bloc_name(code)} : {' '.join(texts)} C’est le cas de tous les candidats."
                for code, texts in record.not_given.items()
            ],
            "empty": "Aucun autre cas : les autres propositions peuvent être examinées."
            if record.not_given
            else "Aucun : toutes les propositions peuvent être examinées.",
            "header": ("Candidat", "Bloc", "Situation", "Pourquoi"),
            "rows": [
                (one.name, bloc_name(proposal.bloc.code), proposal.proposed.value, " ".join(proposal.reasons))
                for one in record.undecided
                for proposal in one.undecided
                if proposal.bloc.code not in record.not_given
            ],
        },
        "summary": {
            "title": "Vue d’ensemble",
            "notes": [SUMMARY_NOTE],
            "header": ("Candidat", "Voie", *(bloc_name(code) for code in referentiel.blocs)),
            "rows": [(one.name, way_title(one.way), *map(_short, one.lines)) for one in record.candidates],
        },
        "decisions": {
            "title": "Décisions, candidat par candidat",
            "note": SOVEREIGN,
            "header": ("Bloc", "Proposition", "Motifs de la proposition", "Décision du jury"),
            "boxes": ("Validé", "Non validé"),
            "reason": "Motif :",
            "quality": "Commentaire libre du jury sur les qualités, jamais notées :",
            "candidates": [_candidate(one) for one in record.candidates],
        },
        "rules": {
            "title": "Règles appliquées",
            "texts": [
                *rules(record.centre),
                referentiel.principles.capitalisation,
                f"{referentiel.principles.qualities} Qualités : {', '.join(qualities)}.",
            ],
        },
        "signatures": {
            "title": "Signatures",
            "header": ("Nom et qualité", "Signature"),
            "rows": [f"{one.name}, {_quality(one)}" for one in record.members] or [""] * BLANK_SIGNATURES,
        },
    }  # fmt: skip


def _quality(member: JuryMember) -> str:
    quality = "professionnel" if member.quality == PROFESSIONAL else "représentant du centre"
    return quality + (", présidence du jury" if member.president else "")


def _member(member: JuryMember, record: JuryRecord) -> tuple[str, ...]:
    names = {one.id: one.name for one in record.candidates}
    linked = ", ".join(names[one] for one in member.linked if one in names)
    return member.name, member.quality, "oui" if member.president else "non", linked or "—"


def _short(line: RecordLine) -> str:
    return f"{line.proposed} ; jury : {line.entry.ruling}" if line.entry else line.proposed


def _candidate(candidate: Candidate) -> dict[str, Any]:
    facts = [f"Identifiant : {candidate.id}. Voie : {way_title(candidate.way)}."]
    if dossier := candidate.progress.dossier:
        facts.append(f"Dossier de valorisation {dossier.state}{_hash(dossier)}.")
    if candidate.linked:
        facts.append(f"Ne participe pas à cette délibération : {', '.join(candidate.linked)}.")
    told = sum(len(reason) for line in candidate.lines for reason in (*line.proposal.reasons, *_decided(line)))
    return {
        "name": candidate.name,
        "facts": facts,
        "long": "oui" if told > LONG else "",
        "rows": [
            {
                "bloc": f"{bloc_name(line.proposal.bloc.code)}, {line.proposal.bloc.title}",
                "proposed": line.proposed,
                "reasons": list(line.proposal.reasons) or ["—"],
                "open": "oui" if line.entry is None and line.proposal.proposed is not Proposed.ACQUIRED else "",
                "decided": _decided(line),
            }
            for line in candidate.lines
        ],
        "whole": _whole(candidate),
    }


def _hash(dossier: DossierPointer) -> str:
    """Return the PDF of a dossier and the first signs of its hash; the trace holds it whole, with the other files."""
    found = [(name, digest) for name, digest in dossier.files.items() if name.endswith(".pdf")]
    return "".join(f" ; {name}, SHA-256 {digest[:HASH_SIGNS]}…" for name, digest in found)


def _decided(line: RecordLine) -> list[str]:
    if line.entry is None:
        return ["Rien à décider."] if line.proposal.proposed is Proposed.ACQUIRED else []
    reason = line.entry.reason
    return [line.entry.ruling.value.capitalize(), *([f"Motif : {reason}"] if reason else [])]


def _whole(candidate: Candidate) -> str:
    """Say what the certification as a whole still asks for, beyond the blocs."""
    if not candidate.way:
        return "Certification entière : la voie de cette personne n’est pas renseignée dans parcours.csv."
    if candidate.progress.complete:
        return "Certification entière : toutes les conditions du parcours sont réunies."
    asked = [step.name.lower() for step in candidate.progress.steps if not step.name.startswith("Bloc") and step.next]
    beyond = f", en plus des blocs : {', '.join(asked)}." if asked else " : valider les blocs, rien d’autre."
    return f"Reste à faire pour la certification entière{beyond}"
