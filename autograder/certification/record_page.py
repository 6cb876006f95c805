"""What the jury's record shows, as texts: the PDF and the DOCX are made of it."""

from typing import Any

from autograder.certification.dossier_pointer import DossierPointer
from autograder.certification.members import PROFESSIONAL, JuryMember
from autograder.certification.model import WHOLE, Sitting
from autograder.certification.proposals import Proposed
from autograder.certification.record import UNNAMED_CENTRE, Candidate, JuryRecord, RecordLine, bloc_name, way_title
from autograder.referentiel import load_referentiel
from autograder.sheets.rules import rules
from autograder.sheets.wording import coded
from casestudies import __version__
from casestudies.french import french_date

BLANK_SIGNATURES = 4
"""Places to sign when nobody is listed yet."""
LONG = 3_000
"""From this many letters on, what is said of a candidate may go over two pages."""
HASH_SIGNS = 16
"""Signs of a hash that are printed: enough to tell two files apart."""
BLANK, FEW = "." * 40, "." * 8
"""What is left to write by hand."""
SETTLED = {Proposed.ACQUIRED: "Rien à décider.", Proposed.NOT_YET: "Rien à prononcer en l’état."}
"""What stands in place of the boxes to tick where nothing is to be decided."""
SUMMARY_NOTE = "Proposition du kit, puis décision du jury quand elle est enregistrée."
SOVEREIGN = (
    "Le jury est souverain : il peut s’écarter d’une proposition, en écrivant son motif. Une décision s’enregistre par "
    "le fichier decisions.csv qui accompagne ce procès-verbal."
)


def page_data(record: JuryRecord) -> dict[str, Any]:
    """Return the texts of a record, in the order of its pages."""
    referentiel, name, day = load_referentiel(), record.session.name, french_date(record.session.day)
    title = f"Procès-verbal du jury : {name}"
    shown = [
        code for code in referentiel.blocs
        if any(not record.left_out(line) for one in record.candidates for line in one.lines if line.code == code)
    ]  # fmt: skip
    issuer = record.centre.issuer
    qualities = dict.fromkeys(one for item in referentiel.assessments.values() for one in item.qualities)
    return {
        "title": title,
        "footer": f"{name[:60]} · {day} · casekit {__version__}",
        "page": "Page",
        "version": f"casekit {__version__}",
        "header": [
            ("Centre", record.centre.name or UNNAMED_CENTRE),
            *([("Certificateur", issuer.name)] if issuer.name else []),
            ("Certification", coded(referentiel.principles.title, issuer.code)),
            ("Session", f"{name}, le {day}"),
            ("Lieu", record.session.sitting.place or BLANK),
            ("Heures", _hours(record.session.sitting)),
            ("Candidats", str(len(record.candidates))),
        ],
        "members": {
            "title": "Composition du jury",
            "header": ("Nom", "Qualité", "Présidence", "Présence", "Ne participe pas pour"),
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
                f"{bloc_name(code)} : {' '.join(texts)} {_concerned(record, code)} Il n’est pas repris plus bas."
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
            "header": ("Candidat", "Voie", *map(bloc_name, shown), "Certification"),
            "rows": [
                (
                    one.name, way_title(one.way),
                    *(_short(line, record) for line in one.lines if line.code in shown), _short(one.whole, record),
                )
                for one in record.candidates
            ],
        },
        "decisions": {
            "title": "Décisions, candidat par candidat",
            "note": SOVEREIGN,
            "header": ("Bloc", "Proposition", "Motifs de la proposition", "Décision du jury"),
            "boxes": ("Validé", "Non validé"),
            "reason": "Motif :",
            "votes": "Pour ....  Contre ....  Abst. ....",
            "quality": "Commentaire libre du jury sur les qualités, jamais notées :",
            "candidates": [_candidate(one, record) for one in record.candidates],
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
            "rows": [f"{one.name}, {_quality(one)}" for one in record.members if one.sits] or [""] * BLANK_SIGNATURES,
        },
    }  # fmt: skip


def _quality(member: JuryMember) -> str:
    quality = "professionnel" if member.quality == PROFESSIONAL else "représentant du centre"
    return quality + (", présidence du jury" if member.president else "")


def _member(member: JuryMember, record: JuryRecord) -> tuple[str, ...]:
    names = {one.id: one.name for one in record.candidates}
    linked = ", ".join(names[one] for one in member.linked if one in names)
    presides = "oui" if member.president else "non"
    return member.name, member.quality, presides, member.presence or "□ présent □ absent", linked or "—"


def _hours(sitting: Sitting) -> str:
    opened, closed = (f"{one.hour} h {one:%M}" if one else FEW for one in (sitting.opened, sitting.closed))
    return f"de {opened} à {closed}"


def _concerned(record: JuryRecord, code: str) -> str:
    """Say whom a bloc that was not given is left out for."""
    count = sum(record.left_out(line) for one in record.candidates for line in one.lines if line.code == code)
    if count == len(record.candidates):
        return "C’est le cas de tous les candidats." if count > 1 else ""
    return f"C’est le cas de {count} candidat{'s' if count > 1 else ''} sur {len(record.candidates)}."


def _short(line: RecordLine, record: JuryRecord) -> str:
    if record.left_out(line):
        return "—"
    if line.entry is None and line.proposed == Proposed.NOT_YET:
        return "pas encore"
    return f"{line.proposed} ; jury : {line.entry.ruling}" if line.entry else line.proposed


def _candidate(candidate: Candidate, record: JuryRecord) -> dict[str, Any]:
    facts = [f"Identifiant : {candidate.id}. Voie : {way_title(candidate.way)}."]
    if dossier := candidate.progress.dossier:
        facts.append(f"Dossier de valorisation {dossier.state}{_hash(dossier)}.")
    if candidate.linked:
        facts.append(f"Ne participe pas à cette délibération : {', '.join(candidate.linked)}.")
    if candidate.way:
        facts.append(" ".join(f"{step.name} : {_lowered(step.detail)}" for step in candidate.progress.beyond))
    lines = [line for line in candidate.lines if not record.left_out(line)]
    rows = [_row(line) for line in (*lines, candidate.whole)]
    told = sum(map(len, facts)) + sum(len(text) for row in rows for text in (*row["reasons"], *row["decided"]))
    return {"name": candidate.name, "facts": facts, "long": "oui" if told > LONG else "", "rows": rows}


def _row(line: RecordLine) -> dict[str, Any]:
    whole = line.code == WHOLE
    return {
        "bloc": line.proposal.bloc.title if whole else f"{bloc_name(line.code)}, {line.proposal.bloc.title}",
        "proposed": line.proposed,
        "reasons": list(line.reasons) or ["—"],
        "open": "" if line.entry or line.proposal.proposed in SETTLED else "oui",
        "decided": _decided(line),
    }


def _hash(dossier: DossierPointer) -> str:
    """Return the PDF of a dossier and the first signs of its hash; the trace holds it whole, with the other files."""
    found = [(name, digest) for name, digest in dossier.files.items() if name.endswith(".pdf")]
    return "".join(f" ; {name}, SHA-256 {digest[:HASH_SIGNS]}…" for name, digest in found)


def _decided(line: RecordLine) -> list[str]:
    if line.entry is None:
        return [SETTLED[line.proposal.proposed]] if line.proposal.proposed in SETTLED else []
    said, reason, votes = line.entry.ruling.value.capitalize(), line.entry.reason, line.entry.votes
    return [said, *([f"Voix : {votes}"] if votes else []), *([f"Motif : {reason}"] if reason else [])]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
