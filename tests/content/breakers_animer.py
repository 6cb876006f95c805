"""How to break the rules of the talk, the rituals, the practices and the adjustments of E4's notebook 02."""

import re
from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, each, put_all, without_words

from autograder.keys.cases import Case
from autograder.keys.checks.dates import NotBefore
from autograder.keys.checks.health import NothingMedical
from autograder.keys.questions.e4_equipe.animer_tables import (
    KnownRgesn,
    LabelledLines,
    LineSays,
    LowerAfter,
    NobodyWatched,
    SomeRowSays,
)  # fmt: skip

Table = pd.DataFrame


@breaks(LabelledLines)
def leave_a_label_out(rule: LabelledLines, text: str, case: Case) -> Iterator[Broken]:
    for title, _, _ in rule.parts:
        yield Broken(re.sub(rf"(?m)^{title} :", "Puis,", text), f"« {title} : »")


@breaks(LabelledLines)
def write_a_line_too_long(rule: LabelledLines, text: str, case: Case) -> Iterator[Broken]:
    for title, _, most in rule.parts:
        yield Broken(re.sub(rf"(?m)^{title} :", f"{title} : {'encore ' * most}", text), f"« {title} »")


@breaks(LabelledLines)
def turn_the_lines_over(rule: LabelledLines, text: str, case: Case) -> Iterator[Broken]:
    yield Broken("\n".join(reversed(text.strip().splitlines())), "dans l’ordre attendu")


@breaks(LineSays)
def say_no_trace(rule: LineSays, text: str, case: Case) -> Iterator[Broken]:
    nothing = "Nous verrons bien ensemble le 16 octobre ce que cela donne pour tout le monde."
    yield Broken(re.sub(rf"(?m)^({rule.title} :).*$", rf"\1 {nothing}", text), f"« {rule.title} » ne dit pas")


@breaks(NobodyWatched)
def watch_somebody(rule: NobodyWatched, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, changed in each(table, name, lambda content: f"{content} ; temps de connexion de chacun"):
            yield Broken(changed, "surveille des personnes")


@breaks(NotBefore)
def give_a_day_that_is_past(rule: NotBefore, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: "2026-09-29"):
        yield Broken(changed, "est passé")


@breaks(SomeRowSays)
def say_it_nowhere(rule: SomeRowSays, table: Table, case: Case) -> Iterator[Broken]:
    changed = table
    for row, content in cells(table, rule.name):
        changed = put_all(changed, row, {rule.name: without_words(str(content), rule.words)})
    yield Broken(changed, "aucune ligne ne parle")


@breaks(KnownRgesn)
def cite_a_criterion_that_is_not(rule: KnownRgesn, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: "9.12"):
        yield Broken(changed, "n’est pas un numéro du RGESN")


@breaks(LowerAfter)
def save_nothing(rule: LowerAfter, table: Table, case: Case) -> Iterator[Broken]:
    for row, before in reversed(cells(table, rule.before)):
        yield Broken(put_all(table, row, {rule.after: before}), "n’économise rien")


@breaks(LowerAfter)
def save_more_than_there_is(rule: LowerAfter, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.after, lambda content: -5):
        yield Broken(changed, "est négatif")


@breaks(LowerAfter)
def write_words_for_a_number(rule: LowerAfter, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.after, lambda content: "beaucoup moins"):
        yield Broken(changed, "n’est pas un nombre")


@breaks(NothingMedical)
def name_a_condition(rule: NothingMedical, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, changed in each(table, name, lambda content: f"{content} Myopie."):
            yield Broken(changed, "besoin que la personne a dit")
