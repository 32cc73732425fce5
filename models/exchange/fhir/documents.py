"""Photographs, letters and reports, with the file itself where it goes along."""

import base64
from collections.abc import Iterator

from models.attachment import Attachment
from models.exchange.fhir.case import Case
from models.exchange.fhir.elements import Resource, choice, filled, period


def document(case: Case, record: Attachment) -> Iterator[Resource]:
    data = case.content(record) if case.content else None
    held = {
        "contentType": " ".join(record.media_type.split()),
        "data": base64.b64encode(data).decode() if data is not None else None,
        "size": len(data) if data is not None else None,
        "title": record.title,
    }
    elements = {
        "status": "current",
        "type": choice(Attachment, "kind", record.kind),
        "description": record.title,
        "content": [{"attachment": filled(held)}],
        "context": {"period": period(record.date)},
    }
    yield case.main("DocumentReference", record, elements)
