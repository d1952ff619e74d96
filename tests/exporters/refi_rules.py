"""The rules of the REFI-QDA schemas (Project 1.0 and Codebook 1.0) for the elements that a project of texts has.

Stated here anew, from the schemas: which children in which order and how often, which attributes, and what these look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"

_MADE = "creatingUser creationDateTime"
_CHANGED = f"{_MADE} modifyingUser modifiedDateTime"
_TEXT = (
    "guid!",
    f"name richTextPath plainTextPath {_CHANGED}",
    "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
)
_REF = ("targetGUID!", "", "")
_WORDS = ("", "", "")
_RULES: dict[str, tuple[str, str, str]] = {
    "Project": (
        "name!",
        "origin creatingUserGUID creationDateTime modifyingUserGUID modifiedDateTime basePath",
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
    ),
    "Users": ("", "", "User+"),
    "User": ("guid!", "name id", ""),
    "CodeBook": ("", "", "Codes"),
    "Codes": ("", "", "Code+"),
    "Code": ("guid! name! isCodable!", "color", "Description? NoteRef* Code*"),
    "Variables": ("", "", "Variable+"),
    "Variable": ("guid! name! typeOfVariable!", "", "Description?"),
    "VariableValue": ("", "", "VariableRef TextValue? IntegerValue?"),
    "Sources": ("", "", "TextSource* PDFSource*"),
    "TextSource": _TEXT,
    "Representation": _TEXT,
    "Note": _TEXT,
    "PDFSource": (
        "guid!",
        f"name path currentPath {_CHANGED}",
        "Description? PDFSelection* Representation? Coding* NoteRef* VariableValue*",
    ),
    "PlainTextSelection": (
        "guid! startPosition! endPosition!",
        f"name {_CHANGED}",
        "Description? Coding* NoteRef*",
    ),
    "PDFSelection": (
        "guid! page! firstX! firstY! secondX! secondY!",
        f"name {_CHANGED}",
        "Description? Representation? Coding* NoteRef*",
    ),
    "Coding": ("guid!", _MADE, "CodeRef NoteRef*"),
    "Notes": ("", "", "Note+"),
    "Links": ("", "", "Link+"),
    "Link": ("guid!", "name direction color originGUID targetGUID", "NoteRef*"),
    "CodeRef": _REF,
    "NoteRef": _REF,
    "VariableRef": _REF,
    "Description": _WORDS,
    "PlainTextContent": _WORDS,
    "TextValue": _WORDS,
    "IntegerValue": _WORDS,
}
_IN_A_CODEBOOK = {
    "CodeBook": ("", "origin", "Codes Sets?"),
    "Code": ("guid! name! isCodable!", "color", "Description? Code*"),
}
_GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_FORMS = {
    "guid": _GUID,
    "targetGUID": _GUID,
    "originGUID": _GUID,
    "creatingUser": _GUID,
    "creationDateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "modifiedDateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "isCodable": "true|false",
    "color": "#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})",
    "typeOfVariable": "Text|Boolean|Integer|Float|Date|DateTime",
    "direction": "Associative|OneWay|Bidirectional",
    **dict.fromkeys(("startPosition", "endPosition", "page", "firstX", "firstY", "secondX", "secondY"), "-?[0-9]+"),
}


def faults(root: etree._Element, namespace: str = PROJECT) -> list[str]:
    """Return what is against the rules, a line each."""
    rules = _RULES | (_IN_A_CODEBOOK if namespace == CODEBOOK else {})
    found = [fault for element in root.iter() for fault in _faults(element, namespace, rules)]
    guids = [guid for element in root.iter() if (guid := element.get("guid"))]
    found += [f"{guid} stands twice" for guid in {each for each in guids if guids.count(each) > 1}]
    known = set(guids)
    for element in root.iter():
        for name in ("targetGUID", "originGUID", "creatingUser"):
            if (target := element.get(name)) and target not in known:
                found.append(f"{name} {target} names nothing")
    return found


def _faults(element: etree._Element, namespace: str, rules: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    name = etree.QName(element)
    if name.namespace != namespace or name.localname not in rules:
        yield f"{name.text} is unknown"
        return
    required, optional, children = rules[name.localname]
    needed = set(required.replace("!", "").split())
    given = {str(each) for each in element.attrib}
    yield from (f"{name.localname} lacks {each}" for each in needed - given)
    yield from (f"{name.localname} has {each}" for each in given - needed - set(optional.split()))
    for attribute in given:
        value = str(element.get(attribute))
        if (form := _FORMS.get(attribute)) and not re.fullmatch(form, value):
            yield f"{name.localname} has {attribute}={value}"
    inside = "".join(f"{etree.QName(child).localname} " for child in element)
    if not re.fullmatch(_pattern(children), inside):
        yield f"{name.localname} holds {inside}"
    if children and (element.text or "").strip():
        yield f"{name.localname} holds words"


def _pattern(children: str) -> str:
    if children == "TextSource* PDFSource*":
        return "((TextSource|PDFSource) )+"
    return "".join(f"({each.rstrip('?*+')} ){each[len(each.rstrip('?*+')) :]}" for each in children.split())
