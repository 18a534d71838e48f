"""Regular expressions that are compiled when they are first used: to compile all takes a tenth of a small build."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what is used like `re.compile(source, flags)`.

    Raises:
        re.error: at its first use, if the source is wrong.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(source, flags))


class _LazyPattern:
    def __init__(self, source: Any, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        # From now on the attribute is found without this method.
        setattr(self, name, value)
        return value
