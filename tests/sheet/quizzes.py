"""Courses to print: one with every kind of question, and random ones of any length."""

from __future__ import annotations

import random
from typing import Any

from deckgen import core

WORDS = (
    "socket",
    "port",
    "address",
    "host",
    "packet",
    "segment",
    "kernel",
    "listen",
    "accept",
    "bind",
    "connect",
    "stream",
    "header",
    "number",
    "client",
    "server",
    "process",
    "thread",
    "buffer",
    "queue",
    "window",
    "checksum",
    "route",
    "switch",
    "frame",
    "cable",
    "signal",
    "name",
    "lookup",
    "cache",
)

RFC = core.Citation(
    "rfc9293",
    "3.1",
    "RFC 9293: Transmission Control Protocol",
    "https://www.rfc-editor.org/rfc/rfc9293#section-3.1",
)
MAN = core.Citation(
    "man", "socket(2)", "Linux man-pages", "https://man7.org/linux/man-pages/man2/socket.2.html"
)


def head(id_: str, **more: Any) -> dict[str, Any]:
    """Return what every item has."""
    return {"id": id_, "deck": "Networking", "file": "cards", "citations": (RFC,), **more}


def table() -> core.Table:
    """Return a comparison table of two concepts."""
    rows = (
        (
            "identified-by",
            "Identified by",
            "A file descriptor in the program that made it.",
            "A number from 0 to 65535, read together with protocol and address.",
        ),
        (
            "made-by",
            "Made by",
            "The program, by calling `socket()`.",
            "Nobody: the numbers are there, and a program asks for one.",
        ),
        (
            "how-many",
            "How many",
            "As many as the system has descriptors for.",
            "65,536 for each transport protocol and address.",
        ),
    )
    return core.Table(
        id="socket-vs-port",
        deck="Networking",
        title="Socket and port",
        intro="Both words are used for *where a program meets the network*, and they mean different things.",
        between=("socket", "port"),
        terms=("Socket", "Port"),
        rows=tuple(
            core.TableRow(
                f"socket-vs-port/{id_}",
                aspect,
                (core.Cell("socket", "Socket", left, (MAN,)), core.Cell("port", "Port", right, (RFC,))),
            )
            for id_, aspect, left, right in rows
        ),
        citations=(RFC, MAN),
    )


def showcase_items() -> tuple[core.Item, ...]:
    """Return an item of every kind, with code, mathematics, long and short options."""
    cells = table().rows[0].cells
    return (
        core.Choice(
            **head(
                "accept-returns",
                cell="socket-vs-port/made-by/socket",
                explanation="The listening socket stays as it was and can accept more.",
            ),
            prompt="What does `accept()` return to a TCP server?",
            options=(
                core.Option("A new socket for that connection", right=True),
                core.Option("The listening socket itself", right=False, why="It stays as it was."),
                core.Option("A new port number", right=False, why="The connection keeps the listening port."),
                core.Option("None of these", right=False, last=True),
            ),
        ),
        core.Choice(
            **head("long-options"),
            prompt='Which sentence about this program is true?\n\n```python\nserver = socket.socket()\nserver.bind(("127.0.0.1", 0))\nserver.listen()\n```',
            options=(
                core.Option(
                    "The operating system picks a free port, because the program asks for port 0", right=True
                ),
                core.Option(
                    "The program fails, because port 0 is reserved and no program may ever bind to it",
                    right=False,
                ),
                core.Option(
                    "The server listens on every port of the loopback interface at the same time", right=False
                ),
            ),
        ),
        core.Choice(
            **head(
                "which-unix", points=2, explanation="`AF_UNIX` names files; nothing of it leaves the machine."
            ),
            prompt="Which of these have no port?",
            options=(
                core.Option("A Unix domain socket", right=True),
                core.Option("An ICMP echo request", right=True),
                core.Option("A UDP datagram", right=False, why="Its header begins with two of them."),
                core.Option("A TCP segment", right=False),
            ),
            multiple=True,
        ),
        core.TrueFalse(
            **head("port-is-software"),
            prompt="A port is a piece of software.",
            answer=False,
            correction="A port is a 16-bit number in the header of a segment or datagram.",
            verdict="misleading",
        ),
        core.Cloze(
            **head("pair-of-sockets"),
            text=f"A TCP connection is named by a {core.gap_marker(0)} of {core.gap_marker(1)}, one at each end; `SYN` is the first segment.",
            gaps=(core.Gap(1, "pair"), core.Gap(2, "sockets", "plural noun")),
        ),
        core.Numeric(
            **head("how-many-ports"),
            prompt="How many port numbers does TCP have? ($2^{16}$ of them, but as a number.)",
            answer="65536",
        ),
        core.Numeric(
            **head("rtt", points=1.5),
            prompt="A signal travels 6000 km through glass at two thirds of the speed of light. How long does it take one way?",
            answer="30",
            tolerance="1",
            unit="ms",
        ),
        core.Short(
            **head("descriptor"),
            prompt="What does a Unix program hold a socket by?",
            answer="file descriptor",
            accept=("descriptor", "fd"),
        ),
        core.Ordering(
            **head("server-calls"),
            prompt="Put the server's calls in order.",
            entries=("`socket`", "`bind`", "`listen`", "`accept`"),
        ),
        core.Matching(
            **head("well-known"),
            prompt="Which service has which port?",
            pairs=(
                core.Pair("22", "ssh"),
                core.Pair("25", "smtp"),
                core.Pair("53", "domain"),
                core.Pair("443", "https"),
            ),
            extra=("telnet",),
        ),
        core.Open(
            **head("explain-nat", points=4),
            prompt="Explain why two programs can both be reached at port 80 of one machine.",
            model="They bind it at different addresses, or with different transport protocols.",
            lines=5,
        ),
        core.Concept(
            **head("socket"),
            term="Socket",
            definition="An endpoint for communication that a program obtains from the operating system and uses to send and receive data.",
            example="`socket(AF_INET, SOCK_STREAM, 0)`",
            aliases=("communication endpoint",),
        ),
        core.Contrast(
            **head("socket-vs-port/identified-by/contrast", cell="socket-vs-port/identified-by"),
            title="Socket and port",
            aspect="Identified by",
            cells=cells,
        ),
        core.Choice(
            **head("formula"),
            prompt="A window of $w$ bytes and a round-trip time of $t$ seconds: what is the highest throughput?\n\n$$T = \\frac{w}{t}$$\n\nTake $w = 65535$ and $t = 0.1$.",
            options=tuple(
                core.Option(text, right=text == "5.2 Mbit/s")
                for text in ("5.2 Mbit/s", "655 kbit/s", "52 Mbit/s", "6.5 Gbit/s")
            ),
        ),
    )


def course(
    items: tuple[core.Item, ...], *sheets: core.Sheet, language: str = "en", **more: Any
) -> core.Course:
    """Return a course of `items`."""
    return core.Course(
        project=core.Project(
            id="sample", title="Sockets and ports", language=language, authors=("A. Teacher",)
        ),
        decks=(core.Deck(name="Networking", description="What a program meets the network with."),),
        items=items,
        tables=(table(),),
        sheets=sheets,
        sources=(
            core.Source(
                key="rfc9293", title=RFC.title, url="https://www.rfc-editor.org/rfc/rfc9293", year=2022
            ),
            core.Source(
                key="man", title=MAN.title, url="https://man7.org/linux/man-pages/", authors=("M. Kerrisk",)
            ),
        ),
        refutations=(core.Refutation("port-is-software", "socket-vs-port/identified-by/port"),),
        **more,
    )


def whole(items: tuple[core.Item, ...], **more: Any) -> core.Sheet:
    """Return a sheet of all `items`."""
    defaults: dict[str, Any] = {"id": "quiz", "title": "IT Quiz", "versions": 2, "seed": 2026}
    ids = tuple(item.id for item in items)
    return core.Sheet(**{"sections": (core.Section(ids),), "outputs": ("paper", "quiz"), **defaults, **more})


def showcase() -> core.Course:
    """Return a course whose sheet has two sections and every kind of question."""
    items = showcase_items()
    ids = tuple(item.id for item in items)
    sections = (
        core.Section(
            ids[:6],
            title="To tick and to fill in",
            instructions="Tick with a pen. *No calculators.*",
        ),
        core.Section(ids[6:], title="To think about"),
    )
    return course(
        items,
        whole(
            items,
            sections=sections,
            subtitle="Sockets, ports and a little IT",
            time=45,
            instructions="Read every question to its end.",
        ),
    )


def arabic_items() -> tuple[core.Item, ...]:
    """Return items that are read from right to left, with code and formulas that are not."""
    cells = (
        core.Cell("socket", "المقبس", "واصف ملف في البرنامج الذي أنشأه"),
        core.Cell("port", "المنفذ", "عدد من 0 إلى 65535"),
    )
    return (
        core.Choice(
            **head("accept", explanation="يبقى المقبس المنصت كما كان."),
            prompt="ماذا تعيد الدالة `accept()` إلى خادم TCP؟\n\n```c\nint s = accept(fd, 0, 0);\n```",
            options=(
                core.Option("مقبسا جديدا لهذا الاتصال", right=True),
                core.Option("المقبس المنصت نفسه", right=False, why="يبقى كما كان."),
                core.Option("رقم منفذ جديدا", right=False),
                core.Option("لا شيء مما سبق", right=False, last=True),
            ),
        ),
        core.Numeric(
            **head("ports"), prompt="كم عدد أرقام المنافذ في TCP؟ ($2^{16}$)", answer="65536", unit="منفذا"
        ),
        core.TrueFalse(
            **head("software"), prompt="المنفذ برنامج يعمل في الشبكة.", answer=False, correction="المنفذ رقم."
        ),
        core.Cloze(
            **head("pair"),
            text=f"يحدد اتصال TCP {core.gap_marker(0)} من {core.gap_marker(1)}، واحد عند كل طرف.",
            gaps=(core.Gap(1, "زوج"), core.Gap(2, "المقابس")),
        ),
        core.Ordering(
            **head("order"),
            prompt="رتب استدعاءات الخادم.",
            entries=("`socket`", "`bind`", "`listen`", "`accept`"),
        ),
        core.Matching(
            **head("match"),
            prompt="أي خدمة على أي منفذ؟",
            pairs=(core.Pair("الويب", "80"), core.Pair("البريد", "25"), core.Pair("الأسماء", "53")),
        ),
        core.Open(
            **head("explain"),
            prompt="اشرح لماذا يحتاج الخادم إلى منفذ معروف.",
            model="ليجده العميل.",
            lines=3,
        ),
        core.Contrast(
            **head("row", cell="socket-vs-port/identified-by"),
            title="المقبس والمنفذ",
            aspect="بم يعرف",
            cells=cells,
        ),
    )


def random_items(count: int, seed: int) -> tuple[core.Item, ...]:
    """Return `count` items of all kinds with texts of many lengths; each prompt begins with a word of its own."""
    chance = random.Random(seed)
    makers = tuple(_MAKERS)
    return tuple(makers[chance.randrange(len(makers))](f"item{place}", chance) for place in range(count))


def _say(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))


def _distinct(chance: random.Random, count: int, most: int, mark: str) -> list[str]:
    """Return texts that begin with a word met nowhere else: `item7o0`, `item7o1` and so on."""
    return [f"{mark}{place} {_say(chance, 0, most)}".strip() for place in range(count)]


def _choice(id_: str, chance: random.Random) -> core.Item:
    multiple = chance.random() < 0.3
    texts = _distinct(chance, chance.randint(2, 7), chance.choice((1, 3, 14)), f"{id_}o")
    right = chance.randint(1, len(texts)) if multiple else 1
    return core.Choice(
        **head(id_, points=chance.choice((1, 1, 2, 0.5))),
        prompt=f"{id_}x {_say(chance, 3, 30)}?"
        + ("\n\n```c\nint main(void) { return 0; }\n```" if chance.random() < 0.2 else ""),
        options=tuple(
            core.Option(
                text,
                right=place < right,
                last=place == len(texts) - 1 and place >= right and chance.random() < 0.3,
            )
            for place, text in enumerate(texts)
        ),
        multiple=multiple,
    )


def _true_false(id_: str, chance: random.Random) -> core.Item:
    return core.TrueFalse(
        **head(id_), prompt=f"{id_}x {_say(chance, 3, 20)}.", answer=chance.random() < 0.5, correction="No."
    )


def _cloze(id_: str, chance: random.Random) -> core.Item:
    answers = [_say(chance, 1, 3) for _ in range(chance.randint(1, 5))]
    text = " ".join(f"{_say(chance, 2, 8)} {core.gap_marker(place)}" for place in range(len(answers)))
    return core.Cloze(
        **head(id_),
        text=f"{id_}x {text} {_say(chance, 1, 4)}.",
        gaps=tuple(core.Gap(i + 1, a) for i, a in enumerate(answers)),
    )


def _numeric(id_: str, chance: random.Random) -> core.Item:
    return core.Numeric(
        **head(id_),
        prompt=f"{id_}x {_say(chance, 3, 20)}?",
        answer=str(chance.randrange(10**6)),
        unit=chance.choice(("", "ms")),
    )


def _short(id_: str, chance: random.Random) -> core.Item:
    return core.Short(**head(id_), prompt=f"{id_}x {_say(chance, 3, 20)}?", answer=_say(chance, 1, 6))


def _ordering(id_: str, chance: random.Random) -> core.Item:
    return core.Ordering(
        **head(id_),
        prompt=f"{id_}x {_say(chance, 3, 12)}.",
        entries=tuple(_distinct(chance, chance.randint(2, 7), 9, f"{id_}e")),
    )


def _matching(id_: str, chance: random.Random) -> core.Item:
    count = chance.randint(2, 7)
    lefts, rights = _distinct(chance, count, 5, f"{id_}l"), _distinct(chance, count, 9, f"{id_}r")
    extra = tuple(_distinct(chance, chance.randint(0, 2), 3, f"{id_}s"))
    return core.Matching(
        **head(id_),
        prompt=f"{id_}x {_say(chance, 3, 12)}.",
        pairs=tuple(map(core.Pair, lefts, rights)),
        extra=extra,
    )


def _open(id_: str, chance: random.Random) -> core.Item:
    return core.Open(
        **head(id_),
        prompt=f"{id_}x {_say(chance, 3, 30)}.",
        model=_say(chance, 5, 30),
        lines=chance.randint(1, 12),
    )


def _concept(id_: str, chance: random.Random) -> core.Item:
    return core.Concept(**head(id_), term=f"{id_}x {_say(chance, 1, 3)}", definition=_say(chance, 5, 40))


def _contrast(id_: str, chance: random.Random) -> core.Item:
    table, columns = chance.choice((("table1", 2), ("table2", 3), (f"table-{id_}", 4)))
    terms = [f"{table}t{column}" for column in range(columns)]
    return core.Contrast(
        **head(id_, cell=f"{table}/{id_}"),
        title=f"{table}h",
        aspect=f"{id_}x {_say(chance, 0, 3)}".strip(),
        cells=tuple(core.Cell(term, term, _say(chance, 3, 25)) for term in terms),
    )


_MAKERS = (
    _choice,
    _choice,
    _true_false,
    _cloze,
    _numeric,
    _short,
    _ordering,
    _matching,
    _open,
    _concept,
    _contrast,
)
