"""The summary as one JSON object, with the keys that the command line promises."""

from typing import Any

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy
from models.course import cycles_given, infusions_given
from models.endpoints import Endpoint, LineEndpoints
from models.figures import Figure, figures
from models.prognosis import Prognosis
from models.summary import Summary
from models.treatment import TreatmentLine


def summary_json(summary: Summary) -> dict[str, Any]:
    """One object with the stable keys of the command line's `summary --json`."""
    survival = summary.endpoints.overall_survival
    return {
        "mrn": summary.history.patient.mrn,
        "disease": summary.diagnosis and summary.diagnosis.disease.value,
        "diagnosed": summary.diagnosis and summary.diagnosis.date.iso,
        "tnmb": summary.staging and summary.staging.tnmb,
        "stage": _stage_json(summary),
        "lines": [
            _line_json(summary, number, line)
            for number, line in enumerate(summary.history.lines, start=1)
        ],
        "response": _response_json(summary),
        "adverse_events": [_event_json(event) for event in summary.history.of(AdverseEvent)],
        "biopsies": [
            {
                "date": biopsy.date.iso,
                "body_site": biopsy.body_site,
                "conclusion": biopsy.conclusion and biopsy.conclusion.value,
            }
            for biopsy in summary.history.of(Biopsy)
        ],
        "prognosis": [_prognosis_json(prognosis) for prognosis in summary.prognosis],
        "overall_survival_days": _days_json(survival),
        "overall_survival_censored": survival and survival.censored,
        "next_due": [{"what": due.what, "on": due.on.isoformat()} for due in summary.due],
        "flags": summary.flags,
        "figures": [_figure_json(figure, summary) for figure in figures(summary)],
    }


def _figure_json(figure: Figure, summary: Summary) -> dict[str, Any]:
    """A figure as it is shown, with its inputs, its rules and their sources."""
    return {
        "group": figure.group,
        "title": figure.title,
        "value": figure.value,
        "inputs": figure.inputs,
        "remark": figure.remark,
        "rules": [
            {
                "name": rule.name,
                "title": rule.words,
                "source": rule.source,
                "standing": rule.standing.value,
                "awaits_confirmation": rule.awaits(summary.history.confirmed),
            }
            for rule in figure.rules
        ],
    }


def _stage_json(summary: Summary) -> dict[str, Any] | None:
    if summary.stage is None or summary.staging is None:
        return None
    return {
        "working": summary.stage.working,
        "possible": list(summary.stage.possible),
        "provisional": summary.stage.provisional,
        "agrees_with_stated": summary.stage.agrees_with(summary.staging.stage_stated),
    }


def _response_json(summary: Summary) -> dict[str, Any]:
    response, since = summary.response or (None, None)
    return {
        "current": response and response.value,
        "since": since and since.isoformat(),
        "off_treatment_days": _days_json(summary.endpoints.off_treatment),
    }


def _line_json(summary: Summary, number: int, line: TreatmentLine) -> dict[str, Any]:
    found: LineEndpoints = summary.endpoints.of_line(line)
    best = found.best_response
    return {
        "number": number,
        "regimen": " + ".join(line.regimen),
        "start": line.start.iso,
        "end": line.end and line.end.iso,
        "cycles": cycles_given(summary.history, line),
        "infusions": infusions_given(summary.history, line),
        "best_response": best and best.value,
        "stop_reason": line.stop_reason and line.stop_reason.value,
        "time_to_response_days": _days_json(found.time_to_response),
        "duration_of_response_days": _days_json(found.duration_of_response),
        "duration_of_response_censored": _censored(found.duration_of_response),
        "progression_free_days": _days_json(found.progression_free),
        "progression_free_censored": _censored(found.progression_free),
        "time_to_next_treatment_days": _days_json(found.time_to_next_treatment),
        "time_to_next_treatment_censored": _censored(found.time_to_next_treatment),
    }


def _days_json(endpoint: Endpoint | None) -> int | dict[str, int] | None:
    return endpoint.days.as_json() if endpoint else None


def _censored(endpoint: Endpoint | None) -> bool | None:
    return endpoint.censored if endpoint else None


def _event_json(event: AdverseEvent) -> dict[str, Any]:
    return {
        "term": event.term,
        "worst_grade": int(event.worst_grade),
        "onset": event.onset.iso,
        "resolved": event.resolved and event.resolved.iso,
    }


def _prognosis_json(prognosis: Prognosis) -> dict[str, Any]:
    return {
        "index": prognosis.index,
        "score": prognosis.score,
        "group": prognosis.group,
        "possible_groups": list(prognosis.possible_groups),
    }
