"""Which population, and what of it, was asked for on the command line."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from models.base import ClinicError
from models.folding import folded
from models.store.clinic import Clinic
from models.words import N_, _

if TYPE_CHECKING:
    from models.cohort.choices import Choices
    from models.cohort.member import Member
    from models.cohort.question import Question
    from models.population import Population

Arguments = argparse.Namespace
T = TypeVar("T")

ENDPOINTS = ("os", "pfs", "dor", "ttnt")
FACTORS = {
    "disease": "DISEASE",
    "stage": "STAGE",
    "extent": "EXTENT",
    "treatment": "TREATMENT",
    "category": "CATEGORY",
    "line": "NUMBER",
    "sex": "SEX",
    "age": "AGE",
    "risk": "RISK",
    "response": "RESPONSE",
    "rash": "RASH",
    "mogamulizumab": "MOGAMULIZUMAB",
}
"""By what groups may be formed, and the factor that this is."""
WHICH = ("first", "last", "every")
MOST_MONTHS, MOST_LINES = 240, 99
NO_DISEASE = N_("No disease's name begins with {text}, or several do.")
NO_DRUG = N_("No treatment on file begins with {text}, or several do.")


def describe_question(made: Any) -> None:
    by, until = _("compare groups by this"), _("until what time is counted (default: os)")
    made.add_argument("--by", choices=[*FACTORS], help=by)
    made.add_argument("--endpoint", choices=ENDPOINTS, default="os", help=until)
    landmark = _("count from so many months after the start, of those who are still there")
    months = _whole_number(1, MOST_MONTHS)
    made.add_argument("--landmark", type=months, metavar="MONTHS", help=landmark)
    late = _("patients count only from when they were first seen")
    made.add_argument("--delayed-entry", action="store_true", help=late)
    attributed = _("of the adverse events only those attributed to the line")
    made.add_argument("--attributed", action="store_true", help=attributed)


def describe_population(made: Any) -> None:
    many = _("several are separated by commas")
    saved = _("a population saved under this name; what is said beside it narrows it")
    made.add_argument("--population", metavar="NAME", help=saved)
    for name, what in (
        ("--disease", _("only these diseases, as their names begin")),
        ("--stage", _("only these stages at the start")),
        (
            "--treatment",
            _("only lines that name one of these drugs, or patients who had such, likewise"),
        ),
    ):
        made.add_argument(name, type=_names, default=(), metavar="NAME", help=f"{what}; {many}")
    place = _("only the line of this number, from its start on")
    made.add_argument("--line", type=_whole_number(1, MOST_LINES), metavar="N", help=place)
    which = _("which lines of a patient count, from their start on, where several fit")
    made.add_argument("--lines", choices=WHICH, help=which)


def question_of(asked: Arguments) -> "Question":
    from models.cohort.factors import Factor  # noqa: PLC0415 - most commands do without
    from models.cohort.question import Outcome, Question, landmark_days  # noqa: PLC0415

    return Question(
        endpoint=Outcome[asked.endpoint.upper()],
        factor=Factor[FACTORS[asked.by]] if asked.by else Factor.NONE,
        landmark_days=None if asked.landmark is None else landmark_days(asked.landmark),
        delayed_entry=asked.delayed_entry,
    )


def choices_of(asked: Arguments) -> "Choices":
    from models.cohort.choices import Choices  # noqa: PLC0415 - most commands do without

    return Choices(attributed_only=asked.attributed)


def population_of(asked: Arguments, clinic: Clinic, members: Sequence["Member"]) -> "Population":
    """That which was saved, narrowed by what is said beside it; raises `ClinicError`."""
    from models.diagnosis import Disease  # noqa: PLC0415 - most commands do without
    from models.population import Population  # noqa: PLC0415
    from models.staging import STAGES  # noqa: PLC0415

    saved = _saved(asked.population, clinic) if asked.population else Population()
    given = {drug for member in members for line in member.lines for drug in line.drugs}
    diseases, drugs = {_(each.value): each for each in Disease}, {drug: drug for drug in given}
    said: dict[str, Any] = {
        "diseases": [_named(each, diseases, NO_DISEASE) for each in asked.disease],
        "stages": [_stage(each, STAGES) for each in asked.stage],
        "treatments": [_named(each, drugs, NO_DRUG) for each in asked.treatment],
    }
    told: dict[str, Any] = {
        name: _both(getattr(saved, name), values, asked.population)
        for name, values in said.items()
        if values
    }
    told |= _line(asked, saved) | _counted(asked)
    return Population.model_validate(saved.model_dump() | told)


def _both(saved: Sequence[T], said: Sequence[T], name: str) -> list[T]:
    """Those of the saved population that are said; all that are said where it leaves nobody out."""
    both = [each for each in said if not saved or each in saved]
    if not both:
        raise _nobody(name)
    return both


def _line(asked: Arguments, saved: "Population") -> dict[str, int]:
    if asked.line is None:
        return {}
    if not (saved.number_from or 1) <= asked.line <= (saved.number_to or MOST_LINES):
        raise _nobody(asked.population)
    return {"number_from": asked.line, "number_to": asked.line}


def _nobody(name: str) -> ClinicError:
    what = _("Nobody of the population {name} can fit what is said beside it.")
    next_step = _("Leave out what contradicts it, or name another population.")
    return _refused(what.format(name=name), next_step)


def _counted(asked: Arguments) -> dict[str, Any]:
    """From the start of a line wherever what is asked belongs to one."""
    from models.cohort.factors import OF_A_LINE, Factor  # noqa: PLC0415 - most commands do without
    from models.population import Origin, Which  # noqa: PLC0415

    factor = question_of(asked).factor
    of_lines = factor in OF_A_LINE or asked.endpoint != "os" or asked.line or asked.lines
    if not of_lines:
        return {}
    which = Which[asked.lines.upper()] if asked.lines else None
    if factor is Factor.TREATMENT and not asked.population:
        which = which or Which.EVERY
    return {"origin": Origin.LINE, **({"which": which} if which else {})}


def _saved(name: str, clinic: Clinic) -> "Population":
    saved = clinic.populations.all()
    found = _called(name, {each.name: each for each in saved})
    if found is None:
        known = "; ".join(each.name for each in saved) or _("none")
        what = _("No population is saved under the name {name}, or several are.").format(name=name)
        raise _refused(what, _("Those saved: {names}.").format(names=known))
    if found.record is None:
        what = _("A later version of the program saved {name}, with criteria unknown to this one.")
        raise _refused(what.format(name=name), _("Install the later version."))
    return found.record.criteria


def _called(name: str, known: Mapping[str, T]) -> T | None:
    """The one of this name, or the only one of it whatever the case and the accents."""
    found = [known[each] for each in known if folded(each) == folded(name)]
    return known.get(name) or (found[0] if len(found) == 1 else None)


def _named(text: str, known: Mapping[str, T], unknown: str) -> T:
    """The one of this name, or the only one whose name so begins."""
    found = [known[each] for each in known if folded(each).startswith(folded(text))]
    one = _called(text, known) or (found[0] if len(found) == 1 else None)
    if one is None:
        raise _refused(_(unknown).format(text=text), _give(sorted(known)))
    return one


def _stage(text: str, known: Sequence[str]) -> str:
    if text.upper() not in known:
        raise _refused(_("{text} is no stage.").format(text=text), _give(known))
    return text.upper()


def _give(known: Sequence[str]) -> str:
    return _("Give one of: {names}.").format(names="; ".join(known) or _("none"))


def _refused(what: str, next_step: str) -> ClinicError:
    return ClinicError(what, _("Nothing was worked out."), next_step)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
            message = _("{text} is not a whole number from {least} to {most}")
            raise argparse.ArgumentTypeError(message.format(text=text, least=least, most=most))
        return int(text)

    return read
