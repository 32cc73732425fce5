"""What others' codes mean in our terms.

Those of `codes.py`, read the other way round, and further ones: mCODE STU4 for staging, trend and
the grade of an event; SNOMED's two diseases as public lists of codes have them. From memory,
unverified: LOINC's codes of blood counts and chemistry, SNOMED's of biopsies and of the two
morphologies, and that ICD-10-CM has C84.A for what WHO's ICD-10 has as C84.8.
"""

import re

from models.diagnosis import MYCOSIS_FUNGOIDES, Disease
from models.exchange.fhir.codes import (
    CAUSALITY,
    GRADE,
    OUTCOME,
    RADIOTHERAPY,
    SERIOUS_FOR,
    STOPPED_FOR,
)
from models.exchange.fhir.elements import AJCC, SNOMED
from models.response import Response
from models.therapies import ALLOGENEIC, AUTOLOGOUS, MOGAMULIZUMAB, Category, names
from models.treatment import StopReason
from models.values import Grade

_MF, _SS, _OTHER = Disease.MYCOSIS_FUNGOIDES, Disease.SEZARY_SYNDROME, Disease.OTHER
_ICD_10 = re.compile(r"C84\.?(?P<which>[018A])")
_SYSTEM_OF_ICD_10 = re.compile(r"icd-?10|2\.16\.840\.1\.113883\.6\.(3|90)$", re.IGNORECASE)
_SYSTEM_OF_ICD_O = re.compile(r"icd-?o|2\.16\.840\.1\.113883\.6\.43", re.IGNORECASE)
_BY_ICD_10 = {"0": _MF, "1": _SS, "8": _OTHER, "A": _OTHER}
_BY_ICD_O = {"9700/3": _MF, "9701/3": _SS, "9709/3": _OTHER}
_BY_SNOMED = {"118618005": _MF, "90120004": _MF, "118611004": _SS, "4950009": _SS}
_BY_NAME = {each.value.casefold(): each for each in Disease} | {
    "sezary syndrome": _SS,
    "sezary disease": _SS,
    "sézary disease": _SS,
    "sezary's disease": _SS,
    "mycosis fungoides (disorder)": _MF,
    "sezary disease (disorder)": _SS,
}
_MALIGNANT = re.compile(r"neoplasm|cancer|carcinoma|melanoma|lymphoma|leuk|tumou?r|malignan", re.I)

TNM = {
    "t": {"78873005", "399504009", "384625004", "21905-5", "21899-0", "21911-3"},
    "n": {"277206009", "399534004", "371494008", "21906-3", "21900-6", "21912-1"},
    "m": {"277208005", "399387003", "371497001", "21907-1", "21901-4", "21913-9"},
}
GROUP = frozenset({"399390009", "399537006", "399588009", "21908-9", "21902-2", "21914-7"})
_VALUES = {
    "1228938002": "T3",
    "1229859000": "T3",
    "1229967007": "N0",
    "1229947003": "N0",
    "1229901006": "M0",
}
_CLASS = re.compile(
    r"(?:^|\s)(?:AJCC[ :/-]?\d?[ :/-]?)?[yr]?[cpa]?"
    r"(?P<class>(?:T[0-4]|N[0-3X]|M[01X]|B[0-2X])[ab]?)"
    r"(?=$|\s|[,;:(])"
)
_STAGE = re.compile(
    r"(?:^|stage\s*(?:group\s*)?)(?P<stage>I{1,3}[AB]?|IV(?:A[12]?|B)?)(?=$|\s|[,;:(])", re.I
)

ANALYTES = {
    "2532-0": "LDH",
    "14804-9": "LDH",
    "711-2": "eosinophils",
    "26449-9": "eosinophils",
    "718-7": "haemoglobin",
    "777-3": "platelets",
    "751-8": "neutrophils",
    "2160-0": "creatinine",
    "1742-6": "ALT",
    "1920-8": "AST",
    "1975-2": "bilirubin",
    "3016-3": "TSH",
    "2157-6": "CK",
}
ECOG, WEIGHT, STATUS, MSWAT = "89247-1", "29463-7", "97509-4", "C159687"
STATUS_VALUES = {
    "103338009": Response.CR,
    "103337004": Response.PR,
    "359746009": Response.SD,
}
BIOPSIES = frozenset({"86273004", "240977001"})

GRADES: dict[str, Grade] = {str(coded["code"]): grade for grade, coded in GRADE.items()}
CAUSES = {str(coded["code"]): each for each, coded in CAUSALITY.items()}
REASONS_SERIOUS = {str(coded["code"]): each for each, coded in SERIOUS_FOR.items()}
OUTCOMES = {code: outcome for outcome, code in OUTCOME.items()}
STOPS: dict[str, StopReason] = {
    "443729008": StopReason.COMPLETED,
    **{
        str(coded["code"]): reason
        for reason, coded in STOPPED_FOR.items()
        if reason is not StopReason.TOXICITY
    },
}
"""`Treatment not tolerated` does not tell of toxicity more than of intolerance."""
_MOGAMULIZUMAB = frozenset({"L01FX09", "L01XC25", "J9204"})
_PROCEDURES = (
    (r"total skin electron|\bTSEBT?\b", "total skin electron beam therapy", Category.RADIATION),
    (r"photopheresis", "extracorporeal photopheresis", Category.SYSTEMIC),
    (r"allogen\w*\b.*(transplant|stem cell)", ALLOGENEIC, Category.TRANSPLANT),
    (r"autologous\b.*(transplant|stem cell)", AUTOLOGOUS, Category.TRANSPLANT),
    (r"(stem cell|marrow)\b.*transplant", "", Category.TRANSPLANT),
    (r"\bPUVA\b", "PUVA", Category.SKIN_DIRECTED),
    (r"\bNB-?UVB\b|narrow.?band UVB", "NB-UVB", Category.SKIN_DIRECTED),
    (r"photodynamic therapy", "photodynamic therapy", Category.SKIN_DIRECTED),
    (r"radiotherapy|radiation therapy|teletherapy|brachytherapy", "", Category.RADIATION),
)
_NOT_DONE_TO = re.compile(
    r"\b(plan|planning|consult\w*|counsel\w*|education|follow.?up|simulation|referral|review"
    r"|assessment|history|preparation|monitoring|mobili[sz]ation|collection|harvest\w*)\b",
    re.IGNORECASE,
)


def disease_by_code(system: str, code: str) -> Disease | None:
    if _SYSTEM_OF_ICD_10.search(system):
        found = _ICD_10.match(code)
        return _BY_ICD_10[found["which"]] if found else None
    if _SYSTEM_OF_ICD_O.search(system):
        return _BY_ICD_O.get(code)
    return _BY_SNOMED.get(code) if system == SNOMED else None


def disease_by_name(words: str) -> Disease | None:
    """By the whole name alone: `rule out mycosis fungoides` is none."""
    return _BY_NAME.get(words.casefold())


def finer(disease: Disease, named: Disease | None) -> Disease:
    """A variant has the code of what it is a variant of; its name tells it."""
    if disease in MYCOSIS_FUNGOIDES and named in MYCOSIS_FUNGOIDES:
        return named or disease
    if disease is Disease.OTHER and named not in {None, _MF, _SS}:
        return named or disease
    return disease


def is_malignant(system: str, code: str) -> bool:
    of_icd = _SYSTEM_OF_ICD_10.search(system) is not None
    return of_icd and re.match(r"C\d|D[0-4]\d", code) is not None


def sounds_malignant(words: str) -> bool:
    return _MALIGNANT.search(words) is not None


def drug_of(coded: list[tuple[str, str]], words: list[str]) -> str:
    """The drug of the catalogue that is named, also with a strength: the longest name; or none."""
    if any(code in _MOGAMULIZUMAB for _system, code in coded):
        return MOGAMULIZUMAB
    found = {max(each, key=len) for text in words if (each := _named(text))}
    return found.pop() if len(found) == 1 else ""


def _named(text: str) -> list[str]:
    """Those named in a text; none where two drugs are."""
    lower = text.casefold()
    found = [
        name
        for name in names()
        if name.casefold() in lower
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    ]
    longest = max(found, key=len, default="")
    return found if all(each.casefold() in longest.casefold() for each in found) else []


def procedure_of(coded: set[str], words: list[str]) -> tuple[str, Category] | None:
    """Its name and category; its own words where the catalogue has no name for it."""
    if any(map(_NOT_DONE_TO.search, words)):
        return None
    for pattern, name, category in _PROCEDURES:
        told = next((each for each in words if re.search(pattern, each, re.IGNORECASE)), "")
        if told:
            return name or told.replace(";", ","), category
    if str(RADIOTHERAPY["code"]) in coded:
        return str(RADIOTHERAPY["display"]), Category.RADIATION
    return None


def is_biopsy(coded: set[str], words: list[str]) -> bool:
    told = any("biopsy" in each.casefold() for each in words)
    return bool(coded & BIOPSIES) or (told and not any(map(_NOT_DONE_TO.search, words)))


def class_of(letter: str, coded: list[tuple[str, str]], words: list[str]) -> str:
    """T4, NX, B0a …: by AJCC's code, by SNOMED's, or as it is called; empty where it is none."""
    told = [_VALUES.get(code, "") for system, code in coded if system == SNOMED]
    told += [code for system, code in coded if system != SNOMED]
    found = (_CLASS.search(each) for each in (*told, *words))
    classes = {each["class"] for each in found if each and each["class"][0] == letter.upper()}
    return classes.pop() if len(classes) == 1 else ""


def stage_of_words(coded: list[tuple[str, str]], words: list[str]) -> str:
    """IVA1 …; empty where the words tell of none, or of more than one."""
    told = [code for system, code in coded if system == AJCC]
    found = (_STAGE.search(each) for each in (*told, *words))
    stages = {each["stage"].upper() for each in found if each}
    return stages.pop() if len(stages) == 1 else ""
