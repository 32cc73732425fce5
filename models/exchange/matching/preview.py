"""What a row of a clinic's own spreadsheet becomes, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from models.diagnosis import Diagnosis
from models.exchange.arrivals import Arrival
from models.patient import Patient
from models.staging import Staging
from models.value_words import in_words
from models.words import _, ngettext

TOLD = (Patient, Diagnosis, Staging)


def row_in_words(arrivals: Sequence[Arrival]) -> str:
    """`Anna Muster, Sézary syndrome 2011, T4 NX M0 B2; 5 treatment lines`."""
    told = [words for each in arrivals if (words := _told(each))]
    counted = Counter(each.kind for each in arrivals if each.kind not in TOLD)
    rest = [_counted(kind.singular, kind.plural, n) for kind, n in counted.items()]
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


def _counted(one: str, many: str, n: int) -> str:
    return _("{n} {what}").format(n=n, what=ngettext(one, many, n))
