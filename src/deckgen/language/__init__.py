"""The language authors write, version 1: one kind a file, each lowering itself to the core language."""
