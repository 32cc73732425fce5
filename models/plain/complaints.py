"""Side effects as a patient knows them: in everyday words, with what was noted at the time."""

import re
from collections.abc import Sequence

from models.adverse_event import AdverseEvent, Outcome
from models.advising import NOT_THE_DRUG
from models.biopsy import Conclusion
from models.ctcae import canonical
from models.drug_or_disease import last_concluded
from models.history import History
from models.plain.passage import Passage, at, long_words, period
from models.rules import Standing, rule
from models.words import N_, _, capitalised, ngettext

PLAIN_TERMS = {
    "Rash maculo-papular": N_("rash"),
    "Infusion related reaction": N_("reaction to the infusion"),
    "Pruritus": N_("itching"),
    "Erythroderma": N_("redness of nearly the whole skin"),
    "Alopecia": N_("loss of hair"),
    "Eczema": N_("eczema"),
    "Eczematous dermatitis": N_("eczema"),
    "Lichenoid dermatitis": N_("rash"),
    "Dermatitis psoriasiform": N_("scaly rash"),
    "Exfoliative dermatitis": N_("peeling skin"),
    "Pustular drug eruption": N_("rash with pus spots"),
    "Papulovesicular rash": N_("rash with small blisters"),
    "Rash acneiform": N_("rash like acne"),
    "Papulopustular rash": N_("rash with pus spots"),
    "Photosensitivity": N_("skin that is sensitive to light"),
    "Urticaria": N_("hives"),
    "Dry skin": N_("dry skin"),
    "Skin hypopigmentation": N_("pale patches of skin"),
    "Skin ulceration": N_("open skin"),
    "Pain of skin": N_("sore skin"),
    "Erythema multiforme": N_("rash with round spots"),
    "Bullous dermatitis": N_("blisters"),
    "Dermatosis bullous": N_("blisters"),
    "Stevens-Johnson syndrome": N_("severe blistering of the skin and mouth"),
    "Toxic epidermal necrolysis": N_("severe blistering of the skin"),
    "Fatigue": N_("tiredness"),
    "Fever": N_("fever"),
    "Chills": N_("shivering"),
    "Edema limbs": N_("swollen arms or legs"),
    "Peripheral edema": N_("swollen arms or legs"),
    "Edema face": N_("swollen face"),
    "Diarrhea": N_("loose stools"),
    "Nausea": N_("feeling sick"),
    "Vomiting": N_("being sick"),
    "Constipation": N_("constipation"),
    "Mucositis oral": N_("sore mouth"),
    "Colitis": N_("inflamed bowel"),
    "Headache": N_("headache"),
    "Dizziness": N_("dizziness"),
    "Guillain-Barre syndrome": N_("weakness from inflamed nerves"),
    "Myasthenia gravis": N_("weak muscles"),
    "Myalgia": N_("muscle pain"),
    "Arthralgia": N_("joint pain"),
    "Arthritis": N_("inflamed joints"),
    "Myositis": N_("inflamed muscles"),
    "Rhabdomyolysis": N_("damaged muscles"),
    "Upper respiratory infection": N_("cold or sore throat"),
    "Lung infection": N_("infection of the lungs"),
    "Pneumonia": N_("infection of the lungs"),
    "Skin infection": N_("infection of the skin"),
    "Folliculitis": N_("inflamed hair roots"),
    "Urinary tract infection": N_("infection of the bladder"),
    "Sepsis": N_("severe infection"),
    "Shingles": N_("shingles"),
    "Herpes simplex reactivation": N_("herpes"),
    "Cytomegalovirus infection reactivation": N_("infection with a virus"),
    "Epstein-Barr virus infection reactivation": N_("infection with a virus"),
    "Hepatitis B reactivation": N_("inflamed liver from a virus"),
    "Hepatitis viral": N_("inflamed liver from a virus"),
    "Hepatitis": N_("inflamed liver"),
    "Hepatic failure": N_("severe damage to the liver"),
    "Alanine aminotransferase increased": N_("raised liver values in the blood"),
    "Aspartate aminotransferase increased": N_("raised liver values in the blood"),
    "Blood bilirubin increased": N_("raised liver values in the blood"),
    "Creatinine increased": N_("raised kidney values in the blood"),
    "CPK increased": N_("raised muscle values in the blood"),
    "Blood lactate dehydrogenase increased": N_("a raised value in the blood"),
    "Lymphocyte count decreased": N_("fewer defence cells in the blood"),
    "Lymphopenia": N_("fewer defence cells in the blood"),
    "CD4 lymphocytes decreased": N_("fewer defence cells in the blood"),
    "Neutrophil count decreased": N_("fewer defence cells in the blood"),
    "Febrile neutropenia": N_("fever with few defence cells in the blood"),
    "White blood cell decreased": N_("fewer white cells in the blood"),
    "Platelet count decreased": N_("fewer clotting cells in the blood"),
    "Thrombocytopenia": N_("fewer clotting cells in the blood"),
    "Anemia": N_("fewer red cells in the blood"),
    "Eosinophilia": N_("more of certain white cells in the blood"),
    "Anorexia": N_("loss of appetite"),
    "Hypothyroidism": N_("underactive thyroid gland"),
    "Hyperthyroidism": N_("overactive thyroid gland"),
    "Thyroiditis": N_("inflamed thyroid gland"),
    "Cough": N_("cough"),
    "Dyspnea": N_("shortness of breath"),
    "Pneumonitis": N_("inflamed lungs"),
    "Myocarditis": N_("inflamed heart muscle"),
    "Glomerulonephritis": N_("inflamed kidneys"),
    "Acute kidney injury": N_("kidneys that worked too little"),
    "Tumor lysis syndrome": N_("changes in the blood from sick cells that die"),
    "Allergic reaction": N_("allergic reaction"),
    "Anaphylaxis": N_("severe allergic reaction"),
    "Cytokine release syndrome": N_("fever and weakness from an overactive body defence"),
    "Autoimmune disorder": N_("body defence turned against the own body"),
    "Graft versus host disease": N_("reaction of the transplant against the body"),
}
EXPLAINED = {"plaque": N_("a raised, firm patch"), "plaques": N_("raised, firm patches")}
STEM = 4


def side_effects(history: History) -> list[Passage]:
    """What may have come from a treatment: one point for each kind, the latest first; and apart
    from it what a biopsy has shown to be the disease.
    """
    events = [each for each in history.of(AdverseEvent) if _may_come_from_treatment(each, history)]
    disease = [each for each in events if _is_disease(each, history)]
    other = [each for each in events if each not in disease]
    told = [
        Passage(title, _points(found, history))
        for title, found in (
            (_("These complaints may have come from your treatment:"), other),
            (_("These complaints came from your illness, as a tissue sample showed:"), disease),
        )
        if found
    ]
    none = Passage(_("None have been entered here. Tell us about anything new you notice."))
    return told or [none]


def _is_disease(event: AdverseEvent, history: History) -> bool:
    concluded = last_concluded(history, event)
    return concluded is not None and concluded.conclusion is Conclusion.ACTIVE_DISEASE


def _points(events: Sequence[AdverseEvent], history: History) -> tuple[str, ...]:
    kinds: dict[str, list[AdverseEvent]] = {}
    for event in reversed(events):
        kinds.setdefault(complaint_words(event), []).append(event)
    return tuple(_point(name, found, history) for name, found in kinds.items())


def complaint_words(event: AdverseEvent) -> str:
    return term_words(event.term) or event.verbatim


def _may_come_from_treatment(event: AdverseEvent, history: History) -> bool:
    """Not what began before any treatment, nor what somebody called unrelated or unlikely."""
    began_under_it = any(event.onset.last >= line.start.first for line in history.lines)
    return began_under_it and event.attribution not in NOT_THE_DRUG


@rule(
    N_("Adverse events in plain words"), "NCI, CTCAE 5.0 (2017) and 6.0 (2025)", Standing.UNVERIFIED
)
def term_words(term: str) -> str:
    """A patient reads an everyday word in place of a term of CTCAE, such as itching for pruritus
    and loss of hair for alopecia, beside the words in which it was noted, unless these say the
    same; of an "Other, specify" term, and of one that the program does not know, these words alone.
    A plaque is explained as a raised, firm patch. Grades are not printed.
    """
    found = PLAIN_TERMS.get(canonical(term))
    return _(found) if found else ""


def _point(name: str, events: Sequence[AdverseEvent], history: History) -> str:
    """`Rash (in our notes: “red spots”), in July 2017`; of several the latest, and how many."""
    latest = events[0]
    noted = latest.verbatim.strip()
    words = capitalised(name.strip())
    if not _stems(noted) <= _stems(name):
        words = _("{complaint} (in our notes: “{words}”)").format(complaint=words, words=noted)
    words = _explained(words)
    when = _when(latest, history)
    if len(events) > 1:
        several = ngettext("{n} time, the last {when}", "{n} times, the last {when}", len(events))
        when = several.format(n=len(events), when=when)
    return f"{words}, {when}"


def _stems(words: str) -> set[str]:
    """By which `feels sick` says no more than `feeling sick`."""
    return {word[:STEM] for word in re.findall(r"\w+", words.casefold())}


def _explained(words: str) -> str:
    """`Plaque (a raised, firm patch) on the cheek`: where a term of the clinic first stands."""
    for term, meaning in EXPLAINED.items():
        told = rf"\g<0> ({_(meaning)})"
        words = re.sub(rf"\b{term}\b", told, words, count=1, flags=re.IGNORECASE)
    return words


def _when(event: AdverseEvent, history: History) -> str:
    """Nothing is called over, or still there, that nobody entered as such."""
    if event.resolved:
        when = period(event.onset, event.resolved)
    elif event.is_open(history.known_until) and event.outcome is not Outcome.UNKNOWN:
        return _("since {date}").format(date=long_words(event.onset))
    else:
        when = at(event.onset)
    if event.outcome is Outcome.RESOLVED_WITH_SEQUELAE:
        return _("{when}; something of it has stayed").format(when=when)
    return when
