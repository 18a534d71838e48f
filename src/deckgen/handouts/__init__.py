"""Handouts: study guides and flashcards on paper."""
