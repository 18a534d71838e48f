"""What people are told of an error of the system, such as a disk that is full."""

from __future__ import annotations


def reason(error: OSError) -> str:
    """Return the reason of an error in a few words."""
    return (error.strerror or str(error)).lower()


def cannot_write(error: OSError) -> str:
    """Say that something cannot be written, with its name where it is known, and why."""
    return f"cannot write{f' {error.filename}' if error.filename else ''}: {reason(error)}"
