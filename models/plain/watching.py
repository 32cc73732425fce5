"""What a patient is told to watch for, and when to call."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.course import active_lines
from models.history import History
from models.plain.course import is_planned
from models.plain.drugs import treatment_names
from models.plain.passage import Passage
from models.rules import Standing, rule
from models.therapies import AUTOLOGOUS, Category
from models.treatment import TreatmentLine
from models.words import N_, _

FEVER = N_("Fever of 38 °C or more, or fits of shivering")
BREATH = N_("Trouble breathing, pain in the chest, or fainting")
SWELLING = N_("Swelling of the face, the lips, the tongue or the throat")
SPREADING = N_("A rash that spreads fast, that hurts, or that comes with fever")
GRAFT = N_(
    "A new rash, loose stools, yellow skin or eyes, or any sign of an infection such as cough or "
    "burning when you pass water. After a transplant this cannot wait."
)
BLISTERS = N_(
    "Blisters, peeling skin, or sores in the mouth, the eyes or the genitals, above all with fever"
)
WEAKNESS = N_("New weakness or numbness in arms or legs that gets worse")
JAUNDICE = N_("Yellow skin, yellow eyes or dark urine")
REACTION = N_(
    "In the day after an infusion: shivering, fever, hot flushes, itching or dizziness. "
    "During the infusion, tell the nurse at once."
)
RASH = N_(
    "A new rash, scaly patches or loss of hair. This may come from mogamulizumab, even months "
    "after the last infusion, and may look like your illness. A small sample of skin can show "
    "what it is."
)
LESIONS = N_("New or thicker patches or lumps in the skin, redder skin, or more itching")
NEW_LUMPS = N_("New or thicker patches or lumps in the skin")
NODES = N_("New or growing lumps in the neck, the armpits or the groin")
INFECTION = N_(
    "Signs of an infection: cough, burning when you pass water, or skin that is sore or weeping"
)
TIREDNESS = N_("Great tiredness, muscle pain or loose stools that do not go away")
TIREDNESS_ALONE = N_("Great tiredness or muscle pain that does not go away")
NOT_REACHED = N_(
    "If you cannot reach us at once, go to the nearest emergency department or call an ambulance. "
    "Take this page with you."
)
TELL_OTHERS = N_(
    "Tell every doctor who treats you that you have had mogamulizumab. This matters above all "
    "before a transplant of stem cells (cells that make blood) from another person."
)
TELL_TRANSPLANT_TEAM = N_(
    "Tell every doctor who treats you, above all those of the transplant, that you have had "
    "mogamulizumab."
)


@dataclass(frozen=True, slots=True)
class Watch:
    """What an ambulance is called for, what to call about at once, and what to call about soon;
    what to tell other doctors.
    """

    ambulance: tuple[str, ...]
    at_once: tuple[str, ...]
    soon: tuple[str, ...]
    tell_others: str = ""


def what_to_watch_for(history: History) -> list[Passage]:
    """What concerns the treatment of now, and what to call an ambulance or the clinic for at once.

    Of drugs but mogamulizumab the program knows nothing to say, and says that.
    """
    found = _found(history)
    return [
        *_of_now(history),
        Passage(_("Call an ambulance first, and then us, if you notice:"), found.ambulance),
        Passage(_("Call us at once, by day or night, if you notice:"), found.at_once),
        Passage(_(NOT_REACHED)),
    ]


def what_else_to_watch_for(history: History) -> list[Passage]:
    """What can wait for days, and what other doctors are to be told."""
    found = _found(history)
    soon = Passage(_("Call us in the next days if you notice:"), found.soon)
    return [soon, *([Passage(found.tell_others)] if found.tell_others else [])]


def _found(history: History) -> Watch:
    mogamulizumab, transplants = _mogamulizumab(history), _transplants(history)
    return watch_for(
        had_mogamulizumab=bool(mogamulizumab),
        still_given=any(line.end is None for line in mogamulizumab),
        had_allograft=any(AUTOLOGOUS not in line.regimen for line in transplants),
    )


def _mogamulizumab(history: History) -> list[TreatmentLine]:
    return [line for line in active_lines(history) if line.has_mogamulizumab]


def _transplants(history: History) -> list[TreatmentLine]:
    return [line for line in active_lines(history) if line.category is Category.TRANSPLANT]


def _of_now(history: History) -> Iterator[Passage]:
    """The other treatments that go on, by name; and that the lists are not about them alone."""
    before = _mogamulizumab(history)
    known = (*before, *_transplants(history))
    others = [line for line in active_lines(history) if line.end is None and line not in known]
    if not others:
        return
    words = _("You are now treated with {drugs}. Ask us what to watch for with this treatment.")
    if history.patient.lost_to_follow_up or any(is_planned(history, line) for line in others):
        words = _("Ask us what to watch for with {drugs}.")
    told = words.format(drugs=treatment_names(drug for line in others for drug in line.regimen))
    if before and all(line.end for line in before):
        told += " " + _("The lists below are also about mogamulizumab, which you had before.")
    yield Passage(told)


@rule(
    N_("What a patient is told to watch for"),
    "EU SmPC; US PI 2018; mogamulizumab rash: MAVORIC 2018; the signs named, from memory",
    Standing.UNVERIFIED,
)
def watch_for(*, had_mogamulizumab: bool, still_given: bool, had_allograft: bool) -> Watch:
    """Every patient: an ambulance first for trouble breathing, pain in the chest, fainting, and
    swelling of face, lips, tongue or throat. Call at once with fever of 38 °C or more or shivering,
    and with a rash that spreads fast, hurts or comes with fever; soon with new patches or lumps,
    more redness or itching, lumps in neck, armpits or groin, and signs of an infection. Who cannot
    reach the clinic goes to an emergency department.

    After or under mogamulizumab besides. At once: blisters, peeling skin or sores in mouth, eyes or
    genitals (Stevens-Johnson syndrome, toxic epidermal necrolysis); weakness or numbness that gets
    worse (Guillain-Barré syndrome, myositis); yellow skin or eyes or dark urine (hepatitis). Soon:
    a new rash or loss of hair, which may come months after the last infusion and look like the
    disease; tiredness, muscle pain or loose stools that do not go away. While it is given: signs of
    an infusion reaction, told to the nurse or called about at once. Other doctors are to be told of
    it, above all before and after an allogeneic transplant.

    After an allogeneic transplant any new rash, loose stools, yellow skin and signs of an infection
    are called about at once (graft-versus-host disease, infection).
    """
    at_once, soon = [FEVER, SPREADING], [LESIONS, NODES, INFECTION]
    if had_mogamulizumab:
        at_once += [BLISTERS, WEAKNESS, JAUNDICE]
        soon = [RASH, *soon, TIREDNESS]
    if still_given:
        at_once.append(REACTION)
    if had_allograft:
        at_once = [GRAFT, *(text for text in at_once if text != JAUNDICE)]
        tired = [TIREDNESS_ALONE] if had_mogamulizumab else []
        soon = [NEW_LUMPS, NODES, *tired]
    tell = (TELL_TRANSPLANT_TEAM if had_allograft else TELL_OTHERS) if had_mogamulizumab else ""
    ambulance = (_(BREATH), _(SWELLING))
    return Watch(ambulance, tuple(map(_, at_once)), tuple(map(_, soon)), _(tell))
