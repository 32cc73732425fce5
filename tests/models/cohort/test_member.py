"""What a cohort knows of one patient, against what her history tells."""

import datetime as dt

from models.base import PatientRecord
from models.biopsy import Conclusion
from models.cohort.lasted import Lasted
from models.cohort.member import Member, Treated, member_of
from models.demo.case import published_case
from models.diagnosis import Disease
from models.history import History
from models.patient import Patient
from models.treatment import StopReason
from models.values import PartialDate
from tests.models import builders as a

TODAY = dt.date(2021, 6, 1)


def the_case(on: dt.date) -> Member:
    records = published_case()
    (patient,) = (each for each in records if isinstance(each, Patient))
    own = [each for each in records if isinstance(each, PatientRecord)]
    return member_of(History.of_records(patient, own), on)


def only_line(*records: PatientRecord) -> Treated:
    (line,) = member_of(a.history(*records), TODAY).lines
    return line


def test_the_published_case() -> None:
    found = the_case(dt.date(2020, 4, 30))
    assert (found.disease, found.stage, found.vague) == (Disease.SEZARY_SYNDROME, "IVA1", True)
    assert [each.number for each in found.lines] == [1, 2, 3, 4, 5, 6]
    assert [each.vague for each in found.lines] == [True] * 5 + [False]
    assert [what for what, _on in found.conclusions] == [Conclusion.DRUG_RELATED] * 2
    mogamulizumab = found.lines[-1]
    assert (mogamulizumab.start, mogamulizumab.age) == (dt.date(2015, 7, 20), 57)
    assert (mogamulizumab.stage, mogamulizumab.seen_from) == ("IVA1", 0)
    assert mogamulizumab.on_treatment == Lasted(826, event=True)
    assert mogamulizumab.progression_free == Lasted(1743, event=False)
    assert mogamulizumab.duration_of_response == Lasted(1603, event=False)


def test_what_came_later_is_not_known_yet() -> None:
    found = the_case(dt.date(2016, 4, 1)).lines[-1]
    assert found.on_treatment is not None
    assert not found.on_treatment.event
    assert found.stop_reason is None


def test_of_a_patient_without_records_nothing_is_known() -> None:
    found = member_of(a.history(), TODAY)
    assert (found.disease, found.diagnosed, found.age, found.stage) == (None, None, None, "")
    assert (found.overall_survival, found.seen_from, found.lines) == (None, 0, ())


def test_a_line_elsewhere_after_which_nobody_was_seen_has_no_length() -> None:
    assert only_line(a.line(given_here=False)).on_treatment is None


def test_the_stage_of_a_line_is_the_last_one_by_its_start() -> None:
    line = a.line("2020-01-06")
    before, after = a.staging("T2b N0 M0 B0", "2019-12-02"), a.staging("T4 N0 M0 B2", "2020-02-03")
    assert only_line(line).stage == ""
    assert only_line(line, after).stage == ""
    assert only_line(line, before, after).stage == "IB"
    assert only_line(line, before, a.staging("T4 N0 M0 B2", "2020-01")).stage == "IVA1"


def test_first_seen_is_counted_from_the_origin() -> None:
    diagnosed, seen = PartialDate(2018, 6), dt.date(2018, 9, 1)
    found = member_of(a.history(a.diagnosis(diagnosed.iso), a.visit(seen)), TODAY)
    assert found.diagnosed == diagnosed.middle
    assert found.seen_from == (seen - diagnosed.middle).days
    earlier = a.visit("2018-01-08")
    assert member_of(a.history(a.diagnosis(diagnosed.iso), earlier), TODAY).seen_from == 0


def test_death_ends_a_line_that_was_left_without_an_end() -> None:
    seen = a.line("2020-01-06"), a.visit("2020-03-02")
    (found,) = member_of(a.history(*seen, death_date="2020-06-01"), TODAY).lines
    assert found.on_treatment == found.doses.exposure == Lasted(147, event=True)
    assert found.stop_reason is StopReason.DEATH
    (found,) = member_of(a.history(*seen, death_date="2020-06-01"), dt.date(2020, 5, 1)).lines
    assert (found.on_treatment, found.stop_reason) == (Lasted(56, event=False), None)


def test_who_came_from_elsewhere_was_first_seen_at_the_first_visit() -> None:
    elsewhere = a.line("2019-01-07", "2019-06-03", given_here=False)
    brought = elsewhere, *a.course(elsewhere, 1, dt.date(2019, 1, 7)), a.biopsy("2018-06-04")
    referred = a.history(a.diagnosis("2018-06-04"), *brought, a.visit("2020-06-04"))
    found = member_of(referred, TODAY)
    assert found.seen_from == 731
    assert found.lines[0].seen_from == (dt.date(2020, 6, 4) - dt.date(2019, 1, 7)).days


def test_a_regimen_has_the_same_drugs_whatever_their_case_and_order() -> None:
    one = only_line(a.line(regimen=["Interferon alfa", "bexarotene", "ecp"]))
    other = only_line(
        a.line(regimen=["extracorporeal photopheresis", "BEXAROTENE+interferon alfa"])
    )
    assert one.drugs == other.drugs
    assert one.drugs == ("bexarotene", "extracorporeal photopheresis", "interferon alfa")
    assert only_line(a.line(regimen=["Lacutamab", "lacutamab"])).drugs == ("lacutamab",)
