"""Treatments as a patient knows them: what it is, and how it is given."""

from collections.abc import Iterable
from itertools import pairwise

from models.protocol import Protocol
from models.rules import Standing, rule
from models.words import N_, _, listing, ngettext

PLAIN_DRUGS = {
    "mogamulizumab": N_("mogamulizumab (an antibody, given through a drip into a vein)"),
    "vorinostat": N_("vorinostat (capsules)"),
    "romidepsin": N_("romidepsin (given through a drip into a vein)"),
    "brentuximab vedotin": N_(
        "brentuximab vedotin (an antibody with a cell poison, given through a drip into a vein)"
    ),
    "alemtuzumab": N_("alemtuzumab (an antibody, given into a vein or under the skin)"),
    "pembrolizumab": N_("pembrolizumab (an antibody, given through a drip into a vein)"),
    "denileukin diftitox": N_("denileukin diftitox (given through a drip into a vein)"),
    "bexarotene": N_("bexarotene (capsules)"),
    "acitretin": N_("acitretin (capsules)"),
    "interferon alfa": N_("interferon alfa (injections)"),
    "interferon gamma": N_("interferon gamma (injections)"),
    "methotrexate": N_("methotrexate (tablets or injections)"),
    "pralatrexate": N_("pralatrexate (given into a vein)"),
    "gemcitabine": N_("gemcitabine (chemotherapy into a vein)"),
    "oxaliplatin": N_("oxaliplatin (chemotherapy into a vein)"),
    "pegylated liposomal doxorubicin": N_("doxorubicin (chemotherapy into a vein)"),
    "chlorambucil": N_("chlorambucil (chemotherapy, tablets)"),
    "prednisone": N_("prednisone (cortisone tablets)"),
    "chop": N_("chemotherapy with four medicines (known as CHOP)"),
    "bendamustine": N_("bendamustine (chemotherapy into a vein)"),
    "fludarabine": N_("fludarabine (chemotherapy)"),
    "extracorporeal photopheresis": N_("photopheresis (a light treatment of the blood)"),
    "investigational agent": N_("a medicine that was being tested in a study"),
    "total skin electron beam therapy": N_("radiation of the whole skin"),
    "local radiotherapy": N_("radiation of single places"),
    "allogeneic stem cell transplant": N_(
        "a transplant of stem cells (cells that make blood) from another person"
    ),
    "autologous stem cell transplant": N_(
        "a transplant of your own stem cells (cells that make blood)"
    ),
    "topical corticosteroid": N_("cortisone cream or ointment"),
    "chlormethine gel": N_("chlormethine gel for the skin"),
    "carmustine topical": N_("carmustine for the skin"),
    "bexarotene gel": N_("bexarotene gel for the skin"),
    "imiquimod": N_("imiquimod cream"),
    "topical calcineurin inhibitor": N_("a cream without cortisone that calms the skin"),
    "nb-uvb": N_("light treatment (ultraviolet light B)"),
    "puva": N_("light treatment (ultraviolet light A, with a medicine that makes it stronger)"),
    "uva1": N_("light treatment (ultraviolet light A)"),
    "photodynamic therapy": N_("light treatment with a cream that makes it stronger"),
    "systemic corticosteroid": N_("cortisone tablets or injections"),
    "antihistamine": N_("tablets against itching and allergy"),
    "gabapentin": N_("gabapentin (a medicine that can ease itching)"),
    "naltrexone": N_("naltrexone (a medicine that can ease itching)"),
    "aprepitant": N_("aprepitant (a medicine that can ease itching)"),
    "mirtazapine": N_("mirtazapine (a medicine that can ease itching)"),
    "aciclovir prophylaxis": N_("aciclovir (to prevent herpes)"),
    "cotrimoxazole prophylaxis": N_("cotrimoxazole (to prevent infections)"),
}


def treatment_words(regimen: Iterable[str]) -> str:
    """All its drugs: `photopheresis (a light treatment of the blood) and bexarotene (capsules)`."""
    return listing([drug_words(drug) for drug in regimen if drug.strip()])


def treatment_names(regimen: Iterable[str]) -> str:
    """The same without what they are: `photopheresis and bexarotene`."""
    return listing([drug_words(drug).partition(" (")[0] for drug in regimen if drug.strip()])


@rule(
    N_("Treatments in plain words"),
    "How I treat mycosis fungoides and Sézary syndrome, Blood 2016; EORTC 2023",
    Standing.UNVERIFIED,
)
def drug_words(drug: str) -> str:
    """A patient reads, beside the name of a drug, what it is and how it is given: mogamulizumab is
    an antibody, given through a drip into a vein; photopheresis a light treatment of the blood;
    and so for every entry of the catalogue of therapies. What is not in the catalogue is called as
    it was entered.
    """
    found = PLAIN_DRUGS.get(drug.strip().casefold())
    return _(found) if found else _(drug.strip())


def course_length(protocol: Protocol) -> str:
    """How long a course lasts: `4 weeks`, `10 days`."""
    return _days_or_weeks(protocol.cycle_days)


def how_often(protocol: Protocol) -> str:
    """`once a week in the first course, and every 2 weeks after that`, or on which days."""
    first, later = _rhythm(protocol, 1), _rhythm(protocol, 2)
    if protocol.first_cycle is None or first == later:
        return later
    words = _("{first} in the first course, and {later} after that")
    return words.format(first=first, later=later)


def _rhythm(protocol: Protocol, cycle: int) -> str:
    """Told by the steps from each day of the course to the next, into the course after it."""
    days = protocol.days_of(cycle)
    round_the_course = [*days, protocol.cycle_days + days[0]]
    steps = {later - earlier for earlier, later in pairwise(round_the_course)}
    if len(steps) > 1:
        words = ngettext("on day {days} of each course", "on days {days} of each course", len(days))
        return words.format(days=listing([*map(str, days)]))
    step = steps.pop()
    if step == 1:
        return _("every day")
    return _("once a week") if step == 7 else _("every {time}").format(time=_days_or_weeks(step))


def _days_or_weeks(days: int) -> str:
    weeks, rest = divmod(days, 7)
    if rest:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    return ngettext("{n} week", "{n} weeks", weeks).format(n=weeks)
