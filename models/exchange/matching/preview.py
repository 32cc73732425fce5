"""What a row of a clinic's own spreadsheet becomes, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from models.diagnosis import Diagnosis
from models.exchange.arrivals import Arrival
from models.patient import Patient
from models.staging import Staging
from models.treatment import TreatmentLine
from models.value_words import in_words
from models.visit import Visit
from models.words import _, ngettext, within_sentence

TOLD = (Patient, Diagnosis, Staging)


def row_in_words(arrivals: Sequence[Arrival]) -> str:
    """`Anna Muster, Sézary syndrome 2011, T4 NX M0 B2; 2 treatment lines given elsewhere`."""
    told = [words for each in arrivals if (words := _told(each))]
    counted = Counter((each.kind, _how(each)) for each in arrivals if each.kind not in TOLD)
    rest = [_counted(kind.singular, kind.plural, n, how) for (kind, how), n in counted.items()]
    return "; ".join(filter(None, (", ".join(told), ", ".join(rest))))


def _told(arrival: Arrival) -> str:
    values = arrival.values
    if arrival.kind is Patient:
        return f"{values['given_name']} {values['family_name']}"
    if arrival.kind is Diagnosis:
        return f"{_in_words(values, 'disease')} {_in_words(values, 'date')}"
    if arrival.kind is Staging:
        return " ".join(_in_words(values, name) for name in ("t", "n", "m", "b"))
    return ""


def _in_words(values: Mapping[str, Any], name: str) -> str:
    return in_words(values[name])


def _how(arrival: Arrival) -> str:
    """What was said for all rows and would be wrong for some."""
    values = arrival.values
    if arrival.kind is TreatmentLine:
        return _("given here") if values["given_here"] else _("given elsewhere")
    return within_sentence(_in_words(values, "status")) if arrival.kind is Visit else ""


def _counted(one: str, many: str, n: int, how: str) -> str:
    return _("{n} {what} {how}").format(n=n, what=ngettext(one, many, n), how=how).strip()
