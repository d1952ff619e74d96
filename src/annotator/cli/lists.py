"""What ``annotator list`` prints: for each list the records for machines and the lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.domain.finding import Finding
    from annotator.services.project import Project


def _sources(project: Project) -> tuple[list[object], list[str]]:
    rows = project.source_rows()
    records: list[object] = [
        {
            "id": row.source.id,
            "title": row.source.title,
            "publisher": row.publisher,
            "versions": [version.id for version in row.versions],
            "passages": row.passages,
            "linked": row.linked,
        }
        for row in rows
    ]
    return records, [f"{row.source.id}  {row.linked} of {row.passages} linked  {row.source.title}" for row in rows]


def _passages(project: Project) -> tuple[list[object], list[str]]:
    passages = [
        (version, passage)
        for row in project.source_rows()
        for version in row.versions
        for passage in project.passages(version.id)
    ]
    records: list[object] = [
        {
            "id": passage.id,
            "version": version.id,
            "quote": passage.quote,
            "fragments": [[fragment.start, fragment.end] for fragment in passage.fragments],
        }
        for version, passage in passages
    ]
    return records, [f"{passage.id}  “{' '.join(passage.quote.split())}”" for _, passage in passages]


def _claims(project: Project) -> tuple[list[object], list[str]]:
    rows = project.claim_rows()
    records: list[object] = [
        {
            "id": row.claim.id,
            "text": row.claim.text,
            "stances": dict(row.stances),
            "verdict": row.conclusion.verdict if row.conclusion else None,
            "confidence": row.conclusion.confidence if row.conclusion else None,
        }
        for row in rows
    ]
    return records, [
        f"{row.claim.id}  {row.conclusion.verdict if row.conclusion else 'open'}  {row.claim.text}" for row in rows
    ]


def _linkages(project: Project) -> tuple[list[object], list[str]]:
    from annotator.domain.codec import to_plain

    rows = project.linkage_rows()
    records: list[object] = [{**to_plain(row.linkage), "annotator": row.annotator, "claim": row.claim} for row in rows]
    lines = [
        f"{row.linkage.id}  {row.annotator}: {row.linkage.stance}, {row.linkage.verdict or 'no verdict'}, "
        f"{row.linkage.confidence or 'no confidence'}  {row.claim}"
        for row in rows
    ]
    return records, lines


def _findings(project: Project) -> tuple[list[object], list[str]]:
    findings = project.findings()
    return [finding_record(each) for each in findings], [f"{each.level}  {finding_line(each)}" for each in findings]


def finding_record(finding: Finding) -> dict[str, object]:
    """Return a finding for machines."""
    return {
        "code": finding.code,
        "level": finding.level,
        "title": finding.title,
        "kind": finding.kind,
        "entity": finding.entity_id,
        "others": list(finding.others),
        "claim": finding.claim_id,
        "message": finding.message,
        "waived": finding.waiver.reason if finding.waiver else None,
    }


def finding_line(finding: Finding) -> str:
    """Return a finding in one line, with what ``waive`` asks for."""
    waived = f" (waived: {finding.waiver.reason})" if finding.waiver else ""
    return f"{finding.code}  {finding.kind} {finding.entity_id}  {finding.message}{waived}"


LISTS = {
    "sources": _sources,
    "passages": _passages,
    "claims": _claims,
    "linkages": _linkages,
    "findings": _findings,
}
"""Each list with what returns its records and its lines."""
