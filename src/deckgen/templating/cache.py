"""A cache of compiled templates in the user's cache folder.

It is not in the project, because compiled code in a clone could come from anybody.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache
from jinja2 import __version__ as jinja_version

from deckgen.engine.write import write_bytes

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Stores compiled templates by their source; files that cannot be read or written are ignored."""

    def __init__(self, folder: Path) -> None:
        version = f"{sys.implementation.cache_tag}-{sys.hexversion:x}-{jinja_version}"
        self._folder = folder / "templates" / version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from its file. Jinja checks that the source is the same."""
        try:
            bucket.bytecode_from_string(self._path(bucket).read_bytes())
        except Exception:  # noqa: BLE001 -- marshal raises anything on a damaged file; it is compiled again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a bucket to its file."""
        try:
            path = self._path(bucket)
            write_bytes(path.parent, path.name, bucket.bytecode_to_string(), lasting=False)
        except OSError:
            return

    def _path(self, bucket: Bucket) -> Path:
        environment = bucket.environment
        # The same text compiles to another program with other delimiters or escaping.
        signature = (
            bucket.key,
            bucket.checksum,
            type(environment).__name__,
            environment.variable_start_string,
            environment.block_start_string,
            str(environment.autoescape is True),
        )
        return self._folder / sha256("\0".join(signature).encode()).hexdigest()[:32]
