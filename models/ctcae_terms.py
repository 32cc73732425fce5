"""CTCAE's versions, classes and terms; and those of the starter list, which matter here most.

The starter list holds until a clinic has imported the NCI's own table of a version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.values import Choice, Grade
from models.words import N_


class CtcaeVersion(Choice):
    V4_03 = "4.03"
    V5_0 = "5.0"
    V6_0 = "6.0"


class Soc(Choice):
    """System organ classes: the 26 that CTCAE has."""

    SKIN = N_("Skin and subcutaneous tissue disorders")
    INJURY = N_("Injury, poisoning and procedural complications")
    INFECTION = N_("Infections and infestations")
    GENERAL = N_("General disorders and administration site conditions")
    GASTROINTESTINAL = N_("Gastrointestinal disorders")
    NERVOUS = N_("Nervous system disorders")
    MUSCULOSKELETAL = N_("Musculoskeletal and connective tissue disorders")
    HEPATOBILIARY = N_("Hepatobiliary disorders")
    INVESTIGATION = N_("Investigations")
    BLOOD = N_("Blood and lymphatic system disorders")
    METABOLISM = N_("Metabolism and nutrition disorders")
    ENDOCRINE = N_("Endocrine disorders")
    RESPIRATORY = N_("Respiratory, thoracic and mediastinal disorders")
    CARDIAC = N_("Cardiac disorders")
    RENAL = N_("Renal and urinary disorders")
    IMMUNE = N_("Immune system disorders")
    VASCULAR = N_("Vascular disorders")
    EYE = N_("Eye disorders")
    EAR = N_("Ear and labyrinth disorders")
    PSYCHIATRIC = N_("Psychiatric disorders")
    REPRODUCTIVE = N_("Reproductive system and breast disorders")
    NEOPLASM = N_("Neoplasms benign, malignant and unspecified (incl cysts and polyps)")
    CONGENITAL = N_("Congenital, familial and genetic disorders")
    PREGNANCY = N_("Pregnancy, puerperium and perinatal conditions")
    SOCIAL = N_("Social circumstances")
    PROCEDURE = N_("Surgical and medical procedures")


@dataclass(frozen=True, slots=True)
class CtcaeTerm:
    """A term of one version; `grades`: those it has, each as the NCI words it.

    In the starter list the wordings are empty: those that stand beside the grades are ours.
    """

    name: str
    soc: Soc
    grades: Mapping[Grade, str]
    definition: str = ""
    meddra_code: str = ""
    ncit_code: str = ""


Terms = Mapping[CtcaeVersion, Sequence[CtcaeTerm]]


class Term(NamedTuple):
    """A term and its grades in versions 5.0 and 6.0, as digits; a version may lack the term."""

    name: str
    soc: Soc
    v5: str
    v6: str


TERMS = (
    Term("Rash maculo-papular", Soc.SKIN, "123", "12345"),
    Term("Skin and subcutaneous tissue disorders - Other, specify", Soc.SKIN, "12345", "12345"),
    Term("Infusion related reaction", Soc.INJURY, "12345", "12345"),
    Term("Pruritus", Soc.SKIN, "123", "123"),
    Term("Erythroderma", Soc.SKIN, "2345", "2345"),
    Term("Alopecia", Soc.SKIN, "12", "12"),
    Term("Eczema", Soc.SKIN, "123", ""),
    Term("Eczematous dermatitis", Soc.SKIN, "", "123"),
    Term("Lichenoid dermatitis", Soc.SKIN, "", "123"),
    Term("Dermatitis psoriasiform", Soc.SKIN, "", "123"),
    Term("Exfoliative dermatitis", Soc.SKIN, "", "12345"),
    Term("Pustular drug eruption", Soc.SKIN, "", "12345"),
    Term("Papulovesicular rash", Soc.SKIN, "", "12345"),
    Term("Rash acneiform", Soc.SKIN, "12345", ""),
    Term("Papulopustular rash", Soc.INFECTION, "12345", ""),
    Term("Photosensitivity", Soc.SKIN, "12345", "12345"),
    Term("Urticaria", Soc.SKIN, "123", "123"),
    Term("Dry skin", Soc.SKIN, "123", "12"),
    Term("Skin hypopigmentation", Soc.SKIN, "12", "12"),
    Term("Skin ulceration", Soc.SKIN, "12345", "12345"),
    Term("Pain of skin", Soc.SKIN, "123", "123"),
    Term("Erythema multiforme", Soc.SKIN, "12345", "12345"),
    Term("Bullous dermatitis", Soc.SKIN, "12345", ""),
    Term("Dermatosis bullous", Soc.SKIN, "", "12345"),
    Term("Stevens-Johnson syndrome", Soc.SKIN, "345", "345"),
    Term("Toxic epidermal necrolysis", Soc.SKIN, "45", "45"),
    Term("Fatigue", Soc.GENERAL, "123", "123"),
    Term("Fever", Soc.GENERAL, "12345", "12345"),
    Term("Chills", Soc.GENERAL, "123", "123"),
    Term("Edema limbs", Soc.GENERAL, "123", ""),
    Term("Peripheral edema", Soc.GENERAL, "", "123"),
    Term("Edema face", Soc.GENERAL, "123", "123"),
    Term("Diarrhea", Soc.GASTROINTESTINAL, "12345", "12345"),
    Term("Nausea", Soc.GASTROINTESTINAL, "123", "123"),
    Term("Vomiting", Soc.GASTROINTESTINAL, "12345", "12345"),
    Term("Constipation", Soc.GASTROINTESTINAL, "12345", "12345"),
    Term("Mucositis oral", Soc.GASTROINTESTINAL, "12345", "12345"),
    Term("Colitis", Soc.GASTROINTESTINAL, "12345", "12345"),
    Term("Headache", Soc.NERVOUS, "123", "123"),
    Term("Dizziness", Soc.NERVOUS, "123", "123"),
    Term("Guillain-Barre syndrome", Soc.NERVOUS, "12345", "12345"),
    Term("Myasthenia gravis", Soc.NERVOUS, "12345", "12345"),
    Term("Myalgia", Soc.MUSCULOSKELETAL, "123", "123"),
    Term("Arthralgia", Soc.MUSCULOSKELETAL, "123", "123"),
    Term("Arthritis", Soc.MUSCULOSKELETAL, "123", "123"),
    Term("Myositis", Soc.MUSCULOSKELETAL, "1234", "1234"),
    Term("Rhabdomyolysis", Soc.MUSCULOSKELETAL, "12345", "12345"),
    Term("Upper respiratory infection", Soc.INFECTION, "2345", "2345"),
    Term("Lung infection", Soc.INFECTION, "2345", ""),
    Term("Pneumonia", Soc.INFECTION, "", "2345"),
    Term("Skin infection", Soc.INFECTION, "12345", "12345"),
    Term("Folliculitis", Soc.INFECTION, "123", "123"),
    Term("Urinary tract infection", Soc.INFECTION, "2345", "2345"),
    Term("Sepsis", Soc.INFECTION, "345", "345"),
    Term("Shingles", Soc.INFECTION, "12345", "12345"),
    Term("Herpes simplex reactivation", Soc.INFECTION, "12345", "12345"),
    Term("Cytomegalovirus infection reactivation", Soc.INFECTION, "12345", "12345"),
    Term("Epstein-Barr virus infection reactivation", Soc.INFECTION, "12345", "12345"),
    Term("Hepatitis B reactivation", Soc.INFECTION, "12345", "12345"),
    Term("Hepatitis viral", Soc.INFECTION, "12345", "12345"),
    Term("Hepatitis", Soc.HEPATOBILIARY, "", "2345"),
    Term("Hepatic failure", Soc.HEPATOBILIARY, "345", "345"),
    Term("Alanine aminotransferase increased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Aspartate aminotransferase increased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Blood bilirubin increased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Creatinine increased", Soc.INVESTIGATION, "1234", "1234"),
    Term("CPK increased", Soc.INVESTIGATION, "1234", ""),
    Term("Blood lactate dehydrogenase increased", Soc.INVESTIGATION, "1", "1"),
    Term("Lymphocyte count decreased", Soc.INVESTIGATION, "1234", ""),
    Term("Lymphopenia", Soc.BLOOD, "", "1"),
    Term("CD4 lymphocytes decreased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Neutrophil count decreased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Febrile neutropenia", Soc.BLOOD, "345", "345"),
    Term("White blood cell decreased", Soc.INVESTIGATION, "1234", "1234"),
    Term("Platelet count decreased", Soc.INVESTIGATION, "1234", ""),
    Term("Thrombocytopenia", Soc.BLOOD, "", "12345"),
    Term("Anemia", Soc.BLOOD, "12345", "12345"),
    Term("Eosinophilia", Soc.BLOOD, "13", "13"),
    Term("Anorexia", Soc.METABOLISM, "12345", "12345"),
    Term("Hypothyroidism", Soc.ENDOCRINE, "12345", "12345"),
    Term("Hyperthyroidism", Soc.ENDOCRINE, "12345", "12345"),
    Term("Thyroiditis", Soc.ENDOCRINE, "", "12345"),
    Term("Cough", Soc.RESPIRATORY, "123", "123"),
    Term("Dyspnea", Soc.RESPIRATORY, "12345", "12345"),
    Term("Pneumonitis", Soc.RESPIRATORY, "12345", "12345"),
    Term("Myocarditis", Soc.CARDIAC, "2345", "12345"),
    Term("Glomerulonephritis", Soc.RENAL, "", "12345"),
    Term("Acute kidney injury", Soc.RENAL, "345", "345"),
    Term("Tumor lysis syndrome", Soc.METABOLISM, "345", "12345"),
    Term("Allergic reaction", Soc.IMMUNE, "12345", "12345"),
    Term("Anaphylaxis", Soc.IMMUNE, "345", "345"),
    Term("Cytokine release syndrome", Soc.IMMUNE, "12345", "12345"),
    Term("Autoimmune disorder", Soc.IMMUNE, "12345", "12345"),
    Term("Graft versus host disease", Soc.IMMUNE, "", "2345"),
)
NAMES = tuple(term.name for term in TERMS)


def _known_in(term: Term, digits: str) -> CtcaeTerm:
    return CtcaeTerm(term.name, term.soc, {Grade(int(digit)): "" for digit in digits})


STARTER: Terms = {
    CtcaeVersion.V5_0: [_known_in(term, term.v5) for term in TERMS if term.v5],
    CtcaeVersion.V6_0: [_known_in(term, term.v6) for term in TERMS if term.v6],
}
