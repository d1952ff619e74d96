"""The words of Rich Text that begin a stretch of another kind, and those that stand for a character (RTF 1.9.1)."""

from __future__ import annotations

SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
    "~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
PARAGRAPH_ENDS = ("par", "sect", "page", "nestcell", "nestrow", "\n", "\r")

STORIES = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "note",
    "shptxt": "box",
    "dptxbxtext": "box",
}
"""Groups that hold paragraphs of their own, and what these are."""

COLLECTED = frozenset((
    "title", "author", "company", "listtext", "pntext", "fldinst", "sn", "sv", "creatim", "revtim",
))  # fmt: skip
"""Groups whose words are wanted, but are no part of the text."""

THROUGH = frozenset(("rtf", "field", "fldrslt", "result", "ud"))
"""Groups whose words are text."""

SILENT = frozenset((
    "info", "shp", "shpinst", "shpgrp", "sp", "do", "object", "upr", "pict", "picprop", "shppict",
))  # fmt: skip
"""Groups whose words are no text, but that have groups in them which are."""

PASSED_OVER = frozenset((
    "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnid", "atnparent", "atnref", "atntime",
    "atrfend", "atrfstart", "background", "bkmkend", "bkmkstart", "buptim", "category", "colortbl", "comment", "doccomm",
    "docvar", "falt", "ffdeftext", "ffname", "file", "filetbl", "fontemb", "fontfile", "ftncn", "ftnsep", "ftnsepc",
    "generator", "hlinkbase", "keywords", "levelnumbers", "leveltext", "list", "listname", "listoverride",
    "listoverridetable", "listtable", "liststylename", "manager", "nesttableprops", "nextfile", "nonesttables",
    "nonshppict", "objalias", "objclass", "objdata", "objname", "operator", "panose", "pgptbl", "pn", "pnseclvl", "pntxta",
    "pntxtb", "printim", "private", "revtbl", "rsidtbl", "rxe", "shprslt", "subject", "tc", "template", "themedata", "txe",
    "userprops", "xe",
))  # fmt: skip
"""Groups that hold nothing of the text; so do all that a reader may leave out (``\\*``) and that are not named here."""
