"""Imaging: nodes and masses measured, and the response of nodes and viscera from them."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from models.base import JsonColumn, PatientRecord, field, readable
from models.response import Response
from models.rules import Standing, rule
from models.values import Choice
from models.words import N_, _


class Modality(Choice):
    CT = "CT"
    PET_CT = "PET-CT"
    ULTRASOUND = N_("ultrasound")
    MRI = "MRI"


class Node(BaseModel):
    """One lymph node, or one mass of an organ, axes in mm."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    site: str = Field(min_length=1, max_length=100)
    long_mm: float = Field(gt=0, le=500)
    short_mm: float = Field(gt=0, le=500)

    @field_validator("site", mode="after")
    @classmethod
    def _can_stand_in_a_list(cls, site: str) -> str:
        site = " ".join(readable(site).split())
        if not site or ";" in site:
            raise ValueError(_("Name the site in words, without a semicolon."))
        return site

    @property
    def product(self) -> float:
        return self.long_mm * self.short_mm

    @property
    def place(self) -> str:
        """The site, for comparison with another examination."""
        return self.site.casefold()

    def __str__(self) -> str:
        return f"{self.site} {_exactly(self.long_mm)}x{_exactly(self.short_mm)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """`left axilla 22x14`; raises `ValueError` otherwise."""
        match = re.fullmatch(r"(.+?)\s+(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)", text.strip())
        if not match:
            raise ValueError(
                _("A node is written as left axilla 22x14, long and short axis in mm.")
            )
        return cls(site=match[1], long_mm=float(match[2]), short_mm=float(match[3]))


def _exactly(number: float) -> str:
    """Every digit that the number has, and no exponent."""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


Nodes = Sequence[Node]


class Imaging(PatientRecord, table=True):
    __tablename__ = "imaging"
    singular: ClassVar[str] = N_("imaging")
    plural: ClassVar[str] = N_("imaging")

    worked_out: ClassVar[dict[str, tuple[str, type]]] = {
        "sum_of_products": (N_("Sum of products, mm²"), float)
    }

    date: dt.date = field(N_("Date"))
    modality: Modality = field(N_("Modality"))
    nodes: list[Node] = field(
        N_("Nodes"),
        [],
        column=JsonColumn(list[Node]),
        help=N_("Site, long and short axis in mm, as left axilla 22x14; right groin 18x12."),
    )
    masses: list[Node] | None = field(
        N_("Visceral masses"),
        None,
        column=JsonColumn(list[Node]),
        help=N_("Organ, long and short axis in mm, as liver 42x30; none where none were seen."),
    )
    viscera: str | None = field(N_("Viscera"), None, multiline=True, max_length=2000)
    conclusion: str | None = field(N_("Conclusion"), None, multiline=True, max_length=5000)

    @property
    def sum_of_products(self) -> float | None:
        """Sum of the products of the abnormal nodes' diameters in mm²; None where none is named."""
        return sum_of_products(self.nodes) if self.nodes else None


@rule(N_("Abnormal node"), "Olsen, J Clin Oncol 2011", Standing.IN_PART)
def is_abnormal(node: Node) -> bool:
    """Long axis over 15 mm; or long axis from 10 to 15 mm and short axis over 10 mm."""
    return node.long_mm > 15 or (10 <= node.long_mm <= 15 and node.short_mm > 10)


@rule(N_("Sum of products of diameters"), "Olsen, J Clin Oncol 2011")
def sum_of_products(nodes: Nodes) -> float:
    """Long times short axis in mm², summed over the nodes that are abnormal on that day."""
    return round(sum(node.product for node in nodes if is_abnormal(node)), 6)


@rule(N_("Response of the nodes, 2011"), "Olsen, J Clin Oncol 2011", Standing.IN_PART)
def node_response(examined: Sequence[Nodes], proven_n3: bool = False) -> Response | None:
    """From the nodes measured at baseline, in between, and now, compared by the names of the sites.

    PD: sum of products 50 % or more above baseline; or a new abnormal node that is proven to be N3;
    or, in PR, a sum more than half above its lowest. Relapse: see there. CR: no node over 15 mm
    long, and those that were abnormal at baseline with 15 mm or less are now at most 10 mm short.
    PR: sum of products half the baseline or less, and no new abnormal node. SD: otherwise, also
    with a new abnormal node that is not proven to be N3.

    A new abnormal node is one more abnormal node at a site than at baseline, so that a node that
    was measured at baseline and was normal counts as new once it is abnormal.

    Derived, not published: without an abnormal node at baseline and now the nodes are not involved.
    With an abnormal node of the baseline that is not measured now, the response is left open,
    unless the others alone make PD. CR is not given with a new abnormal node. Nodes that stay large
    and are negative on biopsy count as CR, but the program cannot tell: state the response then.
    """
    baseline, *earlier, now = examined
    before, product = sum_of_products(baseline), sum_of_products(now)
    if not before:
        if not product:
            return Response.NOT_INVOLVED
        return Response.PD if proven_n3 else Response.SD
    seen = [baseline, *(nodes for nodes in earlier if not unmeasured(baseline, nodes))]
    held = {_node_fall(baseline, nodes) for nodes in seen}
    lowest = min(sum_of_products(nodes) for nodes in seen)
    lost = Response.PR in held and Response.CR not in held and product > 1.5 * lowest
    if lost or product >= 1.5 * before or (proven_n3 and new_nodes(baseline, now)):
        return Response.PD
    if unmeasured(baseline, now):
        return None
    if Response.CR in held and nodes_relapsed(now):
        return Response.RELAPSE
    return _node_fall(baseline, now)


@rule(N_("Relapse in the nodes, 2011"), "Olsen, J Clin Oncol 2011", Standing.UNVERIFIED)
def nodes_relapsed(now: Nodes) -> bool:
    """After CR of the nodes, a node over 15 mm long is relapse, unless the rules of PD hold."""
    return any(node.long_mm > 15 for node in now)


def _node_fall(baseline: Nodes, now: Nodes) -> Response:
    """CR, PR or SD by how far the nodes have shrunk."""
    if new_nodes(baseline, now):
        return Response.SD
    were_long = {node.place for node in baseline if node.long_mm > 15}
    if all(node.long_mm <= 15 and node.place in were_long for node in _abnormal(now)):
        return Response.CR
    halved = sum_of_products(now) <= 0.5 * sum_of_products(baseline)
    return Response.PR if halved else Response.SD


def new_nodes(baseline: Nodes, now: Nodes) -> list[str]:
    """Sites with more abnormal nodes now than at baseline."""
    return _more(_abnormal(now), _abnormal(baseline))


def unmeasured(baseline: Nodes, now: Nodes) -> list[str]:
    """Sites with more abnormal nodes at baseline than nodes are named now."""
    return _more(_abnormal(baseline), now)


def _abnormal(nodes: Nodes) -> Nodes:
    return [node for node in nodes if is_abnormal(node)]


def _more(these: Nodes, those: Nodes) -> list[str]:
    written = {node.place: node.site for node in these}
    left = Counter(node.place for node in these) - Counter(node.place for node in those)
    return [written[place] for place in left]


@rule(N_("Response of the viscera, 2011"), "Olsen, J Clin Oncol 2011", Standing.IN_PART)
def viscera_response(examined: Sequence[Nodes]) -> Response:
    """From the masses seen at baseline, in between, and now; an organ's size is their products.

    PD: an involved organ more than 50 % above baseline (one source says 50 % or more); or a new
    organ; or, in PR, all together more than half above their lowest. Relapse: an organ involved
    after CR. CR: no mass is seen any more. PR: all together half the baseline or less, no new organ
    and none that has grown. SD: otherwise.

    Derived, not published: an organ that is not named is taken as free; without a mass at baseline
    and now the viscera are not involved. A mass that stays and is negative on biopsy counts as CR,
    but the program cannot tell: state the response then.
    """
    baseline, *earlier, now = [_by_organ(masses) for masses in examined]
    if not baseline:
        return Response.PD if now else Response.NOT_INVOLVED
    held = {_viscera_fall(baseline, masses) for masses in earlier}
    lowest = min(sum(masses.values()) for masses in [baseline, *earlier])
    cleared = Response.CR in held
    lost = Response.PR in held and not cleared and sum(now.values()) > 1.5 * lowest
    grown = any(size > 1.5 * baseline.get(organ, size) for organ, size in now.items())
    if grown or lost or (not cleared and now.keys() - baseline.keys()):
        return Response.PD
    return Response.RELAPSE if cleared and now else _viscera_fall(baseline, now)


def _viscera_fall(baseline: dict[str, float], now: dict[str, float]) -> Response:
    """CR, PR or SD by how far the masses have shrunk."""
    if not now:
        return Response.CR
    halved = sum(now.values()) <= 0.5 * sum(baseline.values())
    growing = any(size > baseline.get(organ, 0) for organ, size in now.items())
    return Response.PR if halved and not growing else Response.SD


def _by_organ(masses: Nodes) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for mass in masses:
        sizes[mass.place] = round(sizes.get(mass.place, 0) + mass.product, 6)
    return sizes
