"""What a patient reads at home: true, in plain words, and without a code."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ctcae import NAMES
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.diagnosis import Disease
from models.history import History
from models.patient import Patient
from models.plain import (
    Passage,
    awaits_confirmation,
    how_it_worked,
    illness,
    next_dates,
    side_effects,
    treatments,
    what_else_to_watch_for,
    what_to_watch_for,
)
from models.plain.complaints import PLAIN_TERMS, term_words
from models.plain.confirming import TEXTS
from models.plain.disease import what_it_is
from models.plain.drugs import course_length, drug_words, how_often
from models.plain.watching import (
    BLISTERS,
    BREATH,
    FEVER,
    GRAFT,
    INFECTION,
    LESIONS,
    NODES,
    RASH,
    REACTION,
    SPREADING,
    SWELLING,
    watch_for,
)
from models.plain.working import response_words
from models.protocol import BY_LABEL, Protocol
from models.response import RANK, Response
from models.rules import rule_of
from models.therapies import NAMES as DRUGS
from models.treatment import StopReason
from tests.models import builders as a
from tests.thorough import times

TODAY = a.day("2020-06-01")
CODES = re.compile(
    r"CTCAE|TNM|T[1-4]\b|\bB[012]\b|mSWAT|ECOG|LDH|\b(CR|PR|SD|PD)\b|\bgrade\b|µL|mg"
)


def said(passages: list[Passage]) -> str:
    return " ".join(" ".join([each.text, *each.points]) for each in passages)


def to_watch(history: History) -> str:
    return said([*what_to_watch_for(history), *what_else_to_watch_for(history)])


def everything(history: History, today: Any = TODAY) -> str:
    known = history.until(today)
    parts = (illness, treatments, how_it_worked, side_effects)
    dates = [f"{each.when} {each.what}" for each in next_dates(history, today)]
    return " ".join([*(said(part(known)) for part in parts), to_watch(known), *dates])


@settings(max_examples=times(30))
@given(st.integers(1, 400))
def test_no_made_up_patient_reads_a_code_or_an_abbreviated_month(number: int) -> None:
    patient, *records = made_up_patient(number, 5)
    assert isinstance(patient, Patient)
    history = History.of_records(patient, records)  # type: ignore[arg-type]
    text = everything(history, REFERENCE_DAY)
    assert not CODES.search(text)
    assert not re.search(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", text)
    assert "{" not in text
    assert "  " not in text


@pytest.mark.parametrize("disease", Disease)
def test_each_disease_is_told_without_its_stage(disease: Disease) -> None:
    found = a.history(a.diagnosis(disease=disease), a.staging("T4 N3 M0 B2"))
    text = said(illness(found))
    assert "T cells" in text
    assert "The diagnosis was made on 2 December 2019." in text
    assert not CODES.search(text)
    assert (disease is Disease.ADULT_T_CELL_LEUKAEMIA) == ("pass it on" not in text)
    assert " ".join(what_it_is(disease)) in text
    not_a_cancer = disease is Disease.LYMPHOMATOID_PAPULOSIS
    assert not_a_cancer == ("cancer" not in text) == ("what this means for you" not in text)


def test_without_a_record_the_page_refers_to_the_doctor() -> None:
    nothing = a.history()
    assert "No diagnosis" in said(illness(nothing))
    assert "No treatment" in said(treatments(nothing))
    assert said(how_it_worked(nothing)).startswith("Nothing has been entered here about this yet.")
    assert said(side_effects(nothing)).startswith("None have been entered here.")


def test_a_course_that_goes_on_is_told_with_its_rhythm_and_its_last_day() -> None:
    line = a.moga(trial_name="X-17")
    text = said(treatments(a.history(line, *a.course(line, 2))))
    assert "You are being treated with mogamulizumab (an antibody" in text
    assert (
        "since 6 January 2020. This is part of a study. You have had 2 courses of 4 weeks" in text
    )
    assert "In all it was given 6 times: once a week in the first course, and every 2 weeks" in text
    assert text.endswith("The last time was on 17 February 2020.")
    assert "X-17" not in text


def test_a_course_that_is_over_is_told_with_its_end_and_what_came_before() -> None:
    lines = (
        a.line("2011", "2011", drug="CHOP"),
        a.line("2012-03", "2013-07", cycles_stated=1, stop_reason="toxicity", trial_name="X-17"),
        a.line("2013", category="supportive", drug="gabapentin"),
        a.line("2012", "2012", category="supportive", drug="aprepitant"),
    )
    text = said(treatments(a.history(*lines)))
    assert "You were treated with bexarotene (capsules) from March 2012 to July 2013." in text
    assert "This was part of a study. You had 1 course. It was stopped because of side eff" in text
    assert "Since then you have had no treatment against the illness, as far as we know." in text
    assert "Before that you had: Chemotherapy with four medicines (known as CHOP), in 2011" in text
    assert "Gabapentin (a medicine that can ease itching), since 2013" in text
    assert "prepitant" not in text


@pytest.mark.parametrize("reason", [*StopReason, None])
def test_no_reason_for_stopping_is_invented(reason: StopReason | None) -> None:
    text = said(treatments(a.history(a.line("2011", "2012", stop_reason=reason))))
    unsaid = {StopReason.OTHER, StopReason.DEATH, None}
    assert ("It was " in text) == (reason not in unsaid)


@pytest.mark.parametrize(
    ("protocol", "length", "rhythm"),
    [
        (BY_LABEL, "4 weeks", "once a week in the first course, and every 2 weeks after that"),
        (Protocol.parse("40 mg on day 1 of 21"), "3 weeks", "every 3 weeks"),
        (Protocol.parse("40 mg on days 1-10 of 10"), "10 days", "every day"),
        (Protocol.parse("40 mg on day 1 of 10"), "10 days", "every 10 days"),
        (Protocol.parse("9 mg on days 1, 8 of 21"), "3 weeks", "on days 1 and 8 of each course"),
    ],
)
def test_a_protocol_is_told_by_its_rhythm(protocol: Protocol, length: str, rhythm: str) -> None:
    assert (course_length(protocol), how_often(protocol)) == (length, rhythm)


def test_every_drug_of_the_catalogue_has_plain_words_and_another_keeps_its_name() -> None:
    assert not [drug for drug in DRUGS if drug_words(drug) == drug]
    assert drug_words(" Wonderdrug ") == "Wonderdrug"


@pytest.mark.parametrize("response", RANK)
def test_the_last_check_is_told_as_it_was_recorded(response: Response) -> None:
    checks = [a.visit(on, disease_status=response) for on in ("2020-03-02", "2020-04-06")]
    text = said(how_it_worked(a.history(a.moga(), *checks)))
    assert text.startswith(f"At the last check, on 6 April 2020, {response_words(response)}.")
    good = response in {Response.CR, Response.VGPR, Response.PR}
    assert good == ("It was so for the first time on 2 March 2020." in text)
    failing = response in {Response.PD, Response.RELAPSE}
    assert failing == ("Your doctor will talk with you" in text)


def test_a_response_that_was_lost_is_told_too() -> None:
    checks = (a.assessment("2020-03-02", "PR"), a.assessment("2020-04-06", "PD"))
    text = said(how_it_worked(a.history(a.moga(), *checks)))
    assert "Before that the treatment had helped: on 2 March 2020, there was clearly less" in text
    before = a.assessment("2020-02-03", "PD")
    assert "had helped" not in said(how_it_worked(a.history(a.moga(), before, *checks)))
    assert "helped" not in said(how_it_worked(a.history(*checks)))


def test_a_check_before_the_treatment_tells_nothing_of_it() -> None:
    before = a.assessment("2019-12-20", "PD")
    text = said(how_it_worked(a.history(a.line("2018", "2019"), a.moga(), before)))
    assert text == (
        "Before this treatment, on 20 December 2019, the illness had become more "
        "active. How well the treatment works has not been entered here yet. Your doctor will "
        "tell you."
    )


def effects(**changes: Any) -> str:
    line = a.moga()
    return said(side_effects(a.history(line, a.event(treatment_line=line.id, **changes))))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Rash (in our notes: “itchy red spots”), since 3 February 2020"),
        ({"resolved": "2020-03"}, "spots”), from 3 February 2020 to March 2020"),
        ({"outcome": "unknown"}, "spots”), on 3 February 2020"),
        ({"outcome": "resolved"}, "spots”), on 3 February 2020"),
        (
            {"outcome": "resolved with sequelae"},
            "on 3 February 2020; something of it has stayed",
        ),
        ({"term": "Pruritus", "verbatim": "Itching"}, "treatment: Itching, since 3 February"),
        ({"term": "Skin infection", "verbatim": "skin infection"}, "Infection of the skin, since"),
        (
            {"term": "Something rare", "verbatim": "Two plaques, one plaque red"},
            "Two plaques (raised, firm patches), one plaque (a raised, firm patch) red, since",
        ),
        ({"term": "Something rare", "verbatim": "odd taste"}, "treatment: Odd taste, since"),
    ],
)
def test_a_side_effect_is_told_in_everyday_words(changes: dict[str, Any], text: str) -> None:
    assert text in effects(**changes)


def test_what_came_again_is_told_once_and_what_is_unrelated_not_at_all() -> None:
    events = [
        a.event("2020-02-03", resolved="2020-02-05"),
        a.event("2020-03-03", resolved="2020-03-05", verbatim="spots again"),
        a.event("2020-03-03", term="Fatigue", attribution="unlikely"),
        a.event("2019-03-03", term="Headache"),
    ]
    assert said(side_effects(a.history(a.moga(), *events))) == (
        "These complaints may have come from your treatment: Rash (in our notes: “spots "
        "again”), 2 times, the last from 3 March 2020 to 5 March 2020"
    )


def test_every_term_has_everyday_words_unless_it_is_another_one_to_specify() -> None:
    assert {term for term in NAMES if not term_words(term)} == {
        term for term in NAMES if "Other, specify" in term
    }
    assert set(PLAIN_TERMS) <= set(NAMES)


def test_what_to_watch_for_goes_by_what_was_given() -> None:
    without = to_watch(a.history(a.line()))
    assert FEVER in without
    assert RASH not in without
    running = to_watch(a.history(a.moga()))
    assert all(text in running for text in (FEVER, RASH, BLISTERS, REACTION))
    assert "Tell every doctor" in running
    over = to_watch(a.history(a.moga(end="2020-05")))
    assert RASH in over
    assert REACTION not in over
    nothing = watch_for(had_mogamulizumab=False, still_given=False, had_allograft=False)
    assert nothing.soon == (LESIONS, NODES, INFECTION)


def test_what_concerns_the_treatment_of_now_stands_first_by_its_name() -> None:
    now = "You are now treated with bexarotene. Ask us what to watch for with this treatment."
    before = "The lists below are also about mogamulizumab, which you had before."
    assert what_to_watch_for(a.history(a.line()))[0].text == now
    past = a.moga(end="2020-05")
    assert what_to_watch_for(a.history(past, a.line()))[0].text == f"{now} {before}"
    assert what_to_watch_for(a.history(a.moga(), a.line()))[0].text == now
    assert "You are now" not in to_watch(a.history(past))
    lost = a.history(a.line(), lost_to_follow_up=True)
    assert what_to_watch_for(lost)[0].text == "Ask us what to watch for with bexarotene."


def test_an_ambulance_comes_first_in_the_same_place() -> None:
    ambulance, at_once, not_reached = what_to_watch_for(a.history())
    assert ambulance.text == "Call an ambulance first, and then us, if you notice:"
    assert ambulance.points == (BREATH, SWELLING)
    assert SPREADING in at_once.points
    assert "If you cannot reach us at once, go to the nearest emergency" in not_reached.text


def test_after_an_allogeneic_transplant_a_rash_and_loose_stools_cannot_wait() -> None:
    graft = a.line("2020-06", "2020-06", category="transplant")
    found = a.history(a.moga(), graft)
    _ambulance, at_once, _not_reached = what_to_watch_for(found)
    soon, tell = what_else_to_watch_for(found)
    assert at_once.points[0] == GRAFT
    assert not {RASH, INFECTION, LESIONS} & {*soon.points}
    assert "loose stools" not in " ".join(soon.points)
    assert "above all those of the transplant, that you have had mogamulizumab" in tell.text
    own = a.line(
        "2020-06", "2020-06", category="transplant", drug="autologous stem cell transplant"
    )
    assert GRAFT not in to_watch(a.history(own))
    of_another = to_watch(a.history(graft))
    assert GRAFT in of_another
    assert "mogamulizumab" not in of_another


def test_a_transplant_is_no_treatment_that_was_ended_as_planned() -> None:
    graft = a.line("2020-06-08", "2020-06-08", category="transplant", stop_reason="completed")
    text = said(treatments(a.history(graft)))
    assert text.startswith("You had bexarotene (capsules) on 8 June 2020. Since then")
    assert "as planned" not in text


def test_a_course_not_over_yet_is_begun_and_a_plan_is_not_told_as_given() -> None:
    line = a.moga()
    records = (line, *a.course(line, 2))
    early = said(treatments(a.history(*records).until(a.day("2020-01-10"))))
    assert "You have begun 1 course of 4 weeks. In all it was given 1 time. It is plan" in early
    assert "You have begun 2 courses of 4 weeks each." in said(
        treatments(a.history(*records).until(a.day("2020-03-01")))
    )
    assert "You have had 2 courses of 4 weeks each." in said(
        treatments(a.history(*records).until(a.day("2020-03-02")))
    )
    stopped = a.moga(end="2020-02-04")
    only_day_1 = a.history(stopped, *a.course(stopped, 2)[:-1])
    assert "You began 2 courses of 4 weeks each." in said(treatments(only_day_1))
    severe = a.event("2020-01-06", 4, term="Infusion related reaction", resolved="2020-01-06")
    after = said(treatments(a.history(*records, severe).until(a.day("2020-01-10"))))
    assert "once a week" not in after


def test_nobody_is_being_treated_before_a_dose_or_after_being_lost() -> None:
    assert said(treatments(a.history(a.moga()))).startswith(
        "You are to be treated with mogamulizumab (an antibody, given through a drip into a vein). "
        "No dose has been entered here yet."
    )
    line = a.moga()
    lost = said(treatments(a.history(line, *a.course(line, 1), lost_to_follow_up=True)))
    assert lost.startswith("When we last saw you, you were being treated with mogamulizumab")
    assert "planned" not in lost


def test_elsewhere_the_response_is_told_as_it_was_stated() -> None:
    stated = {"given_here": False, "best_response_stated": "SD", "stop_reason": "progression"}
    assert said(how_it_worked(a.history(a.moga("2020-05", "2020-09", **stated)))) == (
        "At best, as we were told, the illness had changed little."
    )
    assert said(how_it_worked(a.history(a.line("2019", "2020")))) == (
        "How well the treatment worked has not been entered here. Your doctor will tell you."
    )


def test_what_a_biopsy_showed_to_be_the_illness_is_no_side_effect() -> None:
    rash, tired = a.event("2020-02-03"), a.event("2020-02-04", term="Fatigue", verbatim="tired")
    sample = a.biopsy("2020-02-10", adverse_event=rash.id, conclusion="active disease")
    text = said(side_effects(a.history(a.moga(), rash, tired, sample)))
    assert "from your treatment: Tiredness, since 4 February 2020" in text
    assert "came from your illness, as a tissue sample showed: Rash (in our notes" in text


def dates(*records: Any, on: str = "2020-02-20", **about: Any) -> list[tuple[str, str]]:
    found = next_dates(a.history(a.diagnosis(), a.staging(), *records, **about), a.day(on))
    return [(each.when, each.what) for each in found]


def test_dates_are_told_with_their_weekday_and_what_happens() -> None:
    line = a.moga()
    given = (line, *a.course(line, 2))
    check = ("Around March 2020", "We check how well the treatment works.")
    infusion = "Infusion of mogamulizumab."
    assert dates(*given) == [("Monday 2 March 2020", infusion), check]
    arranged = a.visit("2020-03-04", "planned", kind="treatment")
    assert dates(*given, arranged) == [("Wednesday 4 March 2020", infusion), check]
    far = a.visit("2020-04-15", "planned", kind="treatment")
    assert dates(*given, far)[-1] == ("Wednesday 15 April 2020", "Treatment at the clinic.")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"grade": 3}, "We will first look at this and then decide about the next infusion: rash."),
        ({"term": "Myocarditis"}, "decide about the next infusion: inflamed heart muscle."),
        (
            {"grade": 3, "term": "Anaphylaxis", "resolved": "2020-02-03"},
            "We will first talk with you about whether you have mogamulizumab again, after this: "
            "severe allergic reaction.",
        ),
    ],
)
def test_no_day_is_promised_for_an_infusion_that_the_label_holds_back(
    event: dict[str, Any], words: str
) -> None:
    line = a.moga()
    records = (line, *a.course(line, 2), a.event("2020-02-03", **event))
    found = {when: what for when, what in dates(*records) if "infusion" in f"{when} {what}".lower()}
    assert [*found] == ["Infusion: not decided yet"]
    assert words in found["Infusion: not decided yet"]
    arranged = a.visit("2020-03-04", "planned", kind="treatment")
    visit = dict(dates(*records, arranged))["Wednesday 4 March 2020"]
    assert visit.startswith("Visit at the clinic. We will first")
    far = a.visit("2020-04-15", "planned", kind="treatment")
    assert dict(dates(*records, far))["Wednesday 15 April 2020"] == "Visit at the clinic."


def test_a_transplant_entered_for_a_later_day_is_among_the_dates() -> None:
    graft = a.line("2020-05-04", category="transplant", drug="allogeneic stem cell transplant")
    assert (
        "Monday 4 May 2020",
        "This is planned: a transplant of stem cells (cells that make blood) from another person.",
    ) in dates(a.moga(end="2020-02"), graft)
    in_june = a.line("2020-06", drug="bexarotene")
    assert ("June 2020", "This is planned: bexarotene (capsules).") in dates(in_june)
    assert "planned" not in str(dates(graft, a.visit("2020-03-04"), on="2020-03-01"))


def test_what_is_past_due_is_arranged_anew_and_nobody_is_blamed() -> None:
    line = a.moga()
    assert dates(line, *a.course(line, 2), on="2020-08-20") == [
        (
            "Please call us for a new date",
            "An infusion of mogamulizumab was planned for 2 March 2020.",
        ),
        ("Please call us for a date", "It is time to check how well the treatment works."),
    ]
    missed = a.visit("2020-03-02", "planned")
    again = ("Please call us for a new date", "A check-up was planned for 2 March 2020.")
    assert again in dates(missed, on="2020-03-10")


def test_other_dates_a_patient_has_to_know() -> None:
    call = a.visit("2020-03-02", "planned", kind="telephone")
    assert ("Monday 2 March 2020", "A talk with us on the telephone.") in dates(call)
    seen = a.visit("2020-02-10")
    assert dates(seen) == [
        ("Around August 2020", "Check-up at the clinic. If you have no date yet, please call us.")
    ]
    assert dates(seen, on="2020-09-10") == [
        ("Please call us for a date", "It is time for the next check-up at the clinic.")
    ]
    sample = a.biopsy("2020-02-10")
    awaited = ("Awaited", "The result of the tissue sample taken on 10 February 2020. We will")
    assert any(when == awaited[0] and what.startswith(awaited[1]) for when, what in dates(sample))
    lost = dates(seen, on="2021-06-01", lost_to_follow_up=True)
    assert lost == [("Please call us", "We would like to know how you are.")]
    rash = a.event("2020-02-11")
    assert not any("spots" in what for _when, what in dates(seen, rash))


def test_the_texts_await_confirmation_until_a_clinician_has_read_them() -> None:
    assert awaits_confirmation(a.history())
    names = [rule_of(text).name for text in TEXTS]
    assert not awaits_confirmation(History.of_records(a.patient(), [], confirmed=names))
