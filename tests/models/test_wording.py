"""Every record in words, and the words themselves."""

import datetime as dt
import gettext
from collections.abc import Iterator

import pytest

from models import words
from models.base import PatientRecord, build
from models.records import PATIENT_RECORDS
from models.values import PartialDate, read_date
from models.wording import in_words, particulars, what, worded
from tests.models import builders as a

LINE = a.moga("2015-07-20", "2017-10", stop_reason="toxicity", cycles_stated=1, dose_text="1 mg/kg")
CYCLE = a.cycle(LINE, 2, "2015-08-17", weight_kg=70.5)
LATE = a.infusion(CYCLE, 15, 3, dose_mg=70.5)
OMITTED = a.omitted(CYCLE)

IN_WORDS: list[tuple[PatientRecord, str]] = [
    (a.attachment("2020-02"), "File, Feb 2020: photograph, Left cheek"),
    (a.consent(), "Consent, no date: registry"),
    (
        a.consent("2020-01-06", withdrawn="2020-02-03"),
        "Consent, 6 Jan 2020: registry, withdrawn 3 Feb 2020",
    ),
    (a.diagnosis("2011"), "Diagnosis, 2011: mycosis fungoides"),
    (
        a.diagnosis("2011", folliculotropism=True, large_cell_transformation=True),
        "Diagnosis, 2011: mycosis fungoides, folliculotropic, large-cell transformation",
    ),
    (a.staging("T2b N0 M0 B0", "2019"), "Staging, 2019: T2b N0 M0 B0, stage IB, diagnosis"),
    (
        a.staging("T4 NX M0 B2", "2019", occasion="referral"),
        "Staging, 2019: T4 NX M0 B2, stage IVA1, provisional: nodes not biopsied, referral",
    ),
    (a.staging("T0 N0 M0 B0", "2019"), "Staging, 2019: T0 N0 M0 B0, no stage, diagnosis"),
    (
        LINE,
        "Treatment line, 20 Jul 2015: mogamulizumab, 20 Jul 2015 – Oct 2017, 1 cycle, 1 mg/kg, "
        "stopped: toxicity",
    ),
    (a.line("2011", "2011"), "Treatment line, 2011: bexarotene, 2011"),
    (a.line("2011"), "Treatment line, 2011: bexarotene, 2011 – ongoing"),
    (CYCLE, "Cycle, 17 Aug 2015: cycle 2, 70.5 kg"),
    (
        LATE,
        "Infusion, 3 Sep 2015: cycle 2 day 15, given, 70.5 mg, planned 31 Aug 2015",
    ),
    (OMITTED, "Infusion, no date: cycle 2 day 1, omitted, fever"),
    (a.infusion(a.cycle(LINE)), "Infusion, 6 Jan 2020: given"),
    (a.skin_score("2020-01-06", 12.5), "Skin score, 6 Jan 2020: mSWAT 12.5, as stated"),
    (a.blood_count("2020-01-06", None), "Blood count, 6 Jan 2020: no count of neoplastic cells"),
    (a.blood_count("2020-01-06", 250), "Blood count, 6 Jan 2020: 250 neoplastic cells/µL, B1"),
    (a.ldh("2020-01-06", 412), "Laboratory value, 6 Jan 2020: LDH 412 U/L, high"),
    (
        a.lab("2020-01-06", value=0.004, reference_low=0.4),
        "Laboratory value, 6 Jan 2020: TSH 0.004 mU/L, low",
    ),
    (a.lab("2020-01-06"), "Laboratory value, 6 Jan 2020: TSH 2.5 mU/L"),
    (a.molecular("2020-01-06"), "Molecular result, 6 Jan 2020: TCR sequencing (skin): clone 61 %"),
    (
        a.imaging(
            "2020-01-06",
            nodes=[{"site": "left axilla", "long_mm": 22, "short_mm": 14}],
            conclusion="no viscera",
        ),
        "Imaging, 6 Jan 2020: CT, left axilla 22x14, no viscera",
    ),
    (a.imaging("2020-01-06", masses=[]), "Imaging, 6 Jan 2020: CT, no visceral masses"),
    (
        a.imaging("2020-01-06", masses=[{"site": "liver", "long_mm": 42, "short_mm": 30}]),
        "Imaging, 6 Jan 2020: CT, liver 42x30",
    ),
    (
        a.assessment("2020-01-06"),
        "Response assessment, 6 Jan 2020: cannot be worked out yet: a compartment is missing",
    ),
    (
        a.assessment("2020-01-06", "PR"),
        "Response assessment, 6 Jan 2020: partial response (worked out)",
    ),
    (
        a.assessment("2020-01-06", judgement="SD", judgement_reason="itch"),
        "Response assessment, 6 Jan 2020: stable disease "
        "(the clinician's judgement: itch; cannot be worked out)",
    ),
    (
        a.assessment("2020-01-06", "PR", judgement="SD", judgement_reason="itch"),
        "Response assessment, 6 Jan 2020: stable disease "
        "(the clinician's judgement: itch; worked out: partial response)",
    ),
    (a.event("2020-02"), "Adverse event, Feb 2020: itchy red spots, worst grade 2"),
    (
        a.event("2020-02", outcome="ongoing", serious=True, attribution="probable"),
        "Adverse event, Feb 2020: itchy red spots, worst grade 2, serious, "
        "probable relation to treatment, ongoing",
    ),
    (
        a.event("2020-02", resolved="2020-03", outcome="resolved"),
        "Adverse event, Feb 2020: itchy red spots, worst grade 2, resolved Mar 2020",
    ),
    (a.biopsy("2020-02"), "Biopsy, Feb 2020: punch of the left cheek, result awaited"),
    (
        a.biopsy("2020-02", side="left", conclusion="both"),
        "Biopsy, Feb 2020: punch of the left cheek, both",
    ),
    (a.visit("2020-02-03", "planned"), "Visit, 3 Feb 2020: follow-up visit, planned"),
    (
        a.visit("2020-02-03", disease_status="CR", ecog=0, symptoms="none"),
        "Visit, 3 Feb 2020: follow-up visit, done, complete response, ECOG 0, none",
    ),
]


@pytest.mark.parametrize(("record", "expected"), IN_WORDS, ids=range(len(IN_WORDS)))
def test_a_record_in_words(record: PatientRecord, expected: str) -> None:
    assert in_words(record, a.history(CYCLE)) == expected


def test_the_surface_of_a_score_by_regions_is_told() -> None:
    score = a.skin_score(a.START, head={"patch": 3, "plaque": 0.5})
    assert particulars(score, a.history()) == "mSWAT 4, 3.5 % of the body"


def test_every_kind_of_record_has_words_of_its_own() -> None:
    assert {type(record) for record, _expected in IN_WORDS} == set(PATIENT_RECORDS)
    assert set(PATIENT_RECORDS) <= set(worded.registry)


def test_a_record_of_a_new_kind_says_its_notes() -> None:
    new = build(PatientRecord, {"patient": a.PATIENT, "notes": "A plaster cast."})
    silent = build(PatientRecord, {"patient": a.PATIENT})
    assert particulars(new, a.history()) == "A plaster cast."
    assert particulars(silent, a.history()) == ""


def test_a_kind_is_named_with_a_capital() -> None:
    assert what(a.event()) == "Adverse event"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (70, "70"),
        (17.5, "17.5"),
        (14.125, "14.12"),
        (0, "0"),
        (100, "100"),
        (0.1, "0.1"),
        (0.004, "0.004"),
        (0.0125, "0.013"),
        (-0.05, "-0.05"),
    ],
)
def test_a_number_in_words(number: float, expected: str) -> None:
    assert words.number_words(number) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_listing(items: list[str], expected: str) -> None:
    assert words.listing(items) == expected


def test_days_and_months_in_words() -> None:
    day = dt.date(2016, 4, 5)
    assert (words.day_words(day), words.long_day_words(day)) == ("5 Apr 2016", "5 April 2016")
    assert words.capitalised("") == ""
    assert words.capitalised("mSWAT 20") == "mSWAT 20"


class German(gettext.NullTranslations):
    """A few words in another language."""

    KNOWN = {"May": "Mai", "today": "heute", "biopsy": "Biopsie", "{n} day": "{n} Tag"}

    def gettext(self, message: str) -> str:
        return self.KNOWN.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.KNOWN.get(msgid1, msgid1) if n == 1 else msgid2


@pytest.fixture
def _in_german() -> Iterator[None]:
    words.speak(German())
    yield
    words.speak(gettext.NullTranslations())


@pytest.mark.usefixtures("_in_german")
def test_words_are_translated_where_they_are_shown() -> None:
    assert PartialDate(2017, 5).words == "Mai 2017"
    assert what(a.biopsy()) == "Biopsie"
    assert words.ngettext("{n} day", "{n} days", 1) == "{n} Tag"
    assert words.ngettext("{n} day", "{n} days", 2) == "{n} days"


@pytest.mark.usefixtures("_in_german")
@pytest.mark.parametrize("typed", ["14 mai 2017", "14 may 2017", "14 Mai 17"])
def test_dates_are_read_in_either_language(typed: str) -> None:
    assert read_date(typed, dt.date(2017, 5, 14)) == PartialDate(2017, 5, 14)
    assert read_date("Heute", dt.date(2017, 5, 14)) == PartialDate(2017, 5, 14)
