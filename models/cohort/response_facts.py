"""How one treatment line worked."""

from dataclasses import dataclass

from models.endpoints import LineEndpoints
from models.response import Response


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """`best`: the best seen or, where none was seen, stated; `confirmed`: the best that held."""

    best: Response | None
    confirmed: Response | None


def response_facts(found: LineEndpoints) -> ResponseFacts:
    return ResponseFacts(found.best_response, found.best_confirmed)
