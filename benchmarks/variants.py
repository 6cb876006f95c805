"""What a variant costs: all its tables, one table alone, and the draws that a learner needs."""

from functools import partial

from autograder.authoring.portraits.classes import draws_of
from autograder.keys.variants import accepted_draw
from benchmarks.measure import Line, peak_memory, seconds, side_by_side
from casestudies.company import COMPANIES, Company, company_class

COMPANY, WHOLE, ALONE = "kerlavandre", "toutes les tables", ("emails", "budget")
ROUNDS, LEARNERS = 9, 50
CLASS, WORKERS = 200, 2


def fresh(number: int) -> Company:
    """Return a variant of which nothing is computed yet."""
    return company_class(COMPANY)(f"mesure-{number}", 0)


def build_fresh(names: tuple[str, ...], number: int) -> None:
    """Build the tables called ``names``, or all of them, of a fresh variant."""
    company = fresh(number)
    for name in names or company.specs():
        company.table(name)


def tables() -> list[Line]:
    """Measure a whole variant, and single tables as ratios of it."""
    works = {WHOLE: partial(build_fresh, ())} | {f"« {name} » seule": partial(build_fresh, (name,)) for name in ALONE}
    taken = side_by_side(works, ROUNDS)
    return [
        Line(name, taken[name], taken[name] / taken[WHOLE], peak_memory(partial(work, ROUNDS)))
        for name, work in works.items()
    ]


def draws() -> tuple[list[Line], float, int]:
    """Measure the accepted draw of a class; return the lines, the mean number of draws and the highest."""
    tried: list[int] = []
    total = seconds(lambda: tried.extend(accepted_draw(COMPANY, f"classe-{n}") + 1 for n in range(LEARNERS)))
    whole = side_by_side({WHOLE: partial(build_fresh, ())}, ROUNDS)[WHOLE]
    each, one = total / LEARNERS, total / sum(tried)
    lines = [
        Line("une variante entière", whole, 1.0),
        Line("un tirage (tables, récit, clés)", one, one / whole),
        Line("le tirage accepté d’un apprenant", each, each / whole),
    ]
    return lines, sum(tried) / LEARNERS, max(tried)


def build_company(slug: str, number: int) -> None:
    """Build every table of a fresh variant of ``slug``."""
    company = company_class(slug)(f"mesure-{number}", 0)
    for name in company.specs():
        company.table(name)


def rows(slug: str) -> int:
    """Return how many rows the tables of ``slug`` hold in all."""
    company = company_class(slug)()
    return sum(len(company.table(name)) for name in company.specs())


def companies() -> list[Line]:
    """Measure a whole variant of each company, the one with the most rows first and as the reference."""
    slugs = sorted(COMPANIES, key=lambda slug: -rows(slug))
    works = {f"« {slug} » entière": partial(build_company, slug) for slug in slugs}
    taken = side_by_side(works, ROUNDS)
    whole = taken[next(iter(works))]
    return [
        Line(name, taken[name], taken[name] / whole, peak_memory(partial(work, ROUNDS))) for name, work in works.items()
    ]


def whole_class() -> list[Line]:
    """Measure the accepted draws of a class through a process pool, against one whole variant for each learner."""
    whole = side_by_side({WHOLE: partial(build_fresh, ())}, ROUNDS)[WHOLE] * CLASS
    learners = [f"classe-{number}" for number in range(CLASS)]
    pooled = seconds(lambda: draws_of(COMPANY, learners, WORKERS))
    return [
        Line(f"{CLASS} variantes entières, une par une", whole, 1.0),
        Line(f"{CLASS} apprenants et leurs tirages, {WORKERS} processus", pooled, pooled / whole),
    ]
