"""Rows of spreadsheets: what they say becomes what TOML would decode to, and goes the same way from there."""
