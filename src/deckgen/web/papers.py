"""What the site offers on paper: pages to print, and their PDFs where there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from deckgen.core import Profile
from deckgen.web.site import link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.web.site import File, Site


class Paper(msgspec.Struct, frozen=True):
    """A page to print."""

    href: str
    #: Link to its PDF, empty if there is none.
    pdf: str
    #: `A` of `A-large-print.html`.
    name: str
    #: How it is printed, `large-print`; empty for as usual.
    profile: str


def versions(site: Site, folder: str) -> tuple[Paper, ...]:
    """Return the versions of a sheet that lie in `folder`: A, B, C, …, those printed as usual first."""
    found = (_paper(file, site, *file.name.partition("-")[::2]) for file in _pages(site, folder))
    papers = (paper for paper in found if paper.name != "key")
    return tuple(sorted(papers, key=lambda paper: (paper.profile, len(paper.name), paper.name)))


def named(site: Site, folder: str, name: str) -> tuple[Paper, ...]:
    """Return the page `name` in `folder`, and the same in other profiles."""
    files = {file.name: file for file in _pages(site, folder)}
    ends = {file: file.removeprefix(name).removeprefix("-") for file in files if _is_in_profile(file, name)}
    return tuple(
        _paper(files[file], site, name, ends[file]) for file in sorted(ends, key=lambda file: ends[file])
    )


def _is_in_profile(file: str, name: str) -> bool:
    end = file.removeprefix(name)
    return file == name or (
        file.startswith(name) and any(end.startswith(f"-{each}") for each in get_args(Profile))
    )


def _pages(site: Site, folder: str) -> Iterable[File]:
    return (file for file in site.papers.get(folder, ()) if file.ending == "html")


def _paper(file: File, site: Site, name: str, profile: str) -> Paper:
    pdf = f"{file.path.removesuffix('.html')}.pdf"
    has_pdf = any(each.path == pdf for each in site.papers[file.path.rpartition("/")[0]])
    return Paper(link(file.path), link(pdf) if has_pdf else "", name, profile)
