"""From the frozen copy of a plan to paper: HTML and PDF, without the database.

The copy is described in `scorecards.plan_content`; what is printed of it, in which languages and on
which paper, in `KINDS`.
"""
