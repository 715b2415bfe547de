"""The interface meeting as pages and paper need it: the agenda, one point with what both sides said, the minutes."""
