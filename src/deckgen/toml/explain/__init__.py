"""Say what a mistake is and how to fix it, in an author's words: one file per kind of place."""
