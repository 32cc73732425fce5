"""Which population, and what of it, was asked for on the command line."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from models.base import ClinicError
from models.folding import folded
from models.store.clinic import Clinic
from models.words import _

if TYPE_CHECKING:
    from models.cohort.question import Question
    from models.diagnosis import Disease
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


def describe_question(made: Any) -> None:
    by, until = _("compare groups by this"), _("until what time is counted (default: os)")
    made.add_argument("--by", choices=[*FACTORS], help=by)
    made.add_argument("--endpoint", choices=ENDPOINTS, default="os", help=until)
    landmark = _("count from so many months after the start, of those who are still there")
    months = _whole_number(1, MOST_MONTHS)
    made.add_argument("--landmark", type=months, metavar="MONTHS", help=landmark)
    late = _("patients count only from when they were first seen")
    made.add_argument("--delayed-entry", action="store_true", help=late)


def describe_population(made: Any) -> None:
    many = _("several are separated by commas")
    saved = _("a population saved under this name; what else is said narrows it")
    made.add_argument("--population", metavar="NAME", help=saved)
    for name, what in (
        ("--disease", _("only these diseases, as their names begin")),
        ("--stage", _("only these stages at the start")),
        ("--treatment", _("only lines that name one of these drugs, or patients who had such")),
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


def population_of(asked: Arguments, clinic: Clinic) -> "Population":
    """That which was saved, narrowed by what is said beside it; raises `ClinicError`."""
    from models.population import Population  # noqa: PLC0415 - most commands do without

    saved = _saved(asked.population, clinic) if asked.population else Population()
    said = {
        "diseases": [_disease(each) for each in asked.disease],
        "stages": [_stage(each) for each in asked.stage],
        "treatments": asked.treatment,
        "number_from": asked.line,
        "number_to": asked.line,
        **_counted(asked),
    }
    told = {name: value for name, value in said.items() if value}
    return Population.model_validate(saved.model_dump() | told)


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
    return {"origin": Origin.LINE, "which": which}


def _saved(name: str, clinic: Clinic) -> "Population":
    saved = clinic.populations.all()
    found = next((each for each in saved if folded(each.name) == folded(name)), None)
    if found is None:
        known = "; ".join(each.name for each in saved) or _("none")
        what = _("No population is saved under the name {name}.").format(name=name)
        raise _refused(what, _("Those saved: {names}.").format(names=known))
    if found.record is None:
        what = _("A later version of the program saved {name}, with criteria unknown to this one.")
        raise _refused(what.format(name=name), _("Install the later version."))
    return found.record.criteria


def _disease(text: str) -> "Disease":
    """The only one whose name so begins, whatever the case and the accents."""
    from models.diagnosis import Disease  # noqa: PLC0415 - most commands do without

    found = [each for each in Disease if folded(_(each.value)).startswith(folded(text))]
    if len(found) != 1:
        what = _("No disease's name begins with {text}, or several do.").format(text=text)
        raise _refused(what, _give([_(each.value) for each in Disease]))
    return found[0]


def _stage(text: str) -> str:
    from models.staging import STAGES  # noqa: PLC0415 - most commands do without

    if text.upper() not in STAGES:
        raise _refused(_("{text} is no stage.").format(text=text), _give(STAGES))
    return text.upper()


def _give(known: Sequence[str]) -> str:
    return _("Give one of: {names}.").format(names="; ".join(known))


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
