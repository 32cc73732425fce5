"""What CTCAE says of the grades of a term, in short and in our words.

By term and grade; a grade that is left out has the general meaning.
"""

from collections.abc import Mapping

from models.ctcae import CtcaeVersion, canonical, meaning, term_of
from models.rules import Standing, rule
from models.values import Grade
from models.words import N_, _

Grades = Mapping[str, Mapping[int, str]]

PAIN = {
    1: N_("mild pain"),
    2: N_("moderate pain; limits household and errands"),
    3: N_("severe pain; limits self-care"),
}
BY_TREATMENT = {
    1: N_("needs ointment or cream"),
    2: N_("needs tablets"),
    3: N_("needs treatment by vein"),
}
TIMES_THE_LIMIT = {
    1: N_("above normal to 3.0 times its upper limit, if it was normal before"),
    2: N_("above 3.0 to 5.0 times the upper limit, if it was normal before"),
    3: N_("above 5.0 to 20.0 times the upper limit, if it was normal before"),
    4: N_("above 20.0 times the upper limit, if it was normal before"),
}
CANNOT_EAT = N_("cannot eat or drink enough; feeding by tube or vein, or hospital")
IN_BOTH: Grades = {
    "Pruritus": {
        1: N_("mild or in one place; needs ointment or cream"),
        2: N_(
            "widespread, comes and goes; marks of scratching; needs tablets; "
            "limits household and errands"
        ),
        3: N_(
            "widespread and constant; limits self-care or sleep; "
            "needs a systemic corticosteroid or immunosuppressant"
        ),
    },
    "Infusion related reaction": {
        1: N_("mild and passing; the infusion goes on; no treatment"),
        2: N_(
            "infusion interrupted, but settles promptly with treatment; "
            "preventive drugs for 24 hours at most"
        ),
        3: N_("prolonged; back after it had improved; hospital for what follows from it"),
    },
    "Erythroderma": {
        2: N_("more than 90 % of the skin red, no symptoms; limits household and errands"),
        3: N_("more than 90 % of the skin red, with itch or tenderness, say; limits self-care"),
        4: N_(
            "more than 90 % of the skin red, with loss of fluid or salts; "
            "intensive care or burn unit"
        ),
    },
    "Alopecia": {
        1: N_("less than 50 % of the hair lost, seen only from close by; no wig needed"),
        2: N_("50 % of the hair or more lost, plain to others; wig if wished"),
    },
    "Skin infection": {
        1: N_("in one place, local treatment"),
        2: N_("needs tablets, such as an antibiotic"),
        3: N_("needs treatment by vein; needs a procedure"),
    },
    "Fatigue": {
        1: N_("relieved by rest"),
        2: N_("not relieved by rest; limits household and errands"),
        3: N_("not relieved by rest, limits self-care"),
    },
    "Fever": {
        1: N_("38.0 to 39.0 °C"),
        2: N_("above 39.0 to 40.0 °C"),
        3: N_("above 40.0 °C for 24 hours at most"),
        4: N_("above 40.0 °C for more than 24 hours"),
    },
    "Chills": {
        1: N_("mild feeling of cold; shivering; chattering teeth"),
        2: N_("moderate trembling of the whole body; needs an opioid"),
        3: N_("severe or prolonged, not responding to an opioid"),
    },
    "Mucositis oral": {
        1: N_("no or mild symptoms; no treatment"),
        2: N_("moderate pain or ulcer, eats all the same; needs another diet"),
        3: N_("severe pain; disturbs eating and drinking"),
    },
    "Dyspnea": {
        1: N_("short of breath with moderate effort"),
        2: N_("short of breath with the least effort; limits household and errands"),
        3: N_("short of breath at rest; limits self-care"),
    },
    "Anemia": {
        1: N_("haemoglobin below normal to 10.0 g/dL"),
        2: N_("haemoglobin below 10.0 to 8.0 g/dL"),
        3: N_("haemoglobin below 8.0 g/dL; needs a transfusion"),
    },
    "Alanine aminotransferase increased": TIMES_THE_LIMIT,
    "Aspartate aminotransferase increased": TIMES_THE_LIMIT,
    "Headache": PAIN,
    "Myalgia": PAIN,
    "Arthralgia": PAIN,
}
IN_V5: Grades = {
    "Rash maculo-papular": {
        1: N_("less than 10 % of the skin"),
        2: N_(
            "10 to 30 % of the skin; limits household and errands; "
            "more than 30 % with mild symptoms at most"
        ),
        3: N_("more than 30 % of the skin with moderate or severe symptoms; limits self-care"),
    },
    "Dry skin": {
        1: N_("less than 10 % of the skin, neither red nor itchy"),
        2: N_("10 to 30 % of the skin, red or itchy; limits household and errands"),
        3: N_("more than 30 % of the skin, itchy; limits self-care"),
    },
    "Urticaria": {
        1: N_("less than 10 % of the skin; needs ointment or cream"),
        2: N_("10 to 30 % of the skin; needs tablets"),
        3: N_("more than 30 % of the skin; needs treatment by vein"),
    },
    "Diarrhea": {
        1: N_("fewer than 4 stools a day more than usual"),
        2: N_("4 to 6 stools a day more than usual; limits household and errands"),
        3: N_("7 stools a day or more above the usual; hospital; limits self-care"),
    },
    "Nausea": {
        1: N_("less appetite, eats as usual"),
        2: N_("eats and drinks less, without much loss of weight or fluid"),
        3: CANNOT_EAT,
    },
    "Neutrophil count decreased": {
        1: N_("below normal to 1500/µL"),
        2: N_("below 1500 to 1000/µL"),
        3: N_("below 1000 to 500/µL"),
        4: N_("below 500/µL"),
    },
    "Lymphocyte count decreased": {
        1: N_("below normal to 800/µL"),
        2: N_("below 800 to 500/µL"),
        3: N_("below 500 to 200/µL"),
        4: N_("below 200/µL"),
    },
    "Platelet count decreased": {
        1: N_("below normal to 75 000/µL"),
        2: N_("below 75 000 to 50 000/µL"),
        3: N_("below 50 000 to 25 000/µL"),
        4: N_("below 25 000/µL"),
    },
}
IN_V6: Grades = {
    "Rash maculo-papular": {
        1: N_("without symptoms"),
        2: N_("mild symptoms"),
        3: N_("more than 50 % of the skin; moderate or severe symptoms"),
    },
    "Dry skin": {
        1: N_("neither red nor itchy"),
        2: N_("red or itchy; limits household and errands"),
    },
    "Urticaria": BY_TREATMENT,
    "Eczematous dermatitis": BY_TREATMENT,
    "Lichenoid dermatitis": BY_TREATMENT,
    "Diarrhea": {
        1: N_("softer or more frequent stools"),
        2: N_(
            "4 to 6 stools a day more than usual; "
            "a change of stools that limits household and errands"
        ),
        3: N_(
            "7 stools a day or more above the usual; treatment by vein or hospital; "
            "limits self-care"
        ),
    },
    "Nausea": {
        1: N_("less appetite, eats as usual"),
        2: N_("eats and drinks less; needs treatment by vein"),
        3: CANNOT_EAT,
    },
    "Neutrophil count decreased": {
        1: N_("below 1500 to 1000/µL"),
        2: N_("below 1000 to 500/µL"),
        3: N_("below 500 to 100/µL"),
        4: N_("below 100/µL"),
    },
}
_TEXTS = {
    (term, version, Grade(grade)): text
    for version, own in ((CtcaeVersion.V5_0, IN_V5), (CtcaeVersion.V6_0, IN_V6))
    for term, grades in {**IN_BOTH, **own}.items()
    for grade, text in grades.items()
}


@rule(
    N_("Wording of the grades"), "NCI, CTCAE 5.0 (2017) and 6.0 (2025), shortened", Standing.DERIVED
)
def wording(term: str, version: str, grade: Grade) -> str:
    """Where the clinic has imported the NCI's table of a version, each grade of a term of that
    version has the NCI's own wording beside it. Otherwise what CTCAE says of it in that version
    stands there, shortened and in plain words, for rash maculo-papular, pruritus, infusion related
    reaction, erythroderma, dry skin, urticaria, eczematous and lichenoid dermatitis, alopecia, skin
    infection, fatigue, fever, chills, headache, myalgia, arthralgia, diarrhea, nausea, oral
    mucositis, dyspnea, and for counts of neutrophils, lymphocytes and platelets, anemia and
    aminotransferases. A semicolon means "or". Household and errands are CTCAE's instrumental
    activities of daily living. For every other term, and in version 4.03, the general meaning of
    the grade stands there. Beside the wordings stands whose they are.
    """
    return _as_published(term, version, grade) or _own(term, version, grade) or meaning(grade)


def whose(term: str, version: str) -> str:
    """Whose words those of the grades are, in a sentence."""
    if any(_as_published(term, version, grade) for grade in Grade):
        words = _("As the NCI words it, CTCAE {version}.")
    elif any(_own(term, version, grade) for grade in Grade):
        words = _("CTCAE {version}, simplified in our words.")
    else:
        words = _("The general meaning of the grades, in our words.")
    return words.format(version=version)


def _as_published(term: str, version: str, grade: Grade) -> str:
    known = term_of(term, version)
    return known.grades.get(grade, "") if known else ""


def _own(term: str, version: str, grade: Grade) -> str:
    return _(_TEXTS.get((canonical(term), CtcaeVersion.named(version), grade), ""))
