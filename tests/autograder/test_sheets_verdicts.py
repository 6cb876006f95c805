"""The rules from points and reviews to verdicts: « verdicts.csv », which a trainer can read, and what it cannot say."""

import base64
import csv
import json
import re
import struct
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from candidates import candidate
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.class_list import Learner
from autograder.referentiel import load_referentiel
from autograder.sheets import blocs
from autograder.sheets.blocs import best, decide_bloc
from autograder.sheets.centre import Centre, CentreError, Combination, Compensation, Verdicts, example, read_centre
from autograder.sheets.grouping import bloc_verdict, competency_verdict, part_explanation
from autograder.sheets.model import CriterionRow, Verdict
from autograder.sheets.rules import rules
from autograder.sheets.verdicts import COMBINED, Decision, Parts, decide, machine_level, review_level, verdict_of

REFERENTIEL = load_referentiel()
CODES = [row.code for row in REFERENTIEL.criteria_of("E4")]
DEFAULT = Centre()
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""
LOSS = "Copie non corrigée : le fichier est illisible."
with (Path(__file__).parent / "verdicts.csv").open(encoding="utf-8", newline="") as stream:
    TABLE = list(csv.DictReader(stream, delimiter=";"))


def centre(settings: str, folder: Path) -> Centre:
    """Read the settings of one line of the table as a course does."""
    path = folder / "centre.toml"
    path.write_text(settings.replace(" | ", "\n"), encoding="utf-8")
    return read_centre(path)


def parts(line: dict[str, str], settings: Centre) -> Parts:
    """Return what a line of the table says of the first criterion."""
    points, _, top = line["points"].replace(",", ".").partition("/")
    scores = tuple(None if one == "?" else float(one) for one in line["relectures"].split())
    return Parts(
        points=None if points in ("", "?") else float(points),
        max_points=float(top or 0),
        scores=scores,
        lost=(LOSS,) if line["copie"] != "remise" and points == "?" else (),
        pending=("Note : à relire par le formateur.",) if None in scores else (),
        absent=line["copie"] == "absente",
        withdrawn=settings.withdrawn.get(CODES[0], ""),
    )


def row(code: str, decision: Decision) -> CriterionRow:
    """Return a decided criterion as the sheets hold it."""
    known = REFERENTIEL.criteria[code]
    return CriterionRow(
        code, known.statement, known.competencies, known.type, None, 0.0, decision.auto_level, decision.review_level,
        decision.level, decision.verdict, decision.reasons,
    )  # fmt: skip


def named(word: str, validation: int = 3) -> Decision:
    """Return the decision that a word of the table stands for: a level, « ? », « abs » or « ret »."""
    told = {"?": Verdict.TO_REVIEW, "abs": Verdict.ABSENT, "ret": Verdict.WITHDRAWN}
    if word in told:
        return Decision(None, None, None, told[word], ("Raison.",))
    return Decision(None, int(word), int(word), verdict_of(int(word), Centre(validation_level=validation)))


def rows(words: str, validation: int = 3) -> list[CriterionRow]:
    """Return the criteria of bloc 3 with these decisions, one word for all or one each."""
    each = words.split() if " " in words else [words] * len(CODES)
    return [row(code, named(word, validation)) for code, word in zip(CODES, each, strict=True)]


def bloc(words: str, settings: Centre) -> Verdict:
    """Return the verdict of bloc 3."""
    return bloc_verdict(rows(words, settings.validation_level), REFERENTIEL.competencies_of("B3"), settings)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: str(line["situation"]))
def test_table_of_verdicts(line: dict[str, str], tmp_path: Path) -> None:
    settings = centre(line["réglages"], tmp_path)
    found = decide(parts(line, settings), settings)
    assert (str(found.level or ""), found.verdict.value) == (line["niveau"], line["verdict"])
    assert found.verdict in (Verdict.ACQUIRED, Verdict.PARTIAL, Verdict.NOT_ACQUIRED) or found.reasons
    others = line["autres critères"].split() * (1 if " " in line["autres critères"] else len(CODES) - 1)
    every = [row(CODES[0], found)]
    every += [row(code, named(one, settings.validation_level)) for code, one in zip(CODES[1:], others, strict=True)]
    decided = decide_bloc(REFERENTIEL.blocs["B3"], {one.code: one for one in every}, REFERENTIEL, settings)
    assert decided.verdict is not None
    assert decided.verdict.value == line["bloc"]
    assert decided.reasons
    assert decided.missing == tuple(one.code for one in every if one.verdict in (Verdict.TO_REVIEW, Verdict.ABSENT))


def test_the_table_is_whole() -> None:
    assert len(TABLE) >= 40
    assert len({line["situation"] for line in TABLE}) == len(TABLE)
    assert {line["verdict"] for line in TABLE} == {verdict.value for verdict in Verdict}
    assert {line["bloc"] for line in TABLE} == {verdict.value for verdict in Verdict if verdict is not Verdict.PARTIAL}


def test_levels_of_points_and_of_reviews() -> None:
    shares = {(1.7, 2): 4, (5.95, 7): 4, (0.65 * 3, 3): 3, (0.1 + 0.3, 1): 2, (-1, 4): 1}
    assert {share: machine_level(*share, DEFAULT) for share in shares} == shares
    several = ([4], [4, 4, 3], [0], [0, 4], [3.9], [9])
    assert [review_level(scores) for scores in several] == [4, 3, 1, 1, 3, 4]
    assert [review_level(scores, Combination.MEAN) for scores in several] == [4, 3, 1, 2, 3, 4]


@pytest.mark.parametrize("rule", list(Combination))
def test_the_sheet_explains_a_level_that_comes_from_two(rule: Combination) -> None:
    settings = Centre(combination=rule)
    found = decide(Parts(10, 10, (2,)), settings)
    assert len(found.reasons) == 1
    assert found.reasons[0].startswith(f"Niveau {found.level} : ")
    assert found.reasons[0].endswith("(machine 4, relecture 2).")
    assert decide(Parts(10, 10, (4,)), settings).reasons == ()
    assert COMBINED[rule].sentence in rules(settings)


def test_withdrawn_and_absent_say_why() -> None:
    assert decide(Parts(10, 10, withdrawn="Panne."), DEFAULT).reasons == (
        "Retiré de cette session par le centre : Panne.",
    )
    assert "pas un zéro" in decide(Parts(None, 10, lost=(LOSS,), absent=True), DEFAULT).reasons[0]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("3 3", "acquis"), ("3 2", "partiellement acquis"), ("3 1", "partiellement acquis"),
     ("1 2", "partiellement acquis"),
     ("1 1", "non acquis"), ("1 ?", "à relire"), ("3 abs", "absent"), ("abs ?", "à relire"), ("ret 1", "non acquis"),
     ("ret ret", "retiré"), ("", "à relire")],
)  # fmt: skip
def test_competency(words: str, verdict: str) -> None:
    group = [row(code, named(word)) for code, word in zip(CODES, words.split(), strict=False)]
    assert competency_verdict(group, DEFAULT).value == verdict


def test_a_bloc_with_two_assessments_is_not_decided_by_one() -> None:
    first, assessments = REFERENTIEL.blocs["B1"], list(REFERENTIEL.assessments.values())
    here, levels = (
        REFERENTIEL.assessments["E2"],
        {"?": "reste à relire", "abs": "aucune copie remise", "1": "n’est pas"},
    )
    for word, words in {**levels, "3": "est acquise, reste E1", "ret": "E1 décide"}.items():
        said = part_explanation(first, here, assessments, named(word).verdict, DEFAULT)
        assert "E1 et E2" in said
        assert words in said
    only = part_explanation(
        REFERENTIEL.blocs["B2"], REFERENTIEL.assessments["E3"], assessments, Verdict.ACQUIRED, DEFAULT
    )
    assert "seule évaluation (E3)" in only
    mine = {one.code: row(one.code, named("4")) for one in REFERENTIEL.criteria_of("E2")}
    decided = decide_bloc(first, mine, REFERENTIEL, DEFAULT)
    assert decided.verdict is None
    assert decided.missing == tuple(one.code for one in REFERENTIEL.criteria_of("E1"))
    assert decided.reasons == ("E1 n’a pas été évaluée dans ce cours (B1-C01 à B1-C11).",)


@pytest.mark.parametrize(
    ("words", "settings", "reasons"),
    [
        ("3", DEFAULT, ["Les 9 critères évalués sont au niveau 3 ou plus."]),
        ("1 2 3 3 3 3 3 3 3", DEFAULT, ["Sous le niveau 3 : B3-C01 (niveau 1), B3-C02 (niveau 2)."]),
        ("? abs 3 3 3 3 3 3 ret", DEFAULT, [
            "Candidat absent, aucune copie remise : B3-C02.", "À relire ou à évaluer : B3-C01.", "B3-C09. Raison.",
        ]),
        ("2 3 3 3 3 3 3 3 4", Centre(compensation=Compensation.BLOC), [
            "Sous le niveau 3, mais compensé par d’autres critères : B3-C01 (niveau 2).",
            "Moyenne des niveaux pour le bloc 3 : 3,00 (3 attendu).",
        ]),
        ("2 3 3 3 3 3 3 3 3", Centre(compensation=Compensation.COMPETENCY), [
            "Sous le niveau 3 : B3-C01 (niveau 2).",
            "Moyenne des niveaux pour la compétence 3.1.1 : 2,66 (3 attendu).",
        ]),
        ("1 4 4 3 3 3 3 3 3", Centre(compensation=Compensation.COMPETENCY), [
            "Sous le niveau 3 : B3-C01 (niveau 1).",
            "Moyenne des niveaux pour la compétence 3.1.1 : 3,00 (3 attendu).",
            "Sous le niveau plancher 2, sans compensation possible : B3-C01.",
        ]),
    ],
)  # fmt: skip
def test_reasons_of_a_bloc(words: str, settings: Centre, reasons: list[str]) -> None:
    found = {one.code: one for one in rows(words)}
    assert list(decide_bloc(REFERENTIEL.blocs["B3"], found, REFERENTIEL, settings).reasons) == reasons


def test_a_criterion_assessed_twice_counts_by_its_best_decision() -> None:
    found = [row(CODES[0], named(word)) for word in ("?", "1", "abs", "3", "2")]
    kept: CriterionRow | None = None
    for one in found:
        kept = best(kept, one)
    assert kept is found[3]
    assert blocs.DECIDED == (Verdict.ACQUIRED, Verdict.PARTIAL, Verdict.NOT_ACQUIRED)


@pytest.mark.parametrize(
    ("validation", "words"),
    [
        (1, "à partir du niveau 1 (réglage du centre)."),
        (2, "centre) ; non acquis au niveau 1."),
        (3, "centre) ; partiellement acquis au niveau 2, non acquis au niveau 1."),
        (4, "centre) ; partiellement acquis au niveau 2 ou 3, non acquis au niveau 1."),
    ],
)
def test_the_rules_say_the_settings_in_use(validation: int, words: str) -> None:
    said = "\n".join(rules(Centre(validation_level=validation, thresholds=(30, 50, 90))))
    assert words in said
    for level, least in ((2, 30), (3, 50), (4, 90)):
        assert f"niveau {level} à partir de {least} % des points" in said
    assert "Sans compensation" in said
    made_up = "\n".join(rules(Centre(compensation=Compensation.BLOC, floor=1, weights={"B3-C01": 3})))
    assert "aucun critère n’est sous le niveau 1. Poids : B3-C01 compte 3 ; 1 pour les autres." in made_up


LEVELS = st.lists(st.integers(1, 4), min_size=9, max_size=9)
SETTINGS = st.builds(
    Centre,
    validation_level=st.integers(2, 4),
    combination=st.sampled_from(Combination),
    compensation=st.sampled_from(Compensation),
    floor=st.integers(1, 2),
    weights=st.dictionaries(st.sampled_from(CODES), st.integers(1, 100)),
)


@given(SETTINGS, st.floats(0, 20), st.floats(0, 20), st.lists(st.floats(0, 4), max_size=3))
def test_more_points_never_give_a_lower_level(settings: Centre, one: float, other: float, scores: list[float]) -> None:
    low, high = (decide(Parts(points, 20, tuple(scores)), settings).level for points in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high


@given(SETTINGS, LEVELS, st.integers(0, 8))
def test_a_higher_level_never_loses_a_bloc(settings: Centre, levels: list[int], place: int) -> None:
    better = [*levels[:place], min(4, levels[place] + 1), *levels[place + 1 :]]
    before, after = (bloc(" ".join(map(str, one)), settings) for one in (levels, better))
    assert (before, after) != (Verdict.ACQUIRED, Verdict.NOT_ACQUIRED)
    if min(levels) >= settings.validation_level:
        assert before is Verdict.ACQUIRED


def test_the_default_file_is_commented_and_says_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(example(), encoding="utf-8")
    assert read_centre(path) == DEFAULT
    (tmp_path / "logo.png").write_bytes(PIXEL)
    lines = [line.removeprefix("# ") for line in example().splitlines()]
    given = [line for line in lines if " = " in line or line.startswith("[")]
    path.write_text("\n".join(given).replace('"aucune"', '"bloc"'), encoding="utf-8")
    found = read_centre(path)
    assert (found.name, found.weights, list(found.withdrawn)) == ("Centre de formation", {"B1-C15": 2}, ["B1-C11"])
    assert (found.validation_level, found.combination, found.floor, found.thresholds) == (
        DEFAULT.validation_level, DEFAULT.combination, DEFAULT.floor, DEFAULT.thresholds,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("niveau = 3", "clé « niveau » : clé inconnue"),
        ("niveau_validation = 5", "clé « niveau_validation » : un niveau de 1 à 4"),
        ("niveau_validation = true", "un nombre entier est attendu"),
        (
            "compensation = 'partout'",
            "« partout » n’est pas l’une des valeurs permises : « aucune », « compétence », « bloc »",
        ),
        ("compensation = 3", "un texte non vide"),
        ("corrige_et_relu = 'le plus fort'", "« plus faible », « moyenne », « relecture »"),
        ("niveau_plancher = 2", "sans effet tant que « compensation » vaut « aucune »"),
        ("poids.B1-C15 = 2", "clé « poids » : sans effet"),
        ("compensation = 'bloc'\nniveau_plancher = 4", "ne peut pas dépasser le niveau de validation"),
        (
            "compensation = 'bloc'\npoids.B9-C15 = 2",
            "table « poids » : clé « B9-C15 » : le critère « B9-C15 » n’existe pas",
        ),
        ("compensation = 'bloc'\npoids.B1-C15 = 0", "un poids entier de 1 à 100"),
        ("compensation = 'bloc'\npoids.B1-C15 = 1.5", "un nombre entier"),
        ("seuils = {niveau_2 = 40}", "clé « niveau_3 » : clé absente"),
        (
            "seuils = {niveau_2 = 40, niveau_3 = 40, niveau_4 = 85}",
            "clé « niveau_3 » : des parts en pour cent, croissantes",
        ),
        ("seuils = {niveau_2 = 40, niveau_3 = 65, niveau_4 = 101}", "clé « niveau_4 »"),
        ("retires = [{code = 'B1-C11'}]", "n° 1 (B1-C11) : clé « motif » : clé absente"),
        ("retires = [{code = 'X', motif = 'a'}]", "le critère « X » n’existe pas"),
        ("retires = [{code = 'B1-C11', motif = 'a'}, {code = 'B1-C11', motif = 'b'}]", "déjà retiré"),
        ("retires = [{code = 'B1-C11', motif = ' '}]", "un texte non vide"),
        ("verdicts = 'reçu'", "« acquis / non acquis »"),
        ("signataire = ''", "un texte non vide"),
        ("certificateur = {rncp = 'RNCP1'}", "clé « nom » : clé absente"),
        ("certificateur = {nom = 'X', rncp = '12345'}", "« 12345 » n’est pas un code : « RNCP » suivi de chiffres"),
        ("certificateur = {nom = 'X', blocs = {B9 = 'RNCP1BC01'}}", "le référentiel n’a que les blocs B1, B2, B3"),
        ("certificateur = {nom = 'X', blocs = {B1 = 'BC01'}}", "comme RNCP00000BC01"),
        ("logo = 'absent.png'", "clé « logo » : « absent.png » ne peut pas être lu"),
        ("logo = '../logo.png'", "un fichier du dossier du cours"),
        ("logo = 'centre.toml'", "n’est ni un PNG ni un SVG"),
        (f"nom = '{'x' * 201}'", "200 caractères au plus"),
        ("nom = [", "TOML illisible"),
        ("# " + "x" * 100_001, "trop long"),
    ],
)
def test_settings_are_read_strictly(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CentreError) as raised:
        centre(text, tmp_path)
    assert message in str(raised.value).replace("\xa0", " ")
    assert "centre.toml" in str(raised.value)
    assert "Corrigez" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PIXEL + b"x" * 200_000, "pèse 200 ko : 200 ko au plus"),
        (PIXEL[:20], "PNG abîmé"),
        (PIXEL[:16] + struct.pack(">II", 5000, 10) + PIXEL[24:], "mesure 5000 × 10 pixels"),
        (b"GIF89a", "ni un PNG ni un SVG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "autre chose qu’un dessin"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "ni un PNG ni un SVG"),
        (b"<svg><use href='https://example.org/x'/></svg>", "renvoie à un autre fichier"),
    ],
)
def test_a_logo_is_small_and_refers_to_nothing(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(CentreError) as raised:
        centre("logo = 'logo.png'", tmp_path)
    assert message in str(raised.value).replace("\xa0", " ")


def test_what_is_printed_of_the_issuer_is_read_and_kept_in_traces_without_the_picture(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0H9'/></svg>"
    )
    found = centre(
        "logo = 'logo.svg' | signataire = 'A. B.' | qualite_signataire = 'Direction' | [certificateur] | nom = 'X' | "
        "rncp = 'rncp 123' | blocs = {B1 = 'RNCP123BC01'}",
        tmp_path,
    )
    issuer = found.issuer
    assert (issuer.name, issuer.code, issuer.bloc_code("B1"), issuer.bloc_code("B2")) == (
        "X", "RNCP123", "RNCP123BC01", "",
    )  # fmt: skip
    assert issuer.signed_by == "A. B., Direction"
    assert issuer.logo is not None
    assert not issuer.logo.is_png
    plain = found.plain()
    assert plain["issuer"]["logo"] == {"name": "logo.svg", "sha256": sha256(issuer.logo.content).hexdigest()}
    assert plain["thresholds"] == [40, 65, 85]
    assert json.loads(json.dumps(plain)) == plain


def test_a_centre_may_know_two_words_only(tmp_path: Path) -> None:
    two = centre("verdicts = 'acquis / non acquis'", tmp_path)
    assert two.verdicts is Verdicts.TWO
    assert [decide(Parts(None, 0, (level,)), two).verdict for level in (1, 2, 3, 4)] == [
        Verdict.NOT_ACQUIRED, Verdict.NOT_ACQUIRED, Verdict.ACQUIRED, Verdict.ACQUIRED,
    ]  # fmt: skip
    assert any("niveau 3 (réglage du centre), sinon non acquis" in line for line in rules(two))
    assert not any("partiel" in line for line in rules(two))
    rows = [replace(candidate("E2", Learner("a"), "4", centre=two).criteria[0], verdict=one) for one in
            (Verdict.ACQUIRED, Verdict.NOT_ACQUIRED)]  # fmt: skip
    assert competency_verdict(rows, two) is Verdict.NOT_ACQUIRED
    assert competency_verdict(rows, DEFAULT) is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"niveau_de_validation = trois\n", "TOML illisible (ligne 1, signe 24)"),
        ("# réglages".encode("cp1252"), "TOML illisible (il n’est pas enregistré en UTF-8)"),
        (b"poids = [", "TOML illisible (il s’arrête avant la fin d’une valeur)"),
    ],
)
def test_settings_that_are_not_toml_are_refused_in_french(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "centre.toml").write_bytes(content)
    with pytest.raises(CentreError, match=re.escape(words)):
        read_centre(tmp_path / "centre.toml")


def test_settings_saved_by_the_notepad_of_windows_are_read(tmp_path: Path) -> None:
    (tmp_path / "centre.toml").write_bytes(b"\xef\xbb\xbf" + example().encode())
    assert read_centre(tmp_path / "centre.toml") == DEFAULT


def test_a_folder_in_the_place_of_the_settings_is_said(tmp_path: Path) -> None:
    (tmp_path / "centre.toml").mkdir()
    with pytest.raises(CentreError, match="ne peut pas être lu"):
        read_centre(tmp_path / "centre.toml")


def test_words_of_verdicts() -> None:
    said: dict[Any, str] = {verdict: verdict.feminine for verdict in Verdict}
    assert said[Verdict.PARTIAL] == "partiellement acquise"
    assert said[Verdict.WITHDRAWN] == "retirée"


def test_points_without_a_right_value_do_not_acquire() -> None:
    found = decide(Parts(10, 10, own=False), DEFAULT)
    assert (found.auto_level, found.verdict) == (2, Verdict.PARTIAL)
    assert "Aucune valeur calculée n’est juste" in found.reasons[0]
    assert decide(Parts(10, 10, (4,), own=False), DEFAULT).verdict is Verdict.PARTIAL
    low = decide(Parts(1, 10, own=False), DEFAULT)
    assert (low.verdict, low.reasons) == (Verdict.NOT_ACQUIRED, ()), "nothing is said where nothing changes"
    assert decide(Parts(10, 10), DEFAULT).verdict is Verdict.ACQUIRED
    assert any("une au moins est juste" in line for line in rules(DEFAULT))


def test_a_wrong_essential_question_holds_the_criterion_under_the_level_that_validates() -> None:
    found = decide(Parts(15, 20, failed=("ROI de la promotion",)), DEFAULT)
    assert (found.auto_level, found.verdict) == (2, Verdict.PARTIAL)
    assert "« ROI de la promotion » est une question essentielle" in found.reasons[0]
    assert decide(Parts(4, 20, failed=("ROI",)), DEFAULT).reasons == (), "nothing is said where nothing changes"
    assert decide(Parts(15, 20), DEFAULT).verdict is Verdict.ACQUIRED
    assert any("question essentielle" in line for line in rules(DEFAULT))
