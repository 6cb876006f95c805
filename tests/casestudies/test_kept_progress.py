"""Progress is each learner's own, keeps the best outcome, and survives a damaged file."""

from pathlib import Path

from casestudies.findings import Outcome
from casestudies.kept_progress import KeptProgress, Standing


def test_two_learners_in_one_folder_never_mix(tmp_path: Path) -> None:
    ana, bob = (KeptProgress(tmp_path, "kerlavandre", name) for name in ("ana.martin", "bob"))
    ana.remember("q", outcome=Outcome.RIGHT, hints=2)
    assert bob.standing("q") == Standing()
    bob.remember("q", outcome=Outcome.WRONG)
    assert KeptProgress(tmp_path, "kerlavandre", "ana.martin").standing("q") == Standing(
        Outcome.RIGHT, Outcome.RIGHT, 2
    )
    assert KeptProgress(tmp_path, "treziflow", "ana.martin").standing("q") == Standing()


def test_the_best_outcome_is_kept_and_the_last_one_known(tmp_path: Path) -> None:
    kept = KeptProgress(tmp_path, "kerlavandre", "ana")
    for outcome in (Outcome.WRONG, Outcome.RIGHT, Outcome.NOT_ATTEMPTED):
        kept.remember("q", outcome=outcome)
    assert kept.standing("q") == Standing(Outcome.RIGHT, Outcome.NOT_ATTEMPTED)


def test_every_outcome_has_its_rank(tmp_path: Path) -> None:
    kept = KeptProgress(tmp_path, "kerlavandre", "ana")
    for outcome in Outcome:
        kept.put("q", Standing())
        kept.remember("q", outcome=outcome)
        assert kept.standing("q") == Standing(outcome, outcome)


def test_a_damaged_file_counts_as_empty_and_is_written_again(tmp_path: Path) -> None:
    kept = KeptProgress(tmp_path, "kerlavandre", "ana")
    kept.remember("q", hints=1)
    (path,) = (tmp_path / ".casekit" / "progression").iterdir()
    for damage in (
        "{abîmé",
        "[]",
        '{"questions": {"q": 3}}',
        '{"questions": {"q": {"meilleur": "?", "indices": "deux"}}}',
    ):
        path.write_text(damage, encoding="utf-8")
        assert kept.standing("q") == Standing()
        kept.remember("q", hints=1)
        assert kept.standing("q").hints == 1
