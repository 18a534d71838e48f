"""Anki: note types, fields, cards and packages made from a course."""
