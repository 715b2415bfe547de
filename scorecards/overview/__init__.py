"""Where rounds stand, and what waits for whom."""
