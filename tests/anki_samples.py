"""Items of every kind to look at and to test with: full ones, bare ones, and texts that are hard on templates."""

from __future__ import annotations

from deckgen.core import (
    Cell,
    Choice,
    Citation,
    Cloze,
    Concept,
    Contrast,
    Course,
    Deck,
    Example,
    Gap,
    Item,
    Matching,
    Numeric,
    Open,
    Option,
    Ordering,
    Pair,
    Project,
    Short,
    Table,
    TableRow,
    TrueFalse,
    Word,
    gap_marker,
)

DECK = "Networking::Sockets and ports"
RFC9293 = Citation(
    "rfc9293",
    "3.1",
    "RFC 9293: Transmission Control Protocol (TCP)",
    "https://www.rfc-editor.org/rfc/rfc9293#section-3.1",
)
POSIX = Citation(
    "posix",
    "socket()",
    "POSIX.1-2024",
    "https://pubs.opengroup.org/onlinepubs/9799919799/functions/socket.html",
)
BOOK = Citation("stevens", "4.2", "Unix Network Programming, volume 1")

TABLE = Table(
    id="socket-vs-port",
    deck=DECK,
    title="Socket and port",
    intro="",
    between=("socket", "port"),
    terms=("Socket", "Port"),
    rows=(
        TableRow(
            "socket-vs-port/nature",
            "What it is",
            (
                Cell("socket", "Socket", "An endpoint that a program opens, reads and writes"),
                Cell("port", "Port", "A 16-bit number in the header of a segment"),
            ),
        ),
        TableRow(
            "socket-vs-port/bonds",
            "How many at once",
            (
                Cell("socket", "Socket", "As many as the system has memory for; each is one of its own"),
                Cell("port", "Port", "65,536 for each protocol, shared by many sockets"),
            ),
        ),
    ),
)


KINDS_OF_SOCKET = (
    Cell("stream", "Stream socket", "Bytes in order, none lost, as with `SOCK_STREAM`"),
    Cell("datagram", "Datagram socket", "Messages, each for itself, as with `SOCK_DGRAM`"),
    Cell("raw", "Raw socket", "Packets with headers that a program writes itself"),
    Cell("unix", "Unix-domain socket", "Bytes or messages, never leaving the machine: `SOCK_SEQPACKET`"),
)
WIDE_TABLE = Table(
    id="kinds",
    deck=DECK,
    title="Kinds of socket",
    intro="",
    between=tuple(cell.concept for cell in KINDS_OF_SOCKET),
    terms=tuple(cell.term for cell in KINDS_OF_SOCKET),
    rows=(TableRow("kinds/carries", "What it carries, and in which units", KINDS_OF_SOCKET),),
)


def item(cls: type[Item], id_: str, **values: object) -> Item:
    """Make an item in the samples' deck."""
    return cls(id=id_, deck=DECK, file="samples", **values)


def full() -> dict[str, Item]:
    """Return an item of every kind with all it can have, by kind; and some more under names of their own."""
    tail = {"citations": (RFC9293, POSIX, BOOK), "hint": "Count the bits of the field."}
    return {
        "choice": item(
            Choice,
            "port-bits",
            prompt="How many bits does TCP’s header keep for a port number?",
            options=(
                Option("16", True),
                Option(
                    "8", False, "Eight bits hold no more than 256 numbers; well-known ports alone are 1,024."
                ),
                Option("32", False, "That is the length of an IPv4 address."),
                Option("It depends on the operating system", False),
                Option("None of these", False, last=True),
            ),
            explanation="Two fields of **16 bits** each, one for the port the segment comes from and one for the port "
            "it goes to. So there are $2^{16} = 65536$ numbers, 0 to 65535.",
            **tail,
        ),
        "multiple": item(
            Choice,
            "five-tuple",
            prompt="Which of these tell one TCP connection from another?",
            options=(
                Option("The address and the port of the one end", True),
                Option("The address and the port of the other end", True),
                Option("The process that opened it", False, "A connection can be handed to another process."),
                Option("The sequence number", False),
            ),
            multiple=True,
            explanation="A connection *is* the pair of its endpoints.",
            citations=(RFC9293,),
        ),
        "true-false": item(
            TrueFalse,
            "port-is-software",
            prompt="A port is a piece of software.",
            answer=False,
            correction="A port is a number. Software *listens* on it: a process asks the kernel with "
            "`bind()` to hand it what arrives for that number.",
            verdict="misleading",
            seen=(
                Citation(
                    "difference-article", "", "Difference between sockets and ports", "https://example.org/x"
                ),
            ),
            citations=(RFC9293, POSIX),
            hint="What of it could you install?",
            explanation="",
        ),
        "true": item(
            TrueFalse,
            "port-zero",
            prompt="A client may leave it to the system to choose its port.",
            answer=True,
            explanation="That is what happens when it connects without `bind()`.",
            citations=(POSIX,),
        ),
        "cloze": item(
            Cloze,
            "connection-is-a-pair",
            text=f"A connection is a {gap_marker(0)} of {gap_marker(1)}, and each of them is an address with "
            f"a {gap_marker(2)}.",
            gaps=(Gap(1, "pair"), Gap(2, "sockets", "plural noun"), Gap(1, "port number", "two words")),
            prompt="In the words of the standard:",
            explanation="RFC 793 gave the word *socket* this meaning before the API had that name.",
            citations=(RFC9293,),
        ),
        "cloze-code": item(
            Cloze,
            "listen",
            text=f'```python\nserver = socket.socket()\nserver.{gap_marker(0)}(("", 8080))\nserver.'
            f"{gap_marker(1)}()\n```\n\nThe queue holds $n = {gap_marker(2)}$ connections.",
            gaps=(Gap(1, "bind", "takes an address"), Gap(2, "listen"), Gap(3, "2^{7}", "a power")),
            citations=(POSIX,),
        ),
        "numeric": item(
            Numeric,
            "light-in-fibre",
            prompt="How fast does light travel in a glass fibre?",
            answer="204190",
            tolerance="500",
            unit="km/s",
            explanation=r"Its speed in a vacuum by the index of refraction: $$\frac{c}{n} = \frac{299792}{1.468}$$",
            citations=(BOOK,),
            hint="About two thirds of its speed in a vacuum.",
        ),
        "short": item(
            Short,
            "call-that-waits",
            prompt="Which call of the sockets API takes the next connection out of the queue?",
            answer="accept",
            accept=("accept()", "accept(2)", "accept4"),
            explanation="It returns a *new* socket; the listening one goes on listening.",
            citations=(POSIX,),
            hint="It says yes.",
        ),
        "ordering": item(
            Ordering,
            "life-of-a-server",
            prompt="Put the calls of a TCP server in order.",
            entries=("`socket()`", "`bind()`", "`listen()`", "`accept()`", "`read()` and `write()`"),
            explanation="The first three make a listening socket; from `accept()` on there is one for each client.",
            citations=(POSIX,),
        ),
        "matching": item(
            Matching,
            "well-known-ports",
            prompt="Which service has which port?",
            pairs=(Pair("SSH", "22"), Pair("HTTPS", "443"), Pair("DNS", "53"), Pair("HTTP/3", "443")),
            extra=("25",),
            explanation="HTTP/3 runs over UDP, so it may have the number that HTTPS has over TCP.",
            citations=(BOOK,),
        ),
        "open": item(
            Open,
            "two-meanings",
            prompt="“Socket” means two things in networking. Which, and how do they go together?",
            model="To the **protocol** a socket is an address with a port: one end of a connection.\n\n"
            "To a **program** it is a handle that the kernel gives out:\n\n"
            "- it has a type and a protocol,\n- it may or may not be bound to an address.",
            citations=(RFC9293, POSIX),
            hint="One is a number pair, the other a descriptor.",
        ),
        "concept": item(
            Concept,
            "socket",
            term="Socket",
            definition="An endpoint of communication that a program creates and uses through a descriptor.",
            example="A web server has one that listens, and one more for each client.",
            aliases=("communication endpoint", "Berkeley socket"),
            tables=("socket-vs-port",),
            explanation="Nothing has to be bound to it yet.",
            citations=(POSIX,),
        ),
        "concept-of-four": item(
            Concept,
            "stream",
            term="Stream socket",
            definition="A socket that carries a stream of bytes.",
            tables=("kinds",),
        ),
        "word": item(
            Word,
            "manzana",
            term="la manzana",
            meanings=("apple", "block (of houses)"),
            term_language="es",
            directions=("recognise", "produce", "listen", "spell"),
            accept=("una manzana",),
            part="noun",
            gender="f",
            sound="la manzana, read aloud",
            examples=(
                Example(f"Como una {gap_marker(0)} roja.", (Gap(1, "manzana"),), "I am eating a red apple."),
                Example("Vive en la misma manzana."),
            ),
            accents="strict",
            explanation="In Mexico a block is *una cuadra*.",
            **tail,
        ),
        "contrast-of-four": item(
            Contrast,
            "kinds/carries",
            title="Kinds of socket",
            aspect="What it carries",
            cells=KINDS_OF_SOCKET,
        ),
        "contrast": item(
            Contrast,
            "socket-vs-port/bonds",
            title="Socket and port",
            aspect="How many can there be at once?",
            cells=TABLE.rows[1].cells,
            citations=(RFC9293, POSIX),
            explanation="One server port carries thousands of connections.",
        ),
    }


def bare() -> dict[str, Item]:
    """Return an item of every kind with no more than it must have, by kind."""
    return {
        "choice": item(Choice, "c", prompt="Which?", options=(Option("a", True), Option("b", False))),
        "multiple": item(
            Choice, "m", prompt="Which?", options=(Option("a", True), Option("b", False)), multiple=True
        ),
        "true-false": item(TrueFalse, "t", prompt="It is.", answer=True),
        "cloze": item(Cloze, "z", text=f"A {gap_marker(0)}.", gaps=(Gap(1, "gap"),)),
        "numeric": item(Numeric, "n", prompt="How many?", answer="0"),
        "short": item(Short, "s", prompt="What?", answer="0"),
        "ordering": item(Ordering, "o", prompt="Order.", entries=("a", "b")),
        "matching": item(Matching, "g", prompt="Match.", pairs=(Pair("a", "1"), Pair("b", "2"))),
        "open": item(Open, "p", prompt="Why?", model="So."),
        "concept": item(Concept, "k", term="T", definition="D"),
        "contrast": item(
            Contrast, "x", title="Ti", aspect="A", cells=(Cell("a", "A", "1"), Cell("b", "B", "2"))
        ),
        "word": item(
            Word, "w", term="w", meanings=("m",), term_language="en", directions=("recognise", "produce")
        ),
    }


#: Texts that are hard on templates, on Anki's own notations and on HTML.
NASTY = (
    "{{Field}} {{#Tags}} {{/Tags}} {{c1::x}} }} :: {{",
    "[[ task ]] [% if x %] [# y #] {{ x }}",
    "<script>alert(1)</script> & <b>\"'",
    r"\(x\) \[y\] [latex]z[/latex] [sound:a.mp3] [[type:Answer]]",
    "$a_{b_{c}}$ and `x}}::y` and $\\{\\{c1::x\\}\\}$",
    "<!-- {{Question}} --> <%= x %> {{=<% %>=}}",
    "العربية עברית 漢字[かんじ] é e\u0301",
    "line\n\n- list\n- list\n\n```c\nint a[2][2] = {{1, 2}, {3, 4}};\n```",
)


def nasty(text: str) -> dict[str, Item]:
    """Return an item of every kind that has a text wherever it can have one."""
    plain = " ".join(text.split())
    tail = {
        "explanation": text,
        "hint": text,
        "citations": (Citation("k", plain, plain, "https://example.org/?a=1&b=2"),),
    }
    options = (Option(text, True), Option(text + " 2", False, text, last=True), Option(plain + " 3", False))
    cells = (Cell("a", plain, text), Cell("b", "B", text))
    return {
        "choice": item(Choice, "c", prompt=text, options=options, **tail),
        "multiple": item(Choice, "m", prompt=text, options=options, multiple=True, **tail),
        "true-false": item(
            TrueFalse,
            "t",
            prompt=text,
            answer=False,
            correction=text,
            verdict="vague",
            seen=tail["citations"],
            **tail,
        ),
        "cloze": item(
            Cloze,
            "z",
            text=f"{text}\n\n{gap_marker(0)} `{gap_marker(1)}` $x = {gap_marker(2)}$",
            gaps=(Gap(1, plain, plain), Gap(3, plain, plain), Gap(2, "a_{b_{c}}", plain)),
            prompt=text,
            **tail,
        ),
        "numeric": item(Numeric, "n", prompt=text, answer="1", tolerance="0.5", unit=plain, **tail),
        "short": item(Short, "s", prompt=text, answer=plain, accept=(plain + "!",), **tail),
        "ordering": item(Ordering, "o", prompt=text, entries=(text, plain + " 2"), **tail),
        "matching": item(
            Matching,
            "g",
            prompt=text,
            pairs=(Pair(text, text), Pair(plain + " 2", plain + " 2")),
            extra=(plain + " 3",),
            **tail,
        ),
        "open": item(Open, "p", prompt=text, model=text, **tail),
        "concept": item(Concept, "k", term=plain, definition=text, example=text, aliases=(plain,), **tail),
        "contrast": item(Contrast, "x", title=plain, aspect=plain, cells=cells, **tail),
        "word": item(
            Word,
            "w",
            term=plain,
            meanings=(plain, plain + " 2"),
            term_language="es",
            directions=("recognise", "produce", "listen", "spell"),
            accept=(plain + "!",),
            part=plain,
            gender="m",
            sound=text,
            picture=text,
            examples=(Example(f"{plain} {gap_marker(0)}", (Gap(1, plain, plain),), text),),
            **tail,
        ),
    }


def course(*items: Item, language: str = "en", title: str = "Networking") -> Course:
    """Return a course of some items, with the tables the samples are compared in."""
    return Course(
        project=Project(id="samples", title=title, language=language),
        decks=(Deck(name=DECK),),
        items=items,
        tables=(TABLE, WIDE_TABLE),
    )
