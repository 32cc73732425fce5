"""What a patient is told to watch for, and when to call."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.course import active_lines
from models.history import History
from models.plain.passage import Passage
from models.rules import Standing, rule
from models.therapies import MOGAMULIZUMAB, Category
from models.words import N_, _

FEVER = N_("Fever of 38 °C or more, or fits of shivering")
BREATH = N_("Trouble breathing, pain in the chest, or fainting")
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
NODES = N_("New or growing lumps in the neck, the armpits or the groin")
INFECTION = N_(
    "Signs of an infection: cough, burning when you pass water, or skin that is sore or weeping"
)
TIREDNESS = N_("Great tiredness, muscle pain or loose stools that do not go away")
TELL_OTHERS = N_(
    "Tell every doctor who treats you that you have had mogamulizumab. This matters above all "
    "before a transplant of stem cells (cells that make blood) from another person."
)


@dataclass(frozen=True, slots=True)
class Watch:
    """What to call about at once, and what to call about soon; what to tell other doctors."""

    at_once: tuple[str, ...]
    soon: tuple[str, ...]
    tell_others: str = ""


def what_to_watch_for(history: History) -> list[Passage]:
    """As passages; of other drugs the program knows nothing to say, and says that."""
    lines = active_lines(history)
    mogamulizumab = [line for line in lines if MOGAMULIZUMAB in line.regimen]
    later = lines[lines.index(mogamulizumab[0]) :] if mogamulizumab else []
    found = watch_for(
        had_mogamulizumab=bool(mogamulizumab),
        still_given=any(line.end is None for line in mogamulizumab),
        transplanted_since=any(line.category is Category.TRANSPLANT for line in later),
    )
    others = any(line.end is None and line not in mogamulizumab for line in lines)
    return [*_passages(found, others=others)]


def _passages(found: Watch, *, others: bool) -> Iterator[Passage]:
    yield Passage(_("Call us at once, by day or night, if you notice:"), found.at_once)
    yield Passage(_("Call us in the next days if you notice:"), found.soon)
    if found.tell_others:
        yield Passage(found.tell_others)
    if others:
        yield Passage(_("Ask us what to watch for with your other treatment."))


@rule(
    N_("What a patient is told to watch for"),
    "EU SmPC; US PI 2018; mogamulizumab rash: MAVORIC 2018; the signs named, from memory",
    Standing.UNVERIFIED,
)
def watch_for(*, had_mogamulizumab: bool, still_given: bool, transplanted_since: bool) -> Watch:
    """Every patient: call at once with fever of 38 °C or more or shivering, and with trouble
    breathing, pain in the chest or fainting; soon with new patches or lumps, more redness or
    itching, lumps in neck, armpits or groin, and signs of an infection.

    After or under mogamulizumab besides. At once: blisters, peeling skin or sores in mouth, eyes or
    genitals (Stevens-Johnson syndrome, toxic epidermal necrolysis); weakness or numbness that gets
    worse (Guillain-Barré syndrome, myositis); yellow skin or eyes or dark urine (hepatitis). Soon:
    a new rash or loss of hair, which may come months after the last infusion and look like the
    disease; tiredness, muscle pain or loose stools that do not go away. While it is given: signs of
    an infusion reaction, told to the nurse or called about at once. Other doctors are to be told of
    it, above all before an allogeneic transplant, unless there has been a transplant since.
    """
    at_once, soon = [FEVER, BREATH], [LESIONS, NODES, INFECTION]
    if had_mogamulizumab:
        at_once += [BLISTERS, WEAKNESS, JAUNDICE]
        soon = [RASH, *soon, TIREDNESS]
    if still_given:
        at_once.append(REACTION)
    tell = had_mogamulizumab and not transplanted_since
    return Watch(tuple(map(_, at_once)), tuple(map(_, soon)), _(TELL_OTHERS) if tell else "")
