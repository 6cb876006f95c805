"""Septembrune: a web agency of 22 people, a project to lead across teams, and indicators to be chosen with care."""
