"""The language authors write, version 1: one kind a file, each lowering itself to the core language.

Annotations of its classes are evaluated with them, not kept as text (`from __future__ import annotations`): msgspec
asks for them before the first file is read, and to evaluate two hundred texts takes it as long as many files.
"""
