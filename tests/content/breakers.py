"""How to break each rule that any deliverable may use: cells, texts and charts. Plans are in ``breakers_plans``."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from breaking import UNKNOWN, Broken, again, breaks, cell, cells, each, find, put_all, without, without_words

from autograder.keys.cases import Case
from autograder.keys.checks.charts import AlternativeText, DrawnSeries, LabelledAxes, MarkedWindow, MessageTitle
from autograder.keys.checks.evidence import CitesEvidence, CoversAll, EvidenceExists, ExistingIds
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import (
    AtLeastDistinct,
    DistinctRows,
    HasEach,
    OneRowEach,
    OrderedStages,
    Reciprocal,
    TreatedWithReason,
)
from autograder.keys.checks.structure import (
    Allowed,
    AllowedFor,
    Columns,
    Filled,
    FilledWhen,
    MatchesPattern,
    SomeFilled,
)
from autograder.keys.checks.tables import by_plain, cited, column, ids_of, label, other_table
from autograder.keys.checks.texts import (
    CellFigures,
    FiguresQuoted,
    Mentions,
    NotCopiedFromExample,
    TextLength,
    TitleLine,
)
from casestudies.charts import Chart

Table = pd.DataFrame
NUMBER = r"\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)?"
ODD = "valeur imprévue"


@breaks(Columns)
def lose_a_column(rule: Columns, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        yield Broken(table.drop(columns=table.columns[find(table, name)]), f"La colonne « {name} » manque")


@breaks(
    Columns,
    "Acyclic AtLeastDistinct BreachesListed CompleteGrid HasEach OnePerQuadrant OneRowEach OrderedStages "
    "EveryElementServed NobodyOver WeightsSumToOne",
    "when each row is asked for, or each value, a row less is one of them",
)
def lose_rows(rule: Columns, table: Table, case: Case) -> Iterator[Broken]:
    if rule.rows > 1:
        gone = len(table) - rule.rows + 1
        for start in range(rule.rows):
            yield Broken(without(table, range(start, start + gone)), f"au moins {rule.rows} lignes")


@breaks(Filled, "Reciprocal", "a partner that brings nothing is a blank too")
def blank_a_cell(rule: Filled, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, blanked in each(table, name, lambda content: ""):
            yield Broken(blanked, f"Colonne « {name} » : case vide à la ligne {row + 1}")


@breaks(FilledWhen, "Permutation Reciprocal", "a blank is a rank missing, or a partner that brings nothing")
def leave_blank_what_is_called_for(rule: FilledWhen, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, rule.name):
        if all(plain(cell(table, row, name)) in map(plain, values) for name, values in rule.when):
            yield Broken(put_all(table, row, {rule.name: ""}), f"Ligne {row + 1}, colonne « {rule.name} » : à remplir")


@breaks(SomeFilled, "Permutation", "where each row kept has its rank, no rank at all is ranks missing")
def blank_a_column(rule: SomeFilled, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, rule.name):
        table = put_all(table, row, {rule.name: ""})
    yield Broken(table, f"« {rule.name} » : 0 ligne")


@breaks(Allowed, "CompleteGrid OnePerQuadrant WeightsSumToOne", "a value that is not asked for leaves its group")
def write_another_value(rule: Allowed, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: ODD):
        yield Broken(changed, f"« {ODD} » n’est pas une valeur prévue")
    for row, _ in cells(table, rule.name):
        yield Broken(again(table, row, **{rule.name: ODD}), f"« {ODD} » n’est pas une valeur prévue")


@breaks(AllowedFor)
def write_a_value_of_another_row(rule: AllowedFor, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: ODD):
        yield Broken(changed, f"vous avez écrit « {ODD} »")


@breaks(OneRowEach, "Acyclic Allowed Columns", "a row lost is a task lost; a row named otherwise is unknown")
def lose_a_label(rule: OneRowEach, table: Table, case: Case) -> Iterator[Broken]:
    known = {plain(title) for title in rule.labels}
    for row, content in cells(table, rule.name):
        if plain(content) in known:
            yield Broken(put_all(table, row, {rule.name: ODD}), "manque")
            yield Broken(without(table, [row]), "manque")


@breaks(OneRowEach, "WithinCapacity CashFollows", "a row repeated is work done, or money spent, twice")
def repeat_a_label(rule: OneRowEach, table: Table, case: Case) -> Iterator[Broken]:
    known = {plain(title) for title in rule.labels}
    for row, content in cells(table, rule.name):
        if plain(content) in known:
            yield Broken(again(table, row), "figure 2 fois")


@breaks(DistinctRows)
def repeat_a_cell(rule: DistinctRows, table: Table, case: Case) -> Iterator[Broken]:
    filled = cells(table, rule.name)
    for one, content in filled:
        for other, _ in filled:
            if one < other:
                yield Broken(put_all(table, other, {rule.name: content}), f"elle répète la ligne {one + 1}")
    for row, _ in filled:
        yield Broken(again(table, row), f"elle répète la ligne {row + 1}")
    for one, other in zip([row for row, _ in filled], [row for row, _ in filled][1:], strict=False):
        for kept in table.columns:
            copied = {name: cell(table, one, name) for name in table.columns if name != kept}
            yield Broken(put_all(table, other, copied), f"elle répète la ligne {one + 1}")


@breaks(HasEach, "Allowed", "what must be there is missing only when its rows say something else")
def lose_a_kind(rule: HasEach, table: Table, case: Case) -> Iterator[Broken]:
    kinds = [(row, content) for row, content in cells(table, rule.kind) if plain(content) == plain(rule.value)]
    for title in rule.labels or ("",):
        gone = [row for row, _ in kinds if not title or plain(cell(table, row, rule.name)) == plain(title)]
        yield Broken(without(table, gone), f"« {rule.value} »")
        for other in [*dict.fromkeys(content for _, content in cells(table, rule.kind)), ODD]:
            if plain(other) != plain(rule.value):
                changed = table
                for row in gone:
                    changed = put_all(changed, row, {rule.kind: other})
                yield Broken(changed, f"« {rule.value} »")


@breaks(TextLength)
def write_too_much(rule: TextLength, answer: Table | str, case: Case) -> Iterator[Broken]:
    more = " et encore" * rule.most
    words = f"on attend de {rule.least} à {rule.most} mots"
    if isinstance(answer, str):
        yield Broken(answer.rstrip() + more + ".", words)
        return
    for row, longer in each(answer, rule.name, lambda content: label(content) + more):
        yield Broken(longer, f"Ligne {row + 1}, colonne « {rule.name} » : ")


@breaks(CellFigures)
def take_figures_out_of_a_cell(rule: CellFigures, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: re.sub(r"\d+", "quelques", label(content))):
        yield Broken(changed, f"colonne « {rule.name} » : on attend {rule.what}")
    for _, changed in each(table, rule.name, lambda content: "plusieurs choses à compter ici"):
        yield Broken(changed, f"on attend {rule.what}")


@breaks(CitesEvidence)
def cite_nothing(rule: CitesEvidence, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: "on me l’a dit, tout simplement"):
        yield Broken(changed, "citez une table")


@breaks(CitesEvidence)
def cite_an_unknown_question(rule: CitesEvidence, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: f"{content}, s9-inconnue"):
        yield Broken(changed, "la question « s9-inconnue » n’existe pas")


@breaks(EvidenceExists)
def cite_unknown_evidence(rule: EvidenceExists, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: f"{label(content)}, {UNKNOWN}"):
        yield Broken(changed, f"« {UNKNOWN} » n’est pas dans la colonne « {rule.column} »")


@breaks(ExistingIds)
def cite_an_unknown_id(rule: ExistingIds, table: Table, case: Case) -> Iterator[Broken]:
    words = f"« {UNKNOWN} » n’est pas dans la colonne « {rule.column} »"
    for _, changed in each(table, rule.name, lambda content: f"{label(content)}, {UNKNOWN}"):
        yield Broken(changed, words)
    for first in {label(content) for _, content in cells(table, rule.name)}:
        changed = table
        for row, content in cells(table, rule.name):
            if label(content) == first:
                changed = put_all(changed, row, {rule.name: f"{first}, {UNKNOWN}"})
        yield Broken(changed, words)


@breaks(CoversAll)
def forget_an_id(rule: CoversAll, table: Table, case: Case) -> Iterator[Broken]:
    other = other_table(case, rule.question)
    known = [] if other is None else ids_of(column(other, rule.column))
    for gone in known:
        rest = [one for one in known if one != gone]
        for spare in rest:
            changed = table
            for row, content in cells(table, rule.name):
                found = [one for one in cited(content, by_plain(known))[0] if one != gone]
                changed = put_all(changed, row, {rule.name: ", ".join(found) or spare})
            yield Broken(changed, f"aucune ligne ne cite « {gone} »")


@breaks(
    AtLeastDistinct,
    "Columns CompleteGrid DistinctRows LossExplained Recomputed",
    "fewer values are fewer rows, rows repeated, or decisions whose gain is another",
)
def lack_variety(rule: AtLeastDistinct, table: Table, case: Case) -> Iterator[Broken]:
    filled = cells(table, rule.name)
    values = list({plain(content): content for _, content in filled}.values())
    kept = values[: rule.count - 1]
    changed = table
    for row, content in filled:
        if kept and content not in kept:
            changed = put_all(changed, row, {rule.name: kept[row % len(kept)]})
    yield Broken(changed, f"on en attend au moins {rule.count}")
    yield Broken(without(table, [row for row, content in filled if content not in kept]), "on en attend au moins")


@breaks(OrderedStages)
def disturb_the_order(rule: OrderedStages, table: Table, case: Case) -> Iterator[Broken]:
    for row in range(len(table) - 1):
        order = [*range(row), row + 1, row, *range(row + 2, len(table))]
        yield Broken(table.iloc[order].reset_index(drop=True), "n’est pas à sa place")


@breaks(OrderedStages, "Columns", "a path has just the least of rows")
def lose_a_stage(rule: OrderedStages, table: Table, case: Case) -> Iterator[Broken]:
    for row in range(len(table)):
        yield Broken(without(table, [row]), f"L’étape « {rule.stages[row]} » manque")


@breaks(TreatedWithReason)
def set_aside_without_a_reason(rule: TreatedWithReason, table: Table, case: Case) -> Iterator[Broken]:
    for row, status in cells(table, rule.status):
        if plain(status) == plain(rule.aside):
            yield Broken(put_all(table, row, {rule.reason: ""}), "écarté sans motif")
        else:
            yield Broken(put_all(table, row, {rule.status: rule.aside, rule.reason: ""}), "écarté sans motif")


@breaks(TreatedWithReason, "Allowed", "a status that decides nothing is no status")
def decide_nothing(rule: TreatedWithReason, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.status, lambda content: "à voir"):
        yield Broken(changed, f"on attend « {rule.kept} » ou « {rule.aside} »")


@breaks(Reciprocal)
def bring_the_same_thing(rule: Reciprocal, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in cells(table, rule.first):
        yield Broken(put_all(table, row, {rule.second: content}), "disent la même chose")
    for row, content in cells(table, rule.second):
        yield Broken(put_all(table, row, {rule.first: content}), "disent la même chose")


@breaks(MatchesPattern)
def write_in_another_form(rule: MatchesPattern, answer: Table | str, case: Case) -> Iterator[Broken]:
    if isinstance(answer, str):
        yield Broken(re.sub(rule.pattern, "…", answer, flags=re.MULTILINE), rule.what)
        return
    for _, changed in each(answer, rule.name, lambda content: f"{label(content)} (brouillon !)"):
        yield Broken(changed, f"On attend {rule.what}")
    for _, changed in each(answer, rule.name, lambda content: "brouillon !"):
        yield Broken(changed, f"On attend {rule.what}")


@breaks(NotCopiedFromExample)
def copy_the_example(rule: NotCopiedFromExample, answer: Table | str, case: Case) -> Iterator[Broken]:
    texts = sorted(rule.texts, key=len, reverse=True)
    if isinstance(answer, str):
        title, *paragraphs = re.split(r"\n\s*\n", answer.strip())
        for text in texts:
            for end in range(len(paragraphs), -1, -1):
                kept = [title, *paragraphs[:end], text, *paragraphs[end + 1 :]]
                yield Broken("\n\n".join(kept), "Votre texte : c’est le texte de l’exemple")
        return
    for name in rule.names:
        for text in texts:
            for row, content in reversed(cells(answer, name)):
                yield Broken(put_all(answer, row, {name: text}), f"Ligne {row + 1}, colonne « {name} » : c’est")
                yield Broken(put_all(answer, row, {name: f"{text} {content}"}), f"colonne « {name} » : c’est")


@breaks(FiguresQuoted)
def quote_fewer_figures(rule: FiguresQuoted, text: str, case: Case) -> Iterator[Broken]:
    found = list(re.finditer(NUMBER, text))
    for start in range(rule.least):
        kept = found[start : start + rule.least - 1]
        changed = text
        for one in reversed(found):
            if one not in kept:
                changed = changed[: one.start()] + "quelques" + changed[one.end() :]
        yield Broken(changed, f"on en attend au moins {rule.least}")


@breaks(Mentions)
def leave_the_subject_out(rule: Mentions, text: str, case: Case) -> Iterator[Broken]:
    yield Broken(without_words(text, rule.words), f"Votre texte ne cite pas {rule.what}")


@breaks(TitleLine)
def run_the_title_in(rule: TitleLine, text: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub(r"\n\s*\n", "\n", text.strip(), count=1), "Commencez par un titre seul")


@breaks(MessageTitle)
def name_the_subject_only(rule: MessageTitle, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, title="Courbe des deux gammes selon la semaine"), "sans dire le message")


@breaks(MessageTitle)
def leave_the_title_out(rule: MessageTitle, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, title=""), "n’a pas de titre")


@breaks(LabelledAxes)
def leave_an_axis_unnamed(rule: LabelledAxes, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, x_label=""), "L’axe horizontal n’a pas de nom")


@breaks(LabelledAxes)
def leave_the_unit_out(rule: LabelledAxes, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, y_label="Niveau"), "L’axe vertical ne dit pas son unité")


@breaks(DrawnSeries)
def draw_too_little(rule: DrawnSeries, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, lines=rule.least - 1, bars=0), f"au moins {rule.least} séries")


@breaks(DrawnSeries)
def leave_the_legend_out(rule: DrawnSeries, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, legend=()), "La légende nomme 0")


@breaks(MarkedWindow)
def mark_nothing(rule: MarkedWindow, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, spans=0), "ne sont pas repérés")


@breaks(AlternativeText)
def describe_nothing(rule: AlternativeText, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, alternative=""), "n’a pas de texte de remplacement")


@breaks(AlternativeText)
def describe_in_two_words(rule: AlternativeText, chart: Chart, case: Case) -> Iterator[Broken]:
    yield Broken(replace(chart, alternative="Une courbe."), f"de {rule.least} à {rule.most} mots")
