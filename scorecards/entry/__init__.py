"""Entering a scorecard: the sheet, its cells, how saves come together, what is still missing."""
