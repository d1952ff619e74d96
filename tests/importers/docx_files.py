"""Writes Word documents for tests: only what a test is about, as Word would write it."""

from __future__ import annotations

from tests.importers.zips import zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>{more}</w:style>'
    for style, name, more in (
        ("Titel", "Title", ""),
        ("berschrift1", "heading 1", ""),
        ("berschrift2", "heading 2", '<w:basedOn w:val="berschrift1"/>'),
        ("Own", "House heading", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("Child", "House child", '<w:basedOn w:val="Own"/>'),
        ("Zitat", "Quote", ""),
        ("Beschriftung", "caption", ""),
    )
)


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; ``content`` is XML, or words if it has no element in it."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content if '<' in content else run(content)}</w:p>"


def run(words: str, properties: str = "") -> str:
    """Return a run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def item(words: str, list_id: int, level: int = 0) -> str:
    """Return a paragraph that is an item of a list."""
    return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; cells are XML, or words if they have no element in them."""
    cells = ("".join(f"<w:tc>{c if '<' in c else paragraph(c)}</w:tc>" for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def levels(*kinds: tuple[str, str], list_id: int = 1, start: int = 1) -> str:
    """Return the definition of a list: the kind of number and the text of each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start if n == 0 else 1}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(kinds)
    )
    return f'<w:abstractNum w:abstractNumId="{list_id}">{written}</w:abstractNum>'


def numbering(*definitions: str, more: str = "") -> str:
    """Return the part for lists; each definition is the list of its number."""
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(definitions) + 1)
    )
    return f"<w:numbering {_W}>{''.join(definitions)}{lists}{more}</w:numbering>"


def notes(kind: str, *bodies: str) -> str:
    """Return the part for notes of a kind (``footnote``), with ids from 2 on as Word gives them."""
    written = "".join(f'<w:{kind} w:id="{n}">{body}</w:{kind}>' for n, body in enumerate(bodies, start=2))
    return f"<w:{kind}s {_W}>{written}</w:{kind}s>"


def running(kind: str, content: str) -> str:
    """Return a part for running heads (``hdr``) or feet (``ftr``)."""
    return f"<w:{kind} {_W} {_R}>{content}</w:{kind}>"


def docx(
    body: str,
    *,
    links: dict[str, str] | None = None,
    core: str = "",
    styles: str = HEADINGS,
    app: str = "<Properties/>",
    **parts: str | bytes,
) -> bytes:
    """Return a document; ``parts`` are further parts by their kind: ``numbering``, ``footnotes``, ``header`` …"""
    related = "".join(
        f'<Relationship Id="p{kind}" Type="{_TYPE}/{kind}" Target="{kind}.xml"/>' for kind in ("styles", *parts)
    ) + "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/"
    properties = (
        f'<cp:coreProperties xmlns:cp="{namespace}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
    )
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{namespace}content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{namespace}relationships"><Relationship Id="m" '
        f'Type="{_TYPE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{namespace}relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "docProps/core.xml": properties,
        "docProps/app.xml": app,
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    })  # fmt: skip
