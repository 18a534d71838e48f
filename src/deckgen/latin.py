"""Texts in Latin letters, and ids made of them. An id is permanent, so a text has the same one for ever."""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import normalize

#: Words that tell nothing.
_EMPTY = (
    "a an and are as at be by do does for from has how in is it its of on or that the these this to was what when "
    "which who why will with you your"
)
_LONGEST = 40
#: Letters that Unicode does not take apart.
_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# Greek as in ISO 843 without accents, Cyrillic as passports have it (ICAO 9303), Ukrainian and Serbian letters too.
_GREEK = (
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
)
_CYRILLIC = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia і=i ї=i є=ie ґ=g ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ў=u"
)
_SPELT = _SPELT | str.maketrans(dict(letter.split("=") for letter in f"{_GREEK} {_CYRILLIC}".split(" ")))


def in_latin(text: str) -> str:
    """Spell a text in small Latin letters without accents, as far as it can be."""
    spelt = normalize("NFC", text.casefold()).translate(_SPELT)
    return normalize("NFKD", spelt).translate(_SPELT)


def slug(text: str) -> str:
    """Return the telling words of a text as an id; empty where it has none that can be spelt in Latin letters."""
    plain = in_latin(text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in _EMPTY.split()] or words
    result = ""
    for word in telling:
        if result and len(result) + len(word) >= _LONGEST:
            break
        result += ("-" if result else "") + word[:_LONGEST]
    return result


def digest_id(text: str) -> str:
    """Return an id for a text that Latin letters cannot spell: a digest of it."""
    return f"i{blake2b(normalize('NFC', text).encode(errors='replace'), digest_size=5).hexdigest()}"
