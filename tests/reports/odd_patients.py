"""Patients of whom hardly anything is known, or far too much, or what nobody meant to type."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.attachment import Attachment
from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.treatment import TreatmentLine
from tests.models import builders as a
from tests.models.planted import planted
from tests.thorough import times

TODAY = dt.date(2026, 11, 1)
START = dt.date(2016, 1, 4)
SIGNS = {
    "tags": '<b>Bold</b> <para> </td> &amp; & < > <a href="x">y</a> ]]> %s {name} \\n',
    "control characters": "a\x01b\x07 \x1b[31mred\x7f\x85next\u2028line\tand\vso\fon\rend",
    "directions": "one \u202etwo\u202c \u2066three\u2069 \u200ffour\u200e",
    "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g",
    "emoji": "👩‍⚕️ 🏳️‍🌈 😀 🇩🇪 ❤️ 1️⃣",
    "scripts": "Ελένη Жанна مريم בן־דוד 王小明 さくら 김민준 ฉันทนา अंजलि",
    "stacked marks": "Z̷̢̧͎̈́̏a̵̡͔̐͋l̴̻͐g̶̻̈o " + "e" + "\u0301" * 60,
    "no letters": "\u200b\u200c\u200d \u202e \u00ad",
    "a very long word": "W" * 10_000,
    "very many words": "erythema and pruritus of the trunk " * 300,
    "only breaks": "one\n\n\n\ntwo\r\n\r\nthree\n" * 40,
}


@dataclass(frozen=True)
class Odd:
    """A patient, and as of which day and since when is told."""

    history: History
    today: dt.date = TODAY
    since: dt.date | None = None


def the_case() -> History:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])


def without_records() -> Odd:
    return Odd(a.history(comorbidities="Asthma", allergies="Penicillin", phone="0900 1122"))


def only_a_name() -> Odd:
    return Odd(a.history(sex="unknown"))


def a_long_note() -> Odd:
    """Ten thousand characters in the notes, in a report of a biopsy and in a laboratory's text."""
    long = "The rash came back after the fourth infusion and faded. " * 178
    line = a.moga(START, notes=long)
    event = a.event("2016-02-01", notes=long, treatment_line=line.id)
    biopsy = a.biopsy("2016-02-10", adverse_event=event.id, report=long, notes=long)
    told = a.molecular("2016-02-10", text=long, notes=long)
    return Odd(a.history(*_known(line), event, biopsy, told, notes=long))


def with_words(words: str) -> Callable[[], Odd]:
    """The published case with these words in every free text, and as name and number."""
    return lambda: Odd(planted(the_case(), words), dt.date(2017, 9, 20))


def long_names() -> Odd:
    line = a.moga(START)
    return Odd(a.history(*_known(line), family_name="Wolfe" * 40, given_name="Anna Maria " * 18))


def very_many_events() -> Odd:
    line = a.moga(START)
    terms = ("Rash maculo-papular", "Fatigue", "Nausea", "Infusion related reaction")
    events = [
        a.event(
            _day(number).isoformat(),
            number % 4 + 1,
            term=terms[number % len(terms)],
            verbatim=f"complaint {number}",
            resolved=_day(number + 9).isoformat() if number % 3 else None,
            outcome="resolved" if number % 3 else "ongoing",
            treatment_line=line.id,
        )
        for number in range(times(3000))
    ]
    return Odd(a.history(*_known(line), *events))


def very_many_infusions() -> Odd:
    """Five hundred, over 19 years."""
    first = dt.date(2006, 1, 2)
    line = a.moga(first)
    return Odd(a.history(a.diagnosis("2005"), line, *a.course(line, 249, first)))


def an_event_of_forty_grades() -> Odd:
    line = a.moga(START)
    grades = [{"date": _day(9 * each).isoformat(), "grade": each % 4 + 1} for each in range(40)]
    event = a.event("2016-01-04", grades=grades, treatment_line=line.id, attribution="probable")
    biopsies = [a.biopsy(_day(40 * each).isoformat(), adverse_event=event.id) for each in range(9)]
    return Odd(a.history(*_known(line), event, *biopsies))


def many_photographs() -> Odd:
    """None of their files is at hand."""
    sites = ("left cheek", "back", "x" * 200, None)
    line = a.moga(START)
    return Odd(a.history(*_known(line), a.consent(START, purpose="photographs"), *_photos(sites)))


def born_today() -> Odd:
    line = a.moga(TODAY)
    return Odd(a.history(*_known(line, TODAY), birth_date=TODAY))


def died_on_the_day_of_birth() -> Odd:
    born = dt.date(2016, 3, 1)
    known = (a.event("2016-03-01", 5, outcome="fatal"), a.visit(born))
    return Odd(a.history(*known, birth_date=born, death_date="2016-03-01"))


def a_hundred_years_ago() -> Odd:
    line = a.moga("1900", "1901")
    old = a.moga(dt.date(1900, 1, 1))
    records = (a.diagnosis("1900"), line, old, *a.course(old, 2, dt.date(1900, 1, 1)))
    seen = (a.event("1900-02-01"), a.biopsy("1900-03-01"), a.visit(dt.date(1900, 4, 1)))
    return Odd(a.history(*records, *seen, a.event("2026-05-01"), birth_date="1885-01-01"))


def years_ahead() -> Odd:
    later = dt.date(2199, 1, 7)
    line = a.moga(later)
    known = (*_known(line, later), a.event("2199-03-01"), a.biopsy("2199-04-01"))
    return Odd(a.history(*known, a.visit(later), a.event("2026-05-01")))


def before_everything() -> Odd:
    return Odd(the_case(), dt.date(1958, 3, 2))


def since_tomorrow() -> Odd:
    return Odd(the_case(), dt.date(2020, 4, 30), dt.date(2020, 5, 1))


def on_the_last_day() -> Odd:
    return Odd(the_case(), dt.date.max)


ODD: dict[str, Callable[[], Odd]] = {
    made.__name__.replace("_", " "): made
    for made in (
        without_records,
        only_a_name,
        a_long_note,
        long_names,
        very_many_events,
        very_many_infusions,
        an_event_of_forty_grades,
        many_photographs,
        born_today,
        died_on_the_day_of_birth,
        a_hundred_years_ago,
        years_ahead,
        before_everything,
        since_tomorrow,
        on_the_last_day,
    )
} | {name: with_words(words) for name, words in SIGNS.items()}


def _known(line: TreatmentLine, start: dt.date = START) -> Iterator[PatientRecord]:
    """What is known of anybody who is treated."""
    yield a.diagnosis(start.isoformat())
    yield a.staging(date=start.isoformat())
    yield line
    yield from a.course(line, 3, start)
    yield a.skin_score(start, 60)
    yield a.blood_count(start, 1200)
    yield a.assessment(start, "PR")


def _photos(sites: tuple[str | None, ...]) -> Iterator[Attachment]:
    for number in range(60):
        site = sites[number % len(sites)]
        yield a.attachment(f"20{16 + number % 9}", body_site=site, title=f"Control {number}")


def _day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)
