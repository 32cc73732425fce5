"""Others' codes for what our fields say.

Each was seen in a public source: mCODE STU4 (github.com/HL7/fhir-mCODE-ig), the Adverse Event
Clinical Research backport STU1 and HL7 Terminology for adverse events, WHO's ICD-10 and ICD-O-3
as public code lists give them, ATC for mogamulizumab. From memory, unverified: the LOINC codes of
weight and height, which FHIR's own profiles of vital signs name, and that the classes of AJCC 8,
whose code list is not public, are coded by their plain names. What has no code here is text.
"""

from models.adverse_event import Attribution, Outcome, Seriousness
from models.biopsy import Side
from models.diagnosis import MYCOSIS_FUNGOIDES, Disease
from models.exchange.fhir.elements import (
    AJCC,
    HL7_CODES,
    LOINC,
    NCIT,
    SNOMED,
    Element,
    coding,
)
from models.protocol import Unit
from models.response import FAILING, RESPONDING, Response
from models.staging import STAGES
from models.therapies import MOGAMULIZUMAB
from models.treatment import StopReason
from models.values import Grade

ICD_10 = "http://hl7.org/fhir/sid/icd-10"
ICD_O_3 = HL7_CODES + "icd-o-3"
ATC = "http://www.whocc.no/atc"

_MF = (coding(ICD_10, "C84.0", "Mycosis fungoides"), coding(ICD_O_3, "9700/3", "Mycosis fungoides"))
DISEASE: dict[Disease, tuple[Element, Element]] = {
    **dict.fromkeys(MYCOSIS_FUNGOIDES, _MF),
    Disease.SEZARY_SYNDROME: (
        coding(ICD_10, "C84.1", "Sezary disease"),
        coding(ICD_O_3, "9701/3", "Sezary syndrome"),
    ),
    Disease.OTHER: (
        coding(ICD_10, "C84.8", "Cutaneous T-cell lymphoma, unspecified"),
        coding(ICD_O_3, "9709/3", "Cutaneous T-cell lymphoma, NOS"),
    ),
}
"""ICD-10 and ICD-O-3; variants of mycosis fungoides have its codes, and their name as text."""

STAGE_GROUP = coding(SNOMED, "399390009", "TNM stage grouping")
CATEGORY = {
    "t": coding(SNOMED, "78873005", "T category"),
    "n": coding(SNOMED, "277206009", "N category"),
    "m": coding(SNOMED, "277208005", "M category"),
}
AJCC_8 = coding(SNOMED, "897275008", "AJCC, Cancer Staging Manual, 8th edition")
_IN_AJCC_8 = frozenset(
    {
        *("T1", "T1a", "T1b", "T2", "T2a", "T2b", "T3", "T4"),
        *("N0", "N1", "N1a", "N1b", "N2", "N2a", "N2b", "N3", "NX"),
        *("M0", "M1", *STAGES),
    }
)

ECOG = coding(LOINC, "89247-1", "ECOG performance status score")
WEIGHT = coding(LOINC, "29463-7", "Body weight")
HEIGHT = coding(LOINC, "8302-2", "Body height")
DISEASE_STATUS = coding(LOINC, "97509-4", "Cancer disease progression")
MSWAT = coding(NCIT, "C159687", "Modified Severity Weighted Assessment Tool")
RADIOTHERAPY = coding(SNOMED, "1217123003", "Radiotherapy course of treatment")

IMPROVED = coding(SNOMED, "268910001", "Patient's condition improved")
STABLE = coding(SNOMED, "359746009", "Patient's condition stable")
WORSENED = coding(SNOMED, "271299001", "Patient's condition worsened")
UNDETERMINED = coding(SNOMED, "709137006", "Patient condition undetermined")

STOPPED_FOR = {
    StopReason.NO_RESPONSE: coding(SNOMED, "266721009", "No response to treatment"),
    StopReason.TOXICITY: coding(SNOMED, "407563006", "Treatment not tolerated"),
    StopReason.INTOLERANCE: coding(SNOMED, "407563006", "Treatment not tolerated"),
    StopReason.PATIENTS_CHOICE: coding(SNOMED, "105480006", "Refusal of treatment by patient"),
    StopReason.DEATH: coding(SNOMED, "419620001", "Death"),
}
NORMALISED_BY = {
    Unit.MG_PER_KG: coding(SNOMED, "363804004", "Body weight characteristic"),
    Unit.MG_PER_M2: coding(SNOMED, "301898006", "Body surface area"),
    Unit.MG: coding(SNOMED, "1157245009", "Fixed dose"),
}
LATERALITY = {
    Side.LEFT: coding(SNOMED, "7771000", "Left"),
    Side.RIGHT: coding(SNOMED, "24028007", "Right"),
    Side.MIDLINE: coding(SNOMED, "399488007", "Midline"),
    Side.BOTH: coding(SNOMED, "51440002", "Right and left"),
}
GRADE = {
    Grade.MILD: coding(NCIT, "C41338", "Grade 1 Mild Adverse Event"),
    Grade.MODERATE: coding(NCIT, "C41339", "Grade 2 Moderate Adverse Event"),
    Grade.SEVERE: coding(NCIT, "C41340", "Grade 3 Severe Adverse Event"),
    Grade.LIFE_THREATENING: coding(
        NCIT, "C41337", "Grade 4 Life Threatening or Disabling Adverse Event"
    ),
    Grade.DEATH: coding(NCIT, "C48275", "Grade 5 Death Related to Adverse Event"),
}
SERIOUS_FOR = {
    Seriousness.DEATH: coding(NCIT, "C48275", "Results In Death"),
    Seriousness.LIFE_THREATENING: coding(NCIT, "C84266", "Is Life Threatening"),
    Seriousness.HOSPITALISATION: coding(NCIT, "C83052", "Requires Inpatient Hospitalization"),
    Seriousness.DISABILITY: coding(
        NCIT, "C11338", "Results In Persistent Or Significant Disability"
    ),
    Seriousness.OTHER: coding(NCIT, "C82521", "Other Medically Important Condition"),
}
CAUSALITY = {
    Attribution.UNRELATED: coding(NCIT, "C53256", "Unrelated"),
    Attribution.UNLIKELY: coding(NCIT, "C53257", "Unlikely"),
    Attribution.POSSIBLE: coding(NCIT, "C53258", "Possible"),
    Attribution.PROBABLE: coding(NCIT, "C53259", "Probable"),
    Attribution.DEFINITE: coding(NCIT, "C53260", "Definite"),
}
OUTCOME = {
    Outcome.ONGOING: "ongoing",
    Outcome.RESOLVED: "resolved",
    Outcome.RESOLVED_WITH_SEQUELAE: "resolvedWithSequelae",
    Outcome.FATAL: "fatal",
    Outcome.UNKNOWN: "unknown",
}
"""Codes that FHIR R4 requires for the outcome of an adverse event."""
EVENTS_V5 = {
    "Infusion related reaction": "C143583",
    "Rash maculo-papular": "C143799",
    "Pruritus": "C58006",
    "Erythroderma": "C143450",
    "Stevens-Johnson syndrome": "C143859",
    "Toxic epidermal necrolysis": "C143880",
    "Tumor lysis syndrome": "C146688",
    "Alopecia": "C57898",
    "Skin and subcutaneous tissue disorders - Other, specify": "C143833",
}
"""NCIt codes of terms of CTCAE 5.0; MedDRA's codes come with the vocabulary a clinic imported."""


def staged(value: str) -> list[Element]:
    """AJCC's code of T, N, M or a stage; none of a class that came after its 8th edition."""
    return [coding(AJCC, value)] if value in _IN_AJCC_8 else []


def trend(response: Response) -> Element:
    """How mCODE words a response, which is less than the response says."""
    if response in RESPONDING:
        return IMPROVED
    if response in FAILING:
        return WORSENED
    return STABLE if response is Response.SD else UNDETERMINED


def drug_codings(drug: str) -> list[Element]:
    if drug.strip().casefold() != MOGAMULIZUMAB:
        return []
    return [coding(ATC, "L01FX09", "Mogamulizumab")]
