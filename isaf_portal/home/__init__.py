"""The first page of each role: what waits, by when, what is missing, what became of what was asked.

One page for all roles, made of parts; each part asks nothing where no role of today grants it (`page.home_page`).
"""
