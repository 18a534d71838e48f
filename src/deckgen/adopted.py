"""Note types that were made elsewhere and taken over: what of them never changes, and stands in no file of the project.

Learners have them. Anki takes a note type for theirs only if its id, and its fields and templates, are the same, by
their ids where both sides have some, else by their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import msgspec
from msgspec.structs import replace

#: Ids in Anki are signed 64-bit numbers; 0 means that there is none.
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
#: Of sizes, tags and the like.
_MOST = 2**31 - 1


class AdoptedField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A field as Anki has it."""

    name: str
    #: None where it has none: Anki then compares names.
    id: int | None = None
    font: str = "Arial"
    size: int = 20
    rtl: bool = False
    sticky: bool = False
    description: str = ""
    plain_text: bool = False
    collapsed: bool = False
    exclude_from_search: bool = False
    #: Of Image Occlusion, 0 to 4.
    tag: int | None = None
    prevent_deletion: bool = False


class AdoptedTemplate(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A template of a card as Anki has it, without its two sides, which are templates of the project."""

    name: str
    #: As of a field.
    id: int | None = None
    browser_front: str = ""
    browser_back: str = ""
    browser_font: str = ""
    browser_size: int = 0


class AdoptedType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A note type as Anki has it. Fields and templates are in Anki's order."""

    id: int
    fields: tuple[AdoptedField, ...]
    templates: tuple[AdoptedTemplate, ...]
    #: Place of the field that Anki sorts by.
    sort_field: int = 0
    latex_pre: str = ""
    latex_post: str = ""
    latex_svg: bool = False
    cloze: bool = False
    #: `originalStockKind`; 6 is Image Occlusion.
    stock_kind: int | None = None

    def __post_init__(self) -> None:
        """Check what a package relies on: locks and decks may come from anybody.

        Raises:
            ValueError: if Anki could not take such a type.
        """
        if not self.fields or not self.templates:
            raise ValueError("a note type has fields and templates")
        for names in (
            [field.name for field in self.fields],
            [template.name for template in self.templates],
        ):
            if "" in names or len({*names}) < len(names):
                raise ValueError("fields and templates have names of their own")
        ids = [
            self.id,
            *(field.id for field in self.fields),
            *(template.id for template in self.templates),
        ]
        if any(id_ is not None and not (_SMALLEST <= id_ <= _LARGEST and id_) for id_ in ids):
            raise ValueError("an id is a number of 64 bits, and not 0")
        if not 0 <= self.sort_field < len(self.fields):
            raise ValueError("no field has the place to sort by")
        numbers = [number for field in self.fields for number in (field.size, field.tag)]
        numbers += [template.browser_size for template in self.templates]
        if any(number is not None and not 0 <= number <= _MOST for number in [*numbers, self.stock_kind]):
            raise ValueError("a size, tag or kind is out of range")


def accompanying(
    adopted: AdoptedType,
    id_: int,
    fields: Sequence[str],
    field_ids: Sequence[int],
    template_ids: Sequence[int],
) -> AdoptedType:
    """Return a type for cards that are added to one that was taken over, which looks like it in Anki's editor.

    `fields` are their names in Anki, empty where a place is spare. Templates are called by their places until a card
    has one.
    """
    known = {field.name: replace(field, tag=None, prevent_deletion=False) for field in adopted.fields}
    spare = (name for number in count(1) if (name := f"Field {number}") not in {*known, *fields})
    names = [name or next(spare) for name in fields]
    return replace(
        adopted,
        id=id_,
        fields=tuple(
            replace(known.get(name) or AdoptedField(name=name), id=field_id)
            for name, field_id in zip(names, field_ids, strict=True)
        ),
        templates=tuple(
            AdoptedTemplate(name=f"Spare {number}", id=template_id)
            for number, template_id in enumerate(template_ids, 1)
        ),
        sort_field=0,
        stock_kind=None,
    )


#: Bytes of a file's name that file systems take.
_LONGEST = 255


def is_media_name(name: str) -> bool:
    """Tell whether a file of a collection may have such a name: it names no folder, and leads nowhere."""
    return (
        name not in ("", ".", "..")
        and not any(character in name for character in "/\\\0")
        and len(name.encode(errors="replace")) <= _LONGEST
    )
