"""The plan of communication and distribution of Isolombre: its survey, its audiences, what management set."""

from cases import variants_of

from casestudies.company import company_folder
from casestudies.isolombre.company import AGENCY_CHANNELS, Isolombre
from casestudies.isolombre.outreach import WEAKEST

variants = variants_of(Isolombre, 8)
STAGES = ["interroges", "connaissent", "preferent", "ont_agi"]


def test_each_stage_counts_people_of_the_stage_before(variants) -> None:
    for variant in variants:
        survey = variant.table("entonnoir_roles")
        assert len(survey) == 12
        assert (survey[STAGES].diff(axis="columns").iloc[:, 1:] <= 0).all(axis=None)
        assert (survey[STAGES] > 0).all(axis=None)


def test_one_passage_of_each_role_is_clearly_the_narrowest_and_the_three_are_met(variants) -> None:
    for variant in variants:
        people = variant.table("entonnoir_roles").groupby("role", sort=False)[STAGES].sum()
        rates = (people / people.shift(axis="columns")).iloc[:, 1:]
        found = tuple(int(row.argmin()) for row in rates.to_numpy())
        assert found in WEAKEST
        assert set(found) == {0, 1, 2}
        lowest = rates.apply(lambda row: sorted(row)[:2], axis="columns", result_type="expand")
        assert (lowest[0] < 0.85 * lowest[1]).all()


def test_every_row_of_causes_meets_the_three_levels() -> None:
    assert all(set(row) == {0, 1, 2} for row in WEAKEST)


def test_contacts_paid_for_are_more_than_useful_ones_and_mass_media_hide_most(variants) -> None:
    for variant in variants:
        channels = variant.table("canaux_communication").set_index("canal")["contacts_utiles"]
        paid = variant.table("audiences_canaux").set_index("canal")["contacts_payes"]
        share = channels / paid
        assert list(channels.index) == list(paid.index)
        assert (share < 1).all()
        assert share[list(AGENCY_CHANNELS)].max() < 0.35
        assert share["formation de pose au comptoir"] > 0.6


def test_the_envelope_pays_for_several_channels_but_not_for_all(variants) -> None:
    for variant in variants:
        costs = variant.table("canaux_communication")["cout_ht"]
        envelope = variant.table("cadrage_2027").set_index("cle")["valeur"]["enveloppe_canaux_ht"]
        assert costs.nsmallest(4).sum() < envelope < 0.6 * costs.sum()


def test_each_legal_sheet_has_its_source_and_the_day_it_was_checked() -> None:
    text = (company_folder("isolombre") / "documents" / "regles-canaux.md").read_text(encoding="utf-8")
    sheets = text.split("\n## ")[1:]
    assert len(sheets) == 2
    for sheet, law in zip(sheets, ("93-122 du 29 janvier 1993", "2023-451 du 9 juin 2023"), strict=True):
        assert law in sheet
        assert "Vérifié le 27 novembre 2026" in sheet
