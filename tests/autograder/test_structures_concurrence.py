"""The benchmark, the SWOT, its crossings and the note: a model passes; each rule broken alone gives its own remark."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.evaluation import evaluate
from autograder.keys.questions.e1_strategie import concurrence_swot as facts
from autograder.keys.questions.e1_strategie.concurrence_swot import KEYS
from autograder.keys.questions.e1_strategie.concurrence_swot_tables import EXAMPLE, QUADRANTS
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in KEYS}
Rows = list[dict[str, Any]]
WEIGHTS = {
    "Prix du panier type": 0.3, "Évolutivité des meubles": 0.25, "Éco-conception": 0.15, "Avis des clients": 0.1,
    "Délai de livraison": 0.1, "Largeur de gamme": 0.1,
}  # fmt: skip
READING = "Un point de retard sur le délai, soit un dixième de point de score, que nous pouvons reprendre seuls."


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("hetrabelle", "", 0)


@pytest.fixture
def benchmark(case: Case) -> Rows:
    table = case.fact(facts.grid)
    table = table[table["concurrent"].isin(["Nidécorce", "Ptitrabot", "Secondéveil", case.company.name])]
    return [
        {
            "concurrent": row.concurrent, "type": row.type, "critère": row.critere, "poids": WEIGHTS[row.critere],
            "note": row.note, "score": row.note * WEIGHTS[row.critere], "source": row.source,
            "date": row.date_source.date().isoformat(),
            "lecture": READING if row.critere == "Délai de livraison" else "",
        }
        for row in table.itertuples()
        if row.critere in WEIGHTS
    ]  # fmt: skip


@pytest.fixture
def swot() -> Rows:
    return [
        {
            "repère": f"{letters}{rank}", "quadrant": quadrant,
            "facteur": f"Un fait précis de la case {quadrant}, le numéro {rank}",
            "origine": "interne" if quadrant in ("force", "faiblesse") else "externe", "preuve": f"F{rank:02d}, F20",
            "poids": 1 / 6, "intensité": rank + 1,
        }
        for letters, quadrant in zip(("Fo", "Fa", "Op", "Me"), QUADRANTS, strict=True)
        for rank in (1, 2, 3)
    ]  # fmt: skip


@pytest.fixture
def crossings() -> Rows:
    cited = {"FO": "Fo1, Op2", "FaO": "Fa1 et Op1", "FM": "Fo2, Me1", "FaM": "Fa3, Me2, Me3"}
    return [
        {
            "croisement": name, "repères": ids, "indicateur": "dix jours au 31 mars 2027",
            "action": f"Tenir en stock les trois meubles les plus vendus, au titre du croisement {name}",
            "décision": "écartée" if name == "FM" else "retenue", "priorité": None if name == "FM" else rank,
            "motif": "Les moyens manquent cette année" if name == "FM" else "",
        }
        for rank, (name, ids) in zip((1, 2, 9, 3), cited.items(), strict=True)
    ]  # fmt: skip


NOTE = (
    "Livrons plus vite avant de lancer le lit-bureau\n\n"
    "Nous proposons de ramener à dix jours le délai des trois meubles les plus vendus (Fa1). Nidécorce obtient 3,4 sur "
    "5, nous obtenons 3,1. Le marché demande 48 heures, notre délai est de 24 jours. "
) + "Les preuves sont au tableau. " * 18


def judged(question: str, answer: object, case: Case, beside: dict[str, object] | None = None) -> Finding:
    earlier = {name: encode(value) for name, value in (beside or {}).items()}
    return evaluate(QUESTIONS[question], case, encode(answer), earlier)


def broken(rows: Rows, change: Callable[[Rows], object]) -> Rows:
    rows = copy.deepcopy(rows)
    change(rows)
    return rows


def put(row: int, **cells: object) -> Callable[[Rows], object]:
    return lambda rows: rows[row].update(cells)


def more(name: str, value: object, **cells: object) -> Callable[[Rows], object]:
    return lambda rows: rows.append({**rows[0], name: value, **cells})


def without(key: str, value: object) -> Callable[[Rows], object]:
    return lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[key] != value])


def one_fault(finding: Finding, words: str, total: int) -> None:
    assert finding.outcome is Outcome.TO_COMPLETE
    remarks = [remark.replace("\u00a0", " ") for remark in finding.remarks]
    assert remarks
    assert all(words in remark for remark in remarks), remarks
    assert finding.fraction == pytest.approx(1 - 1 / total)


def rules_of(question: str) -> int:
    return len(QUESTIONS[question].check.rules)  # type: ignore[attr-defined]


def test_the_models_are_ready(case, benchmark, swot, crossings) -> None:
    assert judged("s2-benchmark", benchmark, case).outcome is Outcome.READY
    assert judged("s2-swot", swot, case).outcome is Outcome.READY
    assert judged("s2-croisements", crossings, case, {"s2-swot": swot}).outcome is Outcome.READY
    assert judged("s2-note", NOTE, case).outcome is Outcome.READY


BENCHMARK_FAULTS = {
    "source vide": (put(0, source=""), "« source »"),
    "type inconnu": (put(3, type="rival"), "« rival »"),
    "concurrent inconnu": (
        lambda rows: [row.update(concurrent="Boisjoli") for row in rows if row["concurrent"] == "Nidécorce"],
        "« Boisjoli »",
    ),
    "ligne de trop": (more("critère", "Emballage", poids=0, score=0), "« Emballage »"),
    "note d’ailleurs": (lambda rows: _mark(rows[0], 4 if rows[0]["note"] == 5 else 5), "« note »"),
    "score faux": (put(0, score=9), "« score »"),
    "date illisible": (put(0, date="au printemps"), "« date »"),
    "source périmée": (put(0, date="2025-03-17"), "« date »"),
    "lecture trop courte": (lambda rows: put(_read(rows), lecture="Un point de retard")(rows), "« lecture »"),
    "lectures absentes": (
        lambda rows: [row.update(lecture="") for row in [row for row in rows if row["lecture"]][:2]],
        "« lecture »",
    ),
}


def _mark(row: dict[str, Any], note: int) -> None:
    row.update(note=note, score=row["poids"] * note)


def _read(rows: Rows) -> int:
    return next(rank for rank, row in enumerate(rows) if row["lecture"])


@pytest.mark.parametrize("fault", BENCHMARK_FAULTS)
def test_a_fault_of_the_benchmark(fault: str, case: Case, benchmark: Rows) -> None:
    change, words = BENCHMARK_FAULTS[fault]
    one_fault(judged("s2-benchmark", broken(benchmark, change), case), words, rules_of("s2-benchmark"))


def test_other_faults_of_the_benchmark(case: Case, benchmark: Rows) -> None:
    few = judged("s2-benchmark", broken(benchmark, without("concurrent", "Ptitrabot")), case)
    assert any("24 lignes" in remark for remark in few.remarks)
    alone = judged("s2-benchmark", broken(benchmark, without("concurrent", case.company.name)), case)
    assert any(case.company.name in remark for remark in alone.remarks)
    heavy = judged("s2-benchmark", broken(benchmark, lambda rows: rows[0].update(poids=0.5)), case)
    assert any("1,2 au total" in remark for remark in heavy.remarks)
    assert any("Gardez une seule valeur" in remark for remark in heavy.remarks)
    wild = judged("s2-benchmark", broken(benchmark, put(0, note=7, score=2.1)), case)
    assert any("de 1 à 5" in remark for remark in wild.remarks)


ANOTHER = {"repère": "Fo9", "facteur": "Une autre ligne bien précise du dossier"}
SWOT_FAULTS = {
    "intensité vide": (put(0, intensité=None), "« intensité »"),
    "quadrant inconnu": (more("quadrant", "atout", **ANOTHER, poids=0), "« atout »"),
    "origine inconnue": (more("origine", "les deux", **ANOTHER, poids=1), "« les deux »"),
    "repère sans numéro": (put(0, repère="Force"), "« repère »"),
    "repère répété": (put(1, repère="Fo1"), "« repère »"),
    "facteur répété": (lambda rows: put(1, facteur=rows[0]["facteur"])(rows), "« facteur »"),
    "preuve inventée": (put(0, preuve="F99"), "« preuve »"),
    "poids qui débordent": (put(0, poids=0.5), "au total"),
    "intensité hors échelle": (put(0, intensité=8), "« intensité »"),
    "facteur trop court": (put(0, facteur="Bonne image"), "« facteur »"),
    "facteur recopié": (put(0, facteur=EXAMPLE[0]), "l’exemple"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SWOT_FAULTS)
def test_a_fault_of_the_swot(fault: str, case: Case, swot: Rows) -> None:
    change, words = SWOT_FAULTS[fault]
    one_fault(judged("s2-swot", broken(swot, change), case), words, rules_of("s2-swot"))


def test_quadrants_and_origins_of_the_swot(case: Case, swot: Rows) -> None:
    few = judged("s2-swot", broken(swot, lambda rows: rows[0].update(quadrant="faiblesse")), case)
    one_fault(few, "« force »", rules_of("s2-swot"))
    crossed = judged(
        "s2-swot",
        broken(swot, lambda rows: (rows[0].update(origine="externe"), rows[6].update(origine="interne"))),
        case,
    )
    one_fault(crossed, "origine", rules_of("s2-swot"))


LAST = {
    "action": "Faire une dernière chose avant la fin",
    "décision": "écartée", "priorité": None, "motif": "Le temps manque",
}  # fmt: skip
CROSSING_FAULTS = {
    "indicateur vide": (put(0, indicateur=""), "« indicateur »"),
    "croisement inconnu": (more("croisement", "FF", **LAST), "« FF »"),
    "repère inventé": (put(0, repères="Fo1, Op8"), "« repères »"),
    "deux forces": (put(0, repères="Fo1, Fo2"), "« FO »"),
    "action répétée": (lambda rows: put(1, action=rows[0]["action"])(rows), "« action »"),
    "action trop courte": (put(0, action="Livrer plus vite"), "« action »"),
    "action recopiée": (put(0, action=EXAMPLE[-1]), "l’exemple"),
    "écartée sans motif": (put(2, motif=""), "motif"),
    "rang sauté": (put(3, priorité=7), "« priorité »"),
}  # fmt: skip


@pytest.mark.parametrize("fault", CROSSING_FAULTS)
def test_a_fault_of_the_crossings(fault: str, case: Case, swot: Rows, crossings: Rows) -> None:
    change, words = CROSSING_FAULTS[fault]
    finding = judged("s2-croisements", broken(crossings, change), case, {"s2-swot": swot})
    one_fault(finding, words, rules_of("s2-croisements"))


def test_crossings_are_judged_without_the_swot(case: Case, crossings: Rows) -> None:
    assert judged("s2-croisements", crossings, case).outcome is Outcome.READY
    again = {**crossings[0], "action": "Former les revendeurs au montage du lit-bureau", "priorité": 3}
    one_fault(judged("s2-croisements", [*crossings[:3], again], case), "« FaM »", rules_of("s2-croisements"))
    none = [{**row, "décision": "écartée", "priorité": None, "motif": "Les moyens manquent"} for row in crossings]
    one_fault(judged("s2-croisements", none, case), "« priorité »", rules_of("s2-croisements"))


NOTE_FAULTS = {
    "trop courte": (NOTE[: len(NOTE) // 2], "mots"),
    "sans titre": (NOTE.replace("\n\n", "\n"), "titre"),
    "sans chiffre": (NOTE.replace("3,4 sur 5", "plus").replace("3,1", "moins"), "chiffre"),
    "sans concurrent": (NOTE.replace("Nidécorce", "Le meilleur"), "concurrent"),
    "sans repère": (NOTE.replace("(Fa1)", "bientôt 1"), "repère"),
}


@pytest.mark.parametrize("fault", NOTE_FAULTS)
def test_a_fault_of_the_note(fault: str, case: Case) -> None:
    text, words = NOTE_FAULTS[fault]
    one_fault(judged("s2-note", text, case), words, rules_of("s2-note"))


def test_sorting_the_facts(case: Case) -> None:
    place = case.fact(facts.places)

    def ask(ids: object) -> Finding:
        return judged("s2-tri", ids, case)

    assert ask(", ".join(sorted(place.internal))).outcome is Outcome.RIGHT
    assert ask([name.lower().replace("f0", "f") for name in place.internal]).outcome is Outcome.RIGHT
    assert ask("").outcome is Outcome.NOT_ATTEMPTED
    for strange in ("F99", " Fait-01 "):
        found = ask([strange, *place.internal])
        assert found.outcome is Outcome.UNREADABLE
        assert f"« {strange.strip()} » n’est pas un des" in found.message.replace("\u00a0", " ")
    assert ask(14).outcome is Outcome.UNREADABLE
    misled = sorted(place.traps - place.internal)
    assert ask(sorted(place.internal | set(misled))).misconceptions == ("M235",)
    two = ask(sorted(place.internal | set(misled[:2])))
    assert (two.outcome, two.misconceptions) == (Outcome.WRONG, ("M235",))
    assert two.fraction == pytest.approx(1 / 3)
    assert ask(sorted(place.internal)[:13]).fraction == pytest.approx(2 / 3)
    assert ask(sorted(place.every)).fraction == 0
