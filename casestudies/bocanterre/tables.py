"""The tables of Bocanterre: those of small modules put together here, and the sales, in modules of their own."""

from datetime import date
from functools import cached_property

import pandas as pd

from casestudies.bocanterre import agenda, catalogue, editorial, finance, project, website
from casestudies.bocanterre.click import ClickCollect
from casestudies.bocanterre.project import Project
from casestudies.company import assumptions


class Tables(ClickCollect):
    """The part of the company that plans, spends and is audited."""

    @cached_property
    def project(self) -> Project:
        """The project of early 2027."""
        return project.draw(self.params.slack, self.rng("projet"))

    @cached_property
    def _colours(self) -> website.Colours:
        return website.colours(self.rng("couleurs"))

    @property
    def deadline(self) -> date:
        """Day by which everything must be done."""
        return self.project.day(self.project.deadline).date()

    def table_catalogue(self) -> pd.DataFrame:
        """Return the catalogue."""
        return catalogue.table(self.params.margin, self.rng("catalogue"))

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the management assumptions, one per row."""
        return assumptions("bocanterre", finance.assumed(self.params))

    def table_budget_carte(self) -> pd.DataFrame:
        """Return the planned and actual expenses of the card."""
        return finance.budget_table(self.params, self.rng("budget_carte"))

    def table_audit_rgaa(self) -> pd.DataFrame:
        """Return the grid of the accessibility audit."""
        p = self.params
        found = website.states(self._colours, p.faulty, p.failing, self.rng("audit_rgaa"))
        return website.audit(found, self._colours)

    def table_pages_poids(self) -> pd.DataFrame:
        """Return the weight of the pages."""
        return website.pages(self.rng("pages_poids"))

    def table_calendrier(self) -> pd.DataFrame:
        """Return the calendar of 2025 to 2027."""
        return agenda.table()

    def table_equipe_dispo(self) -> pd.DataFrame:
        """Return who is there, by day and role."""
        return project.team_table(self.project)

    def table_planning_brut(self) -> pd.DataFrame:
        """Return the plan as written."""
        return project.plan_table(self.project)

    def table_temps_passes(self) -> pd.DataFrame:
        """Return the days spent on past contents."""
        return editorial.times_table(self.rng("temps_passes"))

    @cached_property
    def broken_elements(self) -> tuple[int, ...]:
        """The places of the elements of the plan that break the charter; for trainers only."""
        return editorial.broken_elements(self.rng("planning_a_reprendre"))

    def table_planning_a_reprendre(self) -> pd.DataFrame:
        """Return the elements of a plan that breaks the charter in eight places."""
        return editorial.layout_table(self.broken_elements)
