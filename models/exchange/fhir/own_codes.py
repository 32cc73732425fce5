"""Codes of our own, beside those of our fields and lists: what several fields make together."""

from models.exchange.columns import region_name
from models.exchange.fhir.elements import Element, code_system, coding, concept
from models.response import Response
from models.skin import WEIGHTS, Region

ORIGIN = {
    "entered": "A record with its fields as they were entered",
    "part": "A part of a record, or what is worked out of it",
    "definition": "A definition of our names",
}
OBSERVATION = {
    "mswat": "mSWAT",
    "body_surface_involved": "Body surface involved",
    "blood_count": "Sezary cells in the blood",
    "b_class_by_count": "B class by count (2018)",
    "response": "Global response",
    "response_skin": "Response: skin",
    "response_nodes": "Response: nodes",
    "response_blood": "Response: blood",
    "response_viscera": "Response: viscera",
    "long_axis": "Long axis",
    "short_axis": "Short axis",
    "cycle": "Treatment cycle",
}
SKIN = {kind: f"Body surface with {kind}" for kind in WEIGHTS} | {
    f"{region_name(region)}_{kind}": f"{region.value}: {kind}"
    for region in Region
    for kind in WEIGHTS
}
SYSTEMS = {
    "origin": ORIGIN,
    "observation": OBSERVATION,
    "skin": SKIN,
    "response": {each.value: each.value for each in Response},
}


def own_concept(system: str, code: str, *codings: Element) -> Element:
    """A concept of one of our own code systems, others' codes for it first."""
    title = SYSTEMS[system][code]
    return concept(title, *codings, coding(code_system(system), code, title))


def observation(code: str, *codings: Element) -> Element:
    return own_concept("observation", code, *codings)
