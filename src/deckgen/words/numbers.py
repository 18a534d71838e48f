"""The marks that a language has within numbers (CLDR 47, `numbers/symbols` of Latin digits)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Marks(NamedTuple):
    """The marks of a language within numbers."""

    #: Before the decimals: a point or a comma.
    decimal: str = "."
    #: Between groups of digits.
    group: str = ","
    #: Whether the groups before the last three digits have two (`12,34,567`).
    by_two: bool = False


_NO_BREAK, _NARROW = "\u00a0", "\u202f"
#: Languages and regions that differ from English, by their marks.
_GROUPS: Mapping[Marks, str] = {
    Marks(",", "."): (
        "ar_DZ ar_LB ar_LY ar_MA ar_MR ar_TN ast az bs ca da de dsb el en_AT en_BE en_DE en_DK en_ES en_ID en_IT "
        "en_NL en_PL en_RO en_SI es eu fo fr_LU fy hr hsb ia id is it jgo jv kgp kkj kl ku lb lij lld ln lo lu mgh mk "
        "ms_BN ms_ID mua nl nnh pms ps pt qu_BO rn ro rw sc scn seh sg sl sr su sw_CD tr uz_Arab vi wo yrl"
    ),
    Marks(",", _NO_BREAK): (
        "ady af agq ba bas be bg br bua cs cv dua dyo en_CZ en_EE en_FI en_HU en_LT en_LV en_NO en_PT en_SE en_SK "
        "en_UA en_ZA es_CR et ewo ff fi fr_CA gl ht hu hy ie ka kab kbd kea kk ksf ky lt lv nb nmg nn no nr pl pt_AO pt_CH "
        "pt_CV pt_GQ pt_GW pt_LU pt_MO pt_MZ pt_PT pt_ST pt_TL ru sah se shi sk smn sq ss sv tg tk tok ts tt tzm uk uz "
        "ve yav zgh"
    ),
    Marks(",", _NARROW): "blo en_FR en_GE eo fr frp rm vec",
    Marks(",", "’"): "fr_CH",
    Marks(".", "’"): "de_CH de_LI en_CH gsw it_CH",
    Marks(".", _NO_BREAK): "dje khq kk_Arab mfe ses to twq tyv xh",
    Marks(".", ",", by_two=True): "as bn brx ccp dv dz en_IN gu hi kok kxv ml mr ne or pa sa ta te xnr",
    # What goes back to English marks within the languages above.
    Marks(): (
        "az_Arab az_Cyrl es_419 es_BR es_BZ es_CU es_DO es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_SV es_US fr_RW "
        "ku_Arab pa_Arab ta_MY ta_SG"
    ),
}
_MARKS = {name: marks for marks, names in _GROUPS.items() for name in names.split()}


@cache
def marks(language: str) -> Marks:
    """Return the marks of a BCP 47 language; one that is not known has those of English."""
    first, *rest = language.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")  # noqa: PLR2004 - ISO 15924
    region = next((part.upper() for part in rest if len(part) == 2 or part.isdecimal()), "")  # noqa: PLR2004
    for part in filter(None, (script, region, None)):
        found = _MARKS.get(f"{first.lower()}_{part}")
        if found:
            return found
    return _MARKS.get(first.lower(), Marks())
