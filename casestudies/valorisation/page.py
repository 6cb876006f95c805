"""What a dossier de valorisation says, as texts in the order of its pages: the DOCX and the PDF are made of it."""

from collections.abc import Iterator
from typing import Any

from casestudies import __version__
from casestudies.french import french_date
from casestudies.valorisation.competencies import MIXED, VAE, blocs, certification_title, way_titles
from casestudies.valorisation.forms import PARTS, WHERE
from casestudies.valorisation.model import CompetencyEntry, FilledGrid, PracticeLine, Valorisation
from casestudies.valorisation.months import REQUIRED_MONTHS
from casestudies.valorisation.told import PROOF, Told

TITLE = "Dossier de valorisation des compétences"
BLANK_PERIODS = 3
"""Lines to fill when no period of practice is known."""
LIVED = (
    "Par la VAE, seul ce qui a été vécu compte. Les entreprises du kit sont fictives : rien de leurs cas n’est repris "
    "ici, et un récit qui en parle n’est pas retenu."
)
TRAINED = (
    "Les livrables cités comme preuves portent sur des entreprises fictives : ils montrent un savoir-faire, pas une "
    "expérience. « Prêt à relire » est le constat d’une machine sur leur forme, jamais une note."
)
TO_WRITE = "À écrire : {}"
HELD_ELSEWHERE = "Votre centre tient la grille tuteur : elle rejoint le dossier qu’il assemble."
NO_GRID = "Aucune grille tuteur n’a été reçue."


def page_data(file: Valorisation) -> dict[str, Any]:
    """Return the texts of a dossier."""
    candidate, day = file.candidate or "Nom à écrire", french_date(file.day)
    by = f"par {file.centre}" if file.centre else "par le candidat"
    mixed = file.way == MIXED
    return {
        "title": TITLE,
        "version": f"casekit {__version__}",
        "footer": f"{candidate[:40]} · Dossier de valorisation · {day}",
        "page": "Page",
        "author": candidate,
        "header": [
            ("Candidat", candidate),
            ("Certification", certification_title()),
            ("Voie", way_titles()[file.way] + (f" ; par la VAE : {_listed(file.vae_blocs)}" if mixed else "")),
            ("Assemblé", f"le {day}, {by}"),
            ("État", file.state + (f" ; {_settled(len(file.beside))}" if file.beside else "")),
        ],
        "notes": [*([TRAINED] if file.way != VAE else []), *([LIVED] if file.way == VAE or mixed else []), *file.notes],
        "overview": {
            "title": "Vue d’ensemble",
            "header": ("Compétence", "Récits", "Preuves", "Il manque"),
            "rows": [_line(one) for one in file.entries],
        },
        "beside": {"title": "À régler aussi", "texts": list(file.beside)},
        "practice": _practice(file) if file.trained else {},
        "blocs": [_bloc(file, code, title, mixed) for code, title in blocs().items()],
        "grids": _grids(file),
        "signature": {"title": "Signature", "header": ("Candidat", "Date et signature"), "rows": [candidate]},
    }  # fmt: skip


def _settled(left: int) -> str:
    return f"{left} autre{'s' if left > 1 else ''} point{'s' if left > 1 else ''} à régler"


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"bloc {code.removeprefix('B')}" for code in codes)


def _line(entry: CompetencyEntry) -> tuple[str, ...]:
    own = sum(bool(one.parts.get(PROOF)) for one in entry.told)
    ready = sum(one.ready for one in entry.proofs)
    return (
        f"{entry.competency.code} {entry.competency.statement}",
        str(len(entry.told)) if entry.told else "—",
        str(own + ready) if own + ready else "—",
        _sentence(", ".join(entry.lacks)) if entry.lacks else "Rien",
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- the practice


def _practice(file: Valorisation) -> dict[str, Any]:
    counted = (
        f"{_sentence(str(file.duration))} au {french_date(file.day)} ; {REQUIRED_MONTHS} mois au moins sont demandés. "
        "Deux périodes qui se recouvrent comptent une fois."
        if file.practised
        else f"Aucune période n’est connue. {REQUIRED_MONTHS} mois au moins sont demandés : écrivez-les, avec leur "
        "justificatif."
    )
    return {
        "title": "Pratique en entreprise",
        "texts": [counted],
        "header": ("Entreprise et fonction", "Période", "Durée", "Justificatifs"),
        "rows": [_period(one, file) for one in file.practised] or [("", "", "", "")] * BLANK_PERIODS,
        "blank": "" if file.practised else "oui",
    }


def _period(line: PracticeLine, file: Valorisation) -> tuple[str, ...]:
    start, end = line.period.start, line.period.end
    last = f"au {end:%d/%m/%Y}" if end else "en cours"
    told = (*line.proofs, *((_sentence(line.note),) if line.note else ())) or ("Aucun : à joindre.",)
    return (
        ", ".join(filter(None, (line.period.company, line.role))),
        f"du {start:%d/%m/%Y}\n{last}",
        line.lasts(file.day) or "à venir",
        "\n".join(told),
    )


# --- the competencies


def _bloc(file: Valorisation, code: str, title: str, mixed: bool) -> dict[str, Any]:
    mine = [one for one in file.entries if one.competency.bloc == code]
    way = f" ({'par la VAE' if mine[0].way == VAE else 'par la formation'})" if mixed else ""
    return {
        "title": f"Bloc {code.removeprefix('B')} : {title}{way}",
        "competencies": [_competency(one) for one in mine],
    }


def _competency(entry: CompetencyEntry) -> dict[str, Any]:
    several = len(entry.told) > 1
    told = entry.told or (Told(entry.competency.code),)
    return {
        "title": f"{entry.competency.code} {entry.competency.statement}",
        "told": [
            _told(one, f"Expérience {number}" if several else "", entry) for number, one in enumerate(told, start=1)
        ],
        "lists": [
            {"title": title, "texts": texts}
            for title, texts in (
                ("Preuves tenues par le kit", list(_proofs(entry))),
                ("Niveaux", list(_levels(entry))),
                ("Grille tuteur", list(_tutor(entry))),
            )
            if texts
        ],
    }


def _told(told: Told, heading: str, entry: CompetencyEntry) -> dict[str, Any]:
    """Return what one row tells, and the frames of what it does not."""
    lived = entry.way == VAE
    where = " ; ".join(filter(None, (told.where, told.frame)))
    lacks = told.lacks(entry.proven, lived)
    labels = {WHERE: "Expérience", **{name: label for name, (label, _) in PARTS.items()}}
    prompts = {WHERE: "L’entreprise, votre fonction et les dates.", **{name: one for name, (_, one) in PARTS.items()}}
    written = [(labels[WHERE], where)] if where and WHERE not in lacks else []
    written += [(labels[name], told.parts[name]) for name in PARTS if told.parts.get(name)]
    return {
        "heading": heading,
        "written": written,
        "frames": [(labels[name], TO_WRITE.format(prompts[name])) for name in lacks],
    }


def _proofs(entry: CompetencyEntry) -> Iterator[str]:
    for one in entry.proofs:
        yield f"{one.title} ({one.criterion}), {one.place} : {'prêt à relire' if one.ready else 'à compléter'}."


def _levels(entry: CompetencyEntry) -> Iterator[str]:
    for by in dict.fromkeys(one.by for one in entry.levels):
        said = [f"{one.criterion}, {one.words}" for one in entry.levels if one.by == by]
        yield f"{by} : {' ; '.join(said)}."


def _tutor(entry: CompetencyEntry) -> Iterator[str]:
    for company, line in entry.tutor:
        yield f"{company} : {line.level}.{f' {line.comment}' if line.comment else ''}"


# --- the tutors' grids


def _grids(file: Valorisation) -> dict[str, Any]:
    if file.way == VAE and not file.grids:
        return {}
    note = HELD_ELSEWHERE if file.grids is None else "" if file.grids else NO_GRID
    return {
        "title": "Grille tuteur",
        "note": note,
        "header": ("Code", "Niveau", "Commentaire"),
        "grids": [_grid(one) for one in file.grids or ()],
    }


def _grid(grid: FilledGrid) -> dict[str, Any]:
    return {
        "title": grid.company,
        "text": f"Remplie le {grid.day:%d/%m/%Y} par {grid.tutor}, {grid.role}, pour une pratique du "
        f"{grid.start:%d/%m/%Y} au {grid.end:%d/%m/%Y}.",
        "rows": [(line.code, line.level, line.comment or "—") for line in grid.lines],
    }
