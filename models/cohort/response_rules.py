"""Who counts for which rate of response."""

from models.cohort.compartment_facts import CompartmentFacts
from models.response import FAILING, RANK, Response
from models.rules import Standing, rule
from models.words import N_, _


@rule(N_("Best response in a rate"), "MAVORIC 2018", Standing.UNVERIFIED)
def rated(best: Response | None) -> Response:
    """Every line that was begun counts in the denominator, as by intention to treat: a line without
    an assessment, and a best response of not assessed, count as no response. A relapse as the best
    that was seen counts as PD.
    """
    if best is None or best not in RANK:
        return Response.NOT_ASSESSED
    return Response.PD if best in FAILING else best


@rule(N_("Response of a compartment in a rate"), "MAVORIC 2018", Standing.UNVERIFIED)
def counts(compartment: CompartmentFacts) -> bool:
    """For skin, blood, nodes and viscera every line counts for which the compartment was involved
    at baseline, assessed later or not; the others do not. Only assessments tell of compartments:
    what a letter or a visit states of the whole disease does not count for any of them.
    """
    return compartment.involved is True


def involved_words() -> str:
    """The sentence of a methods paragraph."""
    return _(
        "By compartment the denominator is those involved at baseline: by the last measurement up"
        " to the start (mSWAT above 0, 250 neoplastic cells/µL or more, an abnormal node, a mass),"
        " or else by the last staging."
    )
