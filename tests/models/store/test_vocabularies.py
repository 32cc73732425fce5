"""The clinic's vocabularies hold while it is open, replace one another, and regrade nothing."""

from pathlib import Path
from threading import Thread

import pytest

from models import ctcae, therapies
from models.adverse_event import AdverseEvent, missing_grades
from models.base import ClinicError, InvalidRecord, build, revised
from models.ctcae import CtcaeVersion, Soc, canonical, grades_of, names_of, soc_of
from models.deidentified import deidentified
from models.drug import Drug
from models.grade_words import whose, wording
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from models.therapies import Category, category_of
from models.values import Grade
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.ctcae_tables import RASH, made_up_file
from tests.models.test_ctcae import as_digits

V4, V5, V6 = CtcaeVersion
BLUE = "Blue hands"


def starter() -> bool:
    return grades_of("Pruritus", "5.0") == (1, 2, 3) and len(names_of("5.0")) == 79


def test_an_imported_version_holds_with_the_ncis_wording_beside_the_others(
    clinic: Clinic, tmp_path: Path
) -> None:
    came = clinic.vocabularies.import_ctcae(made_up_file(tmp_path, V6, BLUE))
    assert came.words == "CTCAE 6.0: 850 terms in 26 classes."
    assert (as_digits(grades_of(BLUE, "6.0")), soc_of(BLUE, "6.0")) == ("124", Soc.SKIN)
    assert (canonical("blue HANDS"), len(names_of("6.0"))) == (BLUE, 850)
    assert names_of("6.0")[0] == RASH
    assert wording(RASH, "6.0", Grade.MILD) == "Mild <0"
    assert whose(RASH, "6.0") == "As the NCI words it, CTCAE 6.0."
    assert starter()
    assert wording(RASH, "5.0", Grade.MILD) == "less than 10 % of the skin"
    assert whose(RASH, "5.0") == "CTCAE 5.0, simplified in our words."
    assert whose(RASH, "4.03") == "The general meaning of the grades, in our words."
    assert grades_of(RASH, "4.03") is None
    assert names_of("4.03") == names_of("5.0")


def test_each_event_keeps_its_version_and_nothing_is_regraded(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.save(a.patient())
    for version in CtcaeVersion:
        clinic.save(a.event(term=RASH, ctcae_version=version, grade=3))
    before = clinic.history(a.PATIENT).of(AdverseEvent)
    for version in (V5, V6):
        clinic.vocabularies.import_ctcae(made_up_file(tmp_path, version))
    after = clinic.history(a.PATIENT).of(AdverseEvent)
    assert after == before
    assert [missing_grades(event) for event in after] == [(), (Grade.SEVERE,), (Grade.SEVERE,)]


def test_an_import_replaces_its_version_as_a_whole_and_is_on_record(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.save(a.patient())
    clinic.save(a.event(term=BLUE, ctcae_version="6.0"))
    clinic.save(a.event(term=RASH, ctcae_version="6.0"))
    clinic.vocabularies.import_ctcae(made_up_file(tmp_path, V5, "Green feet"))
    clinic.vocabularies.import_ctcae(made_up_file(tmp_path, V6, BLUE))
    file = made_up_file(tmp_path, V6, "Red ears")
    came = clinic.vocabularies.import_ctcae(file)
    assert (came.gone, came.lost) == ({V5: 836}, [BLUE])
    assert came.words.endswith(
        "836 of 5.0 are not in it. Events of this version have terms that "
        "are not in it: Blue hands."
    )
    assert (grades_of(BLUE, "6.0"), as_digits(grades_of("Red ears", "6.0"))) == (None, "124")
    assert as_digits(grades_of("Green feet", "5.0")) == "124"
    asked = Asked(actions=frozenset({Action.IMPORTED}))
    rows = clinic.trail.search(asked).rows
    assert len(rows) == 3
    change = rows[0].change
    assert change is not None
    assert change.new == {
        "vocabulary": "CTCAE",
        "version": "6.0",
        "terms": "850",
        "sha256": file.sha256,
    }
    five, six = clinic.vocabularies.imported()
    assert (five.version, five.terms, six.classes, six.by) == (V5, 837, 26, USER)
    assert six.at == change.at
    assert clinic.check() == []


def test_a_file_with_a_problem_or_without_a_version_changes_nothing(
    clinic: Clinic, tmp_path: Path
) -> None:
    whole = made_up_file(tmp_path, V6)
    for file in (
        type(whole)(None, whole.terms, whole.sha256),
        made_up_file(tmp_path, V5, RASH),
    ):
        with pytest.raises(ClinicError, match="Nothing was imported"):
            clinic.vocabularies.import_ctcae(file)
    assert clinic.vocabularies.imported() == []
    assert starter()


def test_what_one_clinic_imported_does_not_hold_in_another(clinic: Clinic, tmp_path: Path) -> None:
    clinic.vocabularies.import_ctcae(made_up_file(tmp_path, V5, BLUE))
    clinic.vocabularies.save_drug(a.drug(name="lacutamab"))
    assert not starter()
    other, _key = Clinic.create(tmp_path / "other", name="Other", user=USER, password=PASSWORD)
    with other:
        assert starter()
        assert category_of(["lacutamab"]) is None
    assert as_digits(grades_of(BLUE, "5.0")) == "124"
    clinic.close()
    assert starter()
    with Clinic.open(clinic.folder, USER, PASSWORD):
        seen: list[object] = []
        thread = Thread(target=lambda: seen.append(grades_of(BLUE, "5.0")))
        thread.start()
        thread.join()
        assert as_digits(seen[0]) == "124"  # type: ignore[arg-type]
        assert category_of(["Lacutamab", "vorinostat"]) is Category.SYSTEMIC
    assert starter()


def test_a_made_up_term_is_told_to_nobody_and_an_imported_one_is(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.save(a.patient())
    clinic.vocabularies.import_ctcae(made_up_file(tmp_path, V5, BLUE))
    for term in (BLUE, f"{BLUE} of Mrs Weber", "Weber", "?!"):
        clinic.save(a.event(term=term, ctcae_version="5.0"))
    clinic.vocabularies.save_drug(a.drug(name="Webermab"))
    clinic.save(a.line(drug="Webermab"))
    told = str(deidentified(clinic.history(a.PATIENT)).records)
    assert BLUE in told
    assert "Weber" not in told
    assert "Mrs" not in told
    assert "other drug" in told


def test_own_drugs_extend_the_catalogue_until_they_are_removed(clinic: Clinic) -> None:
    drug = clinic.vocabularies.save_drug(a.drug(name="Lacutamab", category="supportive"))
    assert therapies.names()[-1] == "Lacutamab"
    assert category_of(["lacutamab"]) is Category.SUPPORTIVE
    clinic.save(revised(drug, category=Category.SYSTEMIC))
    assert category_of(["lacutamab", "vorinostat"]) is Category.SYSTEMIC
    clinic.undo()
    assert category_of(["lacutamab"]) is Category.SUPPORTIVE
    (drug,) = clinic.vocabularies.drugs()
    clinic.remove(drug, "not given here")
    assert clinic.vocabularies.drugs() == []
    assert category_of(["lacutamab"]) is None
    back = clinic.vocabularies.save_drug(a.drug(name="lacutamab", category="systemic"))
    assert (back.id, back.name, category_of(["lacutamab"])) == (
        drug.id,
        "lacutamab",
        Category.SYSTEMIC,
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Mogamulizumab", "The program's own catalogue has this one."),
        ("ecp", "The program's own catalogue has this one."),
        ("LACUTAMAB", "The clinic's own drugs have this one already."),
        ("a; b", "A name has no semicolon and no plus sign: they stand between drugs."),
        ("Gone", "A drug that was removed has this name: add it again to bring it back."),
    ],
)
def test_a_name_stands_once(clinic: Clinic, name: str, sentence: str) -> None:
    clinic.vocabularies.save_drug(a.drug(name="lacutamab"))
    clinic.remove(clinic.vocabularies.save_drug(a.drug(name="gone")), "entered in error")
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(build(Drug, {"name": name, "category": "systemic"}))
    assert refused.value.problems == {"name": sentence}


def test_whoever_came_last_holds_and_the_one_before_when_they_let_go() -> None:
    terms = {V4: [ctcae.CtcaeTerm(BLUE, Soc.SKIN, {Grade.MILD: "Mild"})]}
    first, second = object(), object()
    ctcae.hold(first, terms)
    ctcae.hold(second, {})
    assert grades_of(BLUE, "4.03") is None
    ctcae.hold(first, terms)
    assert grades_of(BLUE, "4.03") is None
    ctcae.let_go(second)
    assert (grades_of(BLUE, "4.03"), names_of("4.03")) == ((Grade.MILD,), (BLUE,))
    assert BLUE in names_of(None)
    ctcae.let_go(first)
    assert soc_of(BLUE) is None
