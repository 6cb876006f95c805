"""Reusable checks and rules, grouped by subject.

A check looks at one answer and returns a finding; a rule looks at one aspect of a structured answer and returns
remarks in French, none when it is satisfied.
"""
