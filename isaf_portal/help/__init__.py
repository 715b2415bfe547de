"""Help is one text: topics, from which the help page, "How do I…" on each page and the printed guides are made."""
