"""What a spreadsheet shows of a number: the formats of XLSX (ECMA-376, part 1, 18.8.31), in English."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

#: Digits of a number without a format, in a column that is wide enough.
_GENERAL = 10
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOON = 12
#: The formats that have numbers (18.8.30); 14 and 22 are those of the reader's country.
BUILT_IN = {
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "12": "# ?/?",
    "13": "# ??/??",
    "14": "yyyy-mm-dd",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "yyyy-mm-dd h:mm",
    "37": "#,##0;-#,##0",
    "38": "#,##0;-#,##0",
    "39": "#,##0.00;-#,##0.00",
    "40": "#,##0.00;-#,##0.00",
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mm:ss.0",
    "48": "##0.0E+0",
    "49": "@",
}

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\] | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General) | (?P<noon>AM/PM|A/P) | (?P<exponent>E[+-]) | (?P<date>y+|m+|d+|h+|s+)
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SECTION = re.compile(r"""((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|\Z)""", re.DOTALL)
_CONDITION = re.compile(r"[<>=]")


class _Token(NamedTuple):
    kind: str
    text: str


def shown(value: float, code: str) -> str:
    """Return what a cell with this number and format shows; a format that is not known counts as none."""
    sections = _sections(code)
    number = Decimal(repr(value))
    tokens = sections[0]
    if number < 0 and len(sections) > 1:
        tokens, number = sections[1], abs(number)
    elif not number and len(sections) > 2:  # noqa: PLR2004 -- the third is that of zero
        tokens = sections[2]
    if not _is_known(tokens):
        return general(value)
    if any(token.kind == "percent" for token in tokens):
        number *= 100
    if any(token.kind == "exponent" for token in tokens):
        return _scientific(number, tokens)
    return _placed(number, tokens)


def is_time(code: str) -> bool:
    """Return whether a format shows dates, times or durations."""
    return any(token.kind in ("date", "elapsed", "noon") for token in _sections(code)[0])


def general(value: float) -> str:
    """Return a number as a cell without a format shows it; whole numbers have all their digits."""
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 -- doubles are exact up to there
        return str(int(value))
    if abs(value) < 1e-9 or abs(value) >= 1e15:  # noqa: PLR2004 -- as Excel does
        return re.sub(r"\.?0*e([+-])0*", r"E\1", f"{value:.5e}")
    decimals = max(0, _GENERAL - len(str(int(abs(value)))))
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


def shown_time(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str:
    """Return what a cell with a date, a time or a duration shows."""
    tokens = _sections(code)[0]
    seconds = _seconds(value)
    when = _moment(value)
    has_noon = any(token.kind == "noon" for token in tokens)
    text = ""
    for at, token in enumerate(tokens):
        if token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0].lower()]
            text += str(int(seconds // unit)).zfill(len(token.text))
        elif token.kind == "noon":
            text += "AM" if when.hour < _NOON else "PM"
        elif token.kind == "date":
            text += _part(when, token.text.lower(), is_minute=_is_minute(tokens, at), has_noon=has_noon)
        elif token.kind in ("other", "quoted", "escaped", "point", "comma"):
            text += token.text
    return text.strip()


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    found = [match[1] for match in _SECTION.finditer(code)]
    # The end of the text is a section once more.
    return tuple(_tokens(section) for section in (found[:-1] or found))


@lru_cache(maxsize=256)
def _tokens(section: str) -> tuple[_Token, ...]:
    return tuple(
        _Token(str(found.lastgroup), found[str(found.lastgroup)]) for found in _TOKEN.finditer(section)
    )


def _is_known(tokens: tuple[_Token, ...]) -> bool:
    """Return whether a section is one that is understood: no fraction, no condition, no date."""
    return (
        any(token.kind in ("digit", "quoted") for token in tokens)
        and not any(token.kind in ("general", "date", "noon", "elapsed") for token in tokens)
        and not any(token.kind == "other" and token.text == "/" for token in tokens)
        and not any(token.kind == "bracket" and _CONDITION.search(token.text) for token in tokens)
    )


def _placed(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    """Put the digits of a number in the places of a section."""
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    whole = [at for at in places if at < point]
    part = [at for at in places if at > point]
    last = max(whole, default=-1)
    commas = [at for at, token in enumerate(tokens) if token.kind == "comma"]
    # Commas behind the last digit divide by a thousand each; one between digits groups them.
    number = number.scaleb(-3 * sum(last < at < point or at > max(places, default=at) for at in commas))
    is_grouped = any(whole and whole[0] < at < last for at in commas)
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    needed = sum(tokens[at].text == "0" for at in part)
    decimals = decimals[: max(needed, len(decimals.rstrip("0")))]
    digits = digits.lstrip("0").zfill(sum(tokens[at].text == "0" for at in whole))
    sign = "-" if number < 0 and rounded else ""
    return (sign + _laid(tokens, whole, point, digits, decimals, is_grouped=is_grouped)).strip()


def _laid(
    tokens: tuple[_Token, ...], whole: list[int], point: int, digits: str, decimals: str, *, is_grouped: bool
) -> str:
    pieces: list[str] = []
    left, right = list(digits), list(decimals)
    count = 0
    # From the right, so that the first place takes all the digits that are left.
    for at in range(min(point, len(tokens)) - 1, -1, -1):
        if at not in whole:
            pieces.append(_literal(tokens[at]))
            continue
        while left:
            if is_grouped and count and count % 3 == 0:
                pieces.append(",")
            pieces.append(left.pop())
            count += 1
            if at != whole[0]:
                break
    text = "".join(reversed(pieces))
    for token in tokens[point:]:
        if token.kind == "point":
            text += "." if right or not whole else ""
        elif token.kind == "digit":
            text += right.pop(0) if right else ""
        else:
            text += _literal(token)
    return text


def _literal(token: _Token) -> str:
    if token.kind == "space":
        return " "
    return token.text if token.kind in ("quoted", "escaped", "currency", "percent", "other") else ""


def _scientific(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    at = next(number for number, token in enumerate(tokens) if token.kind == "exponent")
    point = next((number for number, token in enumerate(tokens[:at]) if token.kind == "point"), at)
    decimals = sum(token.kind == "digit" for token in tokens[point:at])
    places = sum(token.kind == "digit" for token in tokens[at:])
    mantissa, _, exponent = f"{number:.{decimals}E}".partition("E")
    sign = "-" if exponent.startswith("-") else "+" if tokens[at].text.endswith("+") else ""
    return f"{mantissa}E{sign}{exponent.lstrip('+-').zfill(places)}"


def _seconds(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> float:
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dt.time):
        return value.hour * 3600 + value.minute * 60 + value.second
    return (_moment(value) - dt.datetime(1899, 12, 30)).total_seconds()  # noqa: DTZ001 -- cells have no zone


def _moment(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> dt.datetime:
    start = dt.datetime(1899, 12, 30)  # noqa: DTZ001 -- as above
    if isinstance(value, dt.timedelta):
        return start + value
    if isinstance(value, dt.time):
        return dt.datetime.combine(start, value)
    return value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())


def _is_minute(tokens: tuple[_Token, ...], at: int) -> bool:
    """Return whether an `m` is a minute: one behind hours, or before seconds."""
    letters = [
        (number, token.text[0].lower())
        for number, token in enumerate(tokens)
        if token.kind in ("date", "elapsed")
    ]
    place = next((index for index, (number, _) in enumerate(letters) if number == at), 0)
    before = letters[place - 1][1] if place else ""
    after = letters[place + 1][1] if place + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _part(when: dt.datetime, code: str, *, is_minute: bool, has_noon: bool) -> str:
    letter, length = code[0], len(code)
    if letter == "y":
        return f"{when.year:04}" if length > 2 else f"{when.year % 100:02}"  # noqa: PLR2004 -- `yy`
    if letter == "m" and not is_minute and length > 2:  # noqa: PLR2004 -- `mmm`
        name = _MONTHS[when.month - 1]
        return {3: name[:3], 5: name[:1]}.get(length, name)
    if letter == "d" and length > 2:  # noqa: PLR2004 -- `ddd`
        name = _DAYS[when.weekday()]
        return name[:3] if length == 3 else name  # noqa: PLR2004 -- as above
    hour = (when.hour % 12 or 12) if has_noon else when.hour
    number = {
        "m": when.minute if is_minute else when.month,
        "d": when.day,
        "h": hour,
        "s": when.second,
    }[letter]
    return str(number).zfill(min(length, 2))
