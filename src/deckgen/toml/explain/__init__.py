"""Say what a mistake is and how to mend it, in an author's words: one file per kind of place."""
