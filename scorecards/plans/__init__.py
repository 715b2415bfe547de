"""The action plan as pages and paper need it: frozen content, table, changes, what the council still lacks."""
