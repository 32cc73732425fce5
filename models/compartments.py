"""Skin, nodes, blood and viscera on a day, worked out from what was found near it."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from models.blood import BloodCount
from models.comparing import Compartment, Found, Judged, Kind, Span, compared, worked_out
from models.history import History, once_in_all
from models.imaging import (
    Imaging,
    Nodes,
    new_nodes,
    node_response,
    sum_of_products,
    unmeasured,
    viscera_response,
)
from models.response import (
    RESPONDING,
    Response,
    blood_response,
    skin_response,
    skin_response_2022,
)
from models.rules import Standing, rule
from models.skin import SkinScore
from models.staging import STAGES, Staging, stage_of
from models.values import earliest
from models.words import N_, _, listing


def compartments(span: Span) -> tuple[Compartment, ...]:
    """Skin, nodes, blood and viscera, in that order."""
    return tuple(worked_out(kind, span) for kind in kinds(span))


def kinds(span: Span) -> tuple[Kind[Any], ...]:
    """How each of them is worked out."""
    return _skin(span), _nodes(span), _blood(span), _viscera(span)


def skin_compartment(span: Span) -> Compartment:
    return worked_out(_skin(span), span)


def _by_nadir(
    plain: Callable[..., Response], chosen: Callable[..., Response], remark: str = ""
) -> Callable[[Sequence[Found[float]]], Judged]:
    """`plain` tells whether there was a response before, `chosen` what there is now."""

    def judge(found: Sequence[Found[float]]) -> Judged:
        baseline, now = found[0].what, found[-1].what
        nadir = min(item.what for item in found[:-1])
        had_response = plain(baseline, baseline, nadir, False) in RESPONDING
        response = chosen(baseline, nadir, now, had_response)
        return Judged(response, chosen(baseline, baseline, now, False), remark)

    return judge


def _skin(span: Span) -> Kind[float]:
    tumour = _has_new_tumour(span)
    remark, chosen = _("new tumour") if tumour else "", partial(skin_response, new_tumour=tumour)
    if span.of_2022:
        advanced = _has_advanced(span)
        remark = remark or (_("stage advanced") if advanced else "")
        chosen = partial(skin_response_2022, new_tumour=tumour, advanced=advanced)
    judge = _by_nadir(skin_response, chosen, remark)
    return Kind(N_("skin"), N_("mSWAT"), chosen.func, skin_scores(span.history), float, judge)


@once_in_all
def skin_scores(history: History) -> tuple[Found[float], ...]:
    return tuple(Found(score.date, mswat, score) for score, mswat in history.mswats)


def _has_new_tumour(span: Span) -> bool:
    """Told only from scores by region; a total alone does not say."""
    baseline, now = compared(_tumours(span.history), span.began, span.on)
    return baseline is not None and now is not None and now.what > 0 and not baseline.what


@once_in_all
def _tumours(history: History) -> tuple[Found[float], ...]:
    scores = history.of(SkinScore)
    return tuple(Found(score.date, score.tumour, score) for score in scores if score.regions)


def _has_advanced(span: Span) -> bool:
    """Whether every stage possible now is higher than any possible at baseline."""
    before = span.stagings_before[-1:]
    now = [item for item in span.stagings if span.near(item.date)][-1:]
    were = [STAGES.index(stage) for item in before for stage in stage_of(item).possible]
    are = [STAGES.index(stage) for item in now for stage in stage_of(item).possible]
    return bool(were and are) and min(are) > max(were)


def _blood(span: Span) -> Kind[float]:
    return Kind(
        N_("blood"),
        N_("neoplastic cells/µL"),
        blood_response,
        blood_counts(span.history),
        float,
        _by_nadir(blood_response, blood_response),
        ("B0", 0.0),
    )


@once_in_all
def blood_counts(history: History) -> tuple[Found[float], ...]:
    counts = ((count, count.neoplastic) for count in history.of(BloodCount))
    return tuple(Found(count.date, cells, count) for count, cells in counts if cells is not None)


def _nodes(span: Span) -> Kind[Nodes]:
    def judge(found: Sequence[Found[Nodes]]) -> Judged:
        examined = [item.what for item in found]
        baseline, now = examined[0], examined[-1]
        if span.of_2022 and (sum_of_products(baseline) or sum_of_products(now)):
            return Judged(None, None, _("the 2022 criteria follow Lugano: state the response"))
        new = new_nodes(baseline, now)
        since = next((item.date for item in found if new_nodes(baseline, item.what)), span.on)
        proven = bool(new) and is_proven_n3(span.history.of(Staging), earliest(since), span.until)
        response = node_response(examined, proven)
        remark = _about_nodes(response, unmeasured(baseline, now), new, proven)
        return Judged(response, node_response([baseline, now], proven), remark)

    seen, quantity = _nodes_seen(span.history), N_("sum of products of the nodes in mm²")
    return Kind(N_("nodes"), quantity, node_response, seen, sum_of_products, judge, ("N0", ()))


@once_in_all
def _nodes_seen(history: History) -> tuple[Found[Nodes], ...]:
    scans = history.of(Imaging)
    return tuple(Found(item.date, item.nodes, item) for item in scans if item.nodes)


def _about_nodes(
    response: Response | None, unmeasured: list[str], new: list[str], proven: bool
) -> str:
    if response is None:
        return _("not measured now: {sites}").format(sites=listing(unmeasured))
    if not new:
        return ""
    words = _("new, proven N3: {sites}") if proven else _("new, not proven to be N3: {sites}")
    return words.format(sites=listing(new))


@rule(N_("Proof of N3"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def is_proven_n3(stagings: Sequence[Staging], since: dt.date, until: dt.date) -> bool:
    """A new node is proven to be N3 by a staging with N3, from the day on which the node was first
    seen until 14 days after the assessment. A lymph node biopsy that concludes active disease is no
    such proof, for it may be N1 or N2: after the histology the node is to be restaged. The program
    does not tell whether it was that node. Without proof it is never taken for progression.
    """
    return any(
        item.n.startswith("N3") and since <= item.date.first and item.date.last <= until
        for item in stagings
    )


def _viscera(span: Span) -> Kind[Nodes]:
    def judge(found: Sequence[Found[Nodes]]) -> Judged:
        baseline, now = found[0].what, found[-1].what
        organs = {mass.place for mass in baseline}
        new = [mass.site for mass in now if mass.place not in organs]
        remark = _("new: {organs}").format(organs=listing(new)) if new else ""
        response = viscera_response([item.what for item in found])
        return Judged(response, viscera_response([baseline, now]), remark)

    seen, quantity = _masses_seen(span.history), N_("sum of products of the masses in mm²")
    return Kind(N_("viscera"), quantity, viscera_response, seen, _size, judge, ("M0", ()))


@once_in_all
def _masses_seen(history: History) -> tuple[Found[Nodes], ...]:
    scans = history.of(Imaging)
    return tuple(Found(item.date, item.masses, item) for item in scans if item.masses is not None)


def _size(masses: Nodes) -> float:
    return round(sum(mass.product for mass in masses), 6)
