"""Biopsies of a made-up patient: at diagnosis, of nodes, of a rash, when relapse is suspected."""

from collections.abc import Iterator
from typing import Any

from models.adverse_event import AdverseEvent, Attribution
from models.biopsy import Biopsy, BiopsyKind, Conclusion, Indication, Marker, Pattern, Side
from models.blood import Clone
from models.demo.draft import Draft
from models.demo.fate import REFERENCE_DAY
from models.diagnosis import Disease
from models.values import PartialDate
from models.words import N_, _

SITES = (N_("upper arm"), N_("back"), N_("thigh"), N_("abdomen"), N_("buttock"), N_("forearm"))
SIDES = (Side.LEFT, Side.RIGHT)
DRUG_PATTERNS = (
    Pattern.SPONGIOTIC,
    Pattern.PSORIASIFORM,
    Pattern.INTERFACE,
    Pattern.GRANULOMATOUS,
)
RASH_CONCLUSIONS = {
    Conclusion.DRUG_RELATED: 70,
    Conclusion.BOTH: 8,
    Conclusion.INDETERMINATE: 12,
    Conclusion.ACTIVE_DISEASE: 10,
}


class Biopsies:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.chance = draft, draft.chance

    def records(self, diagnosed: PartialDate, rash: AdverseEvent | None) -> Iterator[Biopsy]:
        course, end = self.draft.fate.course, self.draft.fate.end
        yield from self._taken(diagnosed, Indication.DIAGNOSIS, **self._disease())
        if self.draft.fate.origin.at_diagnosis.n[:2] in {"N1", "N2", "N3"}:
            yield from self._node(diagnosed)
        if rash:
            yield from self._of_rash(rash)
        if course.failure and self.chance.happens(0.7):
            day = PartialDate.of(course.failure)
            yield from self._taken(day, Indication.SUSPECTED_RELAPSE, **self._disease())
        if course.stop is None and end.last == REFERENCE_DAY and self.chance.happens(0.2):
            recently = PartialDate.of(end.last - self.chance.days(3, 4))
            yield from self._taken(recently, Indication.RASH, **self._reaction())

    def _taken(
        self, day: PartialDate, indication: Indication, /, site: str = "", **found: Any
    ) -> Iterator[Biopsy]:
        """With its result days later; awaited at the end, and left out where nobody would wait."""
        result_on = day.last + self.chance.days(5, 14)
        known = self.draft.seen(result_on)
        common = {"date": day, "indication": indication, "kind": BiopsyKind.PUNCH}
        common |= {"body_site": site or _(self.chance.choice(SITES))}
        common |= {"side": self.chance.choice(SIDES), "adverse_event": found.pop("event", None)}
        if known:
            result = {"result_on": result_on if day.exact else None}
            yield self.draft.make(Biopsy, **(common | result | found))
        elif self.draft.fate.end.last == REFERENCE_DAY:
            yield self.draft.make(Biopsy, **common)

    def _disease(self) -> dict[str, Any]:
        follicular = self.draft.fate.origin.disease is Disease.FOLLICULOTROPIC_MF
        return {
            "conclusion": Conclusion.ACTIVE_DISEASE,
            "patterns": [Pattern.FOLLICULOTROPIC if follicular else Pattern.EPIDERMOTROPIC],
            "cd4_cd8_epidermis": round(self.chance.uniform(4, 15), 1),
            "cd7": self.chance.pick({Marker.LOST: 4, Marker.KEPT: 1}),
            "cd26": Marker.LOST,
            "cd30_percent": self.chance.choice((0, 0, 1, 5, 10, 20)),
            "folliculotropism": follicular,
            "clone": self.chance.pick({Clone.IDENTICAL: 5, Clone.NOT_DONE: 1}),
        }

    def _reaction(self) -> dict[str, Any]:
        return {
            "patterns": self.chance.some(DRUG_PATTERNS, 1, 2),
            "cd4_cd8_epidermis": round(self.chance.uniform(0.3, 1.0), 1),
            "cd7": Marker.KEPT,
            "clone": self.chance.pick({Clone.NONE: 4, Clone.DIFFERENT: 1, Clone.NOT_DONE: 1}),
            "conclusion": Conclusion.DRUG_RELATED,
        }

    def _of_rash(self, rash: AdverseEvent) -> Iterator[Biopsy]:
        """One called probable for the drug was not found to be the disease alone."""
        day = rash.onset.last
        for _number in range(self.chance.pick({0: 3, 1: 5, 2: 2})):
            day += self.chance.days(5, 30)
            if not self.draft.seen(day):
                return
            conclusion = self.chance.pick(RASH_CONCLUSIONS)
            active = conclusion is Conclusion.ACTIVE_DISEASE
            if active and rash.attribution is Attribution.PROBABLE:
                conclusion, active = Conclusion.INDETERMINATE, False
            found = (self._disease() if active else self._reaction()) | {"conclusion": conclusion}
            site = rash.body_site or ""
            yield from self._taken(
                PartialDate.of(day), Indication.RASH, site, event=rash.id, **found
            )

    def _node(self, diagnosed: PartialDate) -> Iterator[Biopsy]:
        """A clinically abnormal node that was taken out; NX is one that was not."""
        involved = self.draft.fate.origin.at_diagnosis.n.startswith("N3")
        yield self.draft.make(
            Biopsy,
            date=diagnosed,
            kind=BiopsyKind.LYMPH_NODE,
            body_site=self.chance.choice((_("groin"), _("axilla"))),
            side=self.chance.choice(SIDES),
            indication=Indication.STAGING,
            conclusion=Conclusion.ACTIVE_DISEASE if involved else Conclusion.OTHER,
            report=_("Effaced by lymphoma.") if involved else _("Dermatopathic, not effaced."),
        )
