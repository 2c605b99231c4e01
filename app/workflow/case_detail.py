"""One case from its export rows to the register's answers."""

from app.core.errors import ExportError
from app.core.progress import Progress, silent
from app.workflow.case_book import book_of
from app.workflow.cases import rows_at
from app.workflow.desk import Desk
from app.workflow.views import CaseDetail

_ALL_ATTEMPTS = 1000


def case_detail(
    desk: Desk, case: str, _reveal: bool = False, _progress: Progress = silent
) -> CaseDetail:
    """Return one case from its export rows to the register's answers."""
    import polars as pl

    from app.engine.findings import findings_of
    from app.workflow.case_origin import source_rows, values_of
    from app.workflow.load import prepared_export

    book = book_of(desk)
    analysis = book.cases.analysis
    place = analysis.place_of(case)
    if place is None:
        raise ExportError("case-unknown", case=case)
    export, project = prepared_export(desk), desk.project
    rows = source_rows(export, project, int(analysis.cases["row"][place])) if project else ()
    accepted = desk.journal().accepted_document(case)
    return CaseDetail(
        row=next(rows_at(book.cases, pl.Series([place]))),
        source_rows=rows,
        values=values_of(analysis, project, case, rows) if project else (),
        xml=analysis.document(place).decode("utf-8"),
        accepted_xml=accepted.decode("utf-8") if accepted else "",
        findings=findings_of(analysis, case),
        attempts=desk.journal().attempts(case, 0, _ALL_ATTEMPTS),
    )
