"""What patients and nurses say for a CTCAE term, and the terms that fit what they said.

A convenience, not a clinical rule: it proposes, and a person decides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum, auto
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from models.ctcae import names_of
from models.folding import searched_words, words_of
from models.words import N_, _

SHORTEST_MISSPELT, SHORTEST_PLURAL = 5, 4

SAID_FOR: dict[str, str] = {
    "Rash maculo-papular": N_(
        "rash; itchy rash; red rash; spots; red spots; itchy red spots; red patches; blotches; "
        "bumps; skin eruption; drug eruption; drug rash"
    ),
    "Skin and subcutaneous tissue disorders - Other, specify": N_(
        "skin problem; skin change; skin lesion; plaque; lump in the skin"
    ),
    "Infusion related reaction": N_(
        "infusion reaction; reaction to the infusion; reaction to the drip"
    ),
    "Pruritus": N_("itch; itchy; itching; itchy skin; scratching"),
    "Erythroderma": N_("red all over; red skin all over; whole skin red"),
    "Alopecia": N_("hair loss; losing hair; hair falls out; hair falling out; thin hair; bald"),
    "Eczema": N_("weeping skin; atopic dermatitis"),
    "Eczematous dermatitis": N_("eczema; weeping skin"),
    "Lichenoid dermatitis": N_("lichenoid rash; lichen planus; purple bumps"),
    "Dermatitis psoriasiform": N_("psoriasis; rash like psoriasis; silvery scales"),
    "Exfoliative dermatitis": N_("peeling skin; skin peels; shedding skin"),
    "Pustular drug eruption": N_("pustules; pus spots; AGEP"),
    "Papulovesicular rash": N_("small blisters; bumps and blisters; vesicles"),
    "Rash acneiform": N_("acne; rash like acne; pimples"),
    "Papulopustular rash": N_("pustules; pus spots; pimples with pus"),
    "Photosensitivity": N_("sunburn; sun rash; sun allergy; burns easily in the sun"),
    "Urticaria": N_("hives; nettle rash; wheals; welts"),
    "Dry skin": N_("rough skin; flaky skin; scaly skin; peeling skin; cracked skin; chapped hands"),
    "Skin hypopigmentation": N_("pale patches; white patches; loss of colour; vitiligo"),
    "Skin ulceration": N_("skin ulcer; open sore; open wound"),
    "Pain of skin": N_("skin pain; sore skin; burning skin; tender skin; skin hurts"),
    "Erythema multiforme": N_("target spots; target lesions; bull's eye spots"),
    "Bullous dermatitis": N_("blisters; blistering; pemphigoid"),
    "Dermatosis bullous": N_("blisters; blistering; pemphigoid"),
    "Stevens-Johnson syndrome": N_("SJS; blisters of skin and mouth"),
    "Toxic epidermal necrolysis": N_("Lyell syndrome; scalded skin"),
    "Fatigue": N_("tired; tiredness; exhausted; no energy; worn out; weary; no strength; lethargy"),
    "Fever": N_("high temperature; temperature; hot; feverish; pyrexia"),
    "Chills": N_("shivers; shivering; shaking; shakes; rigors; rigours; feeling cold"),
    "Edema limbs": N_(
        "swollen legs; swollen ankles; swollen feet; swollen arms; swelling of the legs; "
        "water in the legs; oedema"
    ),
    "Peripheral edema": N_(
        "swollen legs; swollen ankles; swollen feet; swollen arms; swelling of the legs; "
        "water in the legs; oedema"
    ),
    "Edema face": N_("swollen face; swelling of the face; puffy face; swollen eyelids"),
    "Diarrhea": N_("loose stools; watery stools; loose motions; the runs; diarrhoea"),
    "Nausea": N_("sick; feeling sick; queasy; nauseous"),
    "Vomiting": N_("being sick; throwing up; threw up"),
    "Constipation": N_("constipated; hard stools; no bowel movement"),
    "Mucositis oral": N_("sore mouth; mouth sores; mouth ulcers; stomatitis; canker sores"),
    "Colitis": N_("inflamed bowel; bowel inflammation"),
    "Headache": N_("sore head; head hurts; head aches; pain in the head"),
    "Dizziness": N_("dizzy; giddy; light-headed; unsteady; head spins"),
    "Guillain-Barre syndrome": N_("GBS; ascending paralysis"),
    "Myasthenia gravis": N_("muscle weakness"),
    "Myalgia": N_("muscle pain; aching muscles; sore muscles; muscles hurt; muscle aches"),
    "Arthralgia": N_("joint pain; aching joints; painful joints; joints hurt; sore joints"),
    "Arthritis": N_("swollen joints; inflamed joints; stiff joints"),
    "Myositis": N_("inflamed muscles; muscle weakness"),
    "Rhabdomyolysis": N_("muscle breakdown"),
    "Upper respiratory infection": N_(
        "a cold; common cold; head cold; runny nose; blocked nose; sneezing; sore throat; sinusitis"
    ),
    "Lung infection": N_("chest infection; pneumonia"),
    "Pneumonia": N_("chest infection; lung infection"),
    "Skin infection": N_("infected skin; infected wound; cellulitis; erysipelas; impetigo; boil"),
    "Folliculitis": N_("inflamed hair roots; pimples around hairs"),
    "Urinary tract infection": N_(
        "UTI; bladder infection; cystitis; water infection; burning urine"
    ),
    "Sepsis": N_("blood poisoning; septicaemia"),
    "Shingles": N_("herpes zoster; zoster"),
    "Herpes simplex reactivation": N_("cold sore; fever blister; lip herpes; genital herpes"),
    "Cytomegalovirus infection reactivation": N_("CMV"),
    "Epstein-Barr virus infection reactivation": N_("EBV; glandular fever; mononucleosis"),
    "Hepatitis B reactivation": N_("HBV"),
    "Hepatitis viral": N_("viral hepatitis; hepatitis C; liver virus"),
    "Hepatitis": N_("liver inflammation; inflamed liver"),
    "Hepatic failure": N_("liver failure"),
    "Alanine aminotransferase increased": N_("ALT; GPT; liver values; liver enzymes"),
    "Aspartate aminotransferase increased": N_("AST; GOT; liver values; liver enzymes"),
    "Blood bilirubin increased": N_("jaundice; yellow eyes; yellow skin; high bilirubin"),
    "Creatinine increased": N_("kidney values; high creatinine"),
    "CPK increased": N_("CK; creatine kinase; muscle enzyme"),
    "Blood lactate dehydrogenase increased": N_("LDH; high LDH"),
    "Lymphocyte count decreased": N_("low lymphocytes; lymphopenia"),
    "Lymphopenia": N_("low lymphocytes; lymphocyte count decreased"),
    "CD4 lymphocytes decreased": N_("low CD4; low helper cells"),
    "Neutrophil count decreased": N_("low neutrophils; neutropenia"),
    "Febrile neutropenia": N_("neutropenic fever; fever with low neutrophils"),
    "White blood cell decreased": N_("low white cells; low WBC; leukopenia; leucopenia"),
    "Platelet count decreased": N_("low platelets; thrombocytopenia"),
    "Thrombocytopenia": N_("low platelets; platelet count decreased"),
    "Anemia": N_("anaemia; low haemoglobin; low blood count"),
    "Eosinophilia": N_("high eosinophils"),
    "Anorexia": N_("no appetite; loss of appetite; poor appetite; not hungry; off food"),
    "Hypothyroidism": N_("underactive thyroid; high TSH"),
    "Hyperthyroidism": N_("overactive thyroid; low TSH"),
    "Thyroiditis": N_("inflamed thyroid; painful thyroid"),
    "Cough": N_("coughing; dry cough; tickle in the throat"),
    "Dyspnea": N_("short of breath; shortness of breath; breathless; out of breath; dyspnoea"),
    "Pneumonitis": N_("inflamed lungs; interstitial lung disease"),
    "Myocarditis": N_("inflamed heart; inflammation of the heart"),
    "Glomerulonephritis": N_("inflamed kidneys; nephritis"),
    "Acute kidney injury": N_("kidney failure; renal failure; AKI"),
    "Tumor lysis syndrome": N_("tumour breakdown; TLS"),
    "Allergic reaction": N_("allergy; allergic; drug allergy"),
    "Anaphylaxis": N_("allergic shock; anaphylactic shock"),
    "Cytokine release syndrome": N_("CRS; cytokine storm"),
    "Autoimmune disorder": N_("autoimmune disease; immune system attacks the body"),
    "Graft versus host disease": N_("GVHD; graft attacks the body"),
}

BESIDE = N_(
    "a about after again all an and ankle are arm around at back because been before belly both "
    "but by cheek cheekbone chest chin day dose drip during ear elbow face feel feeling feet few "
    "finger foot for forehead from got had hand has have he her his hour i in infusion into is it "
    "knee last left leg little lots lower mild moderate month morning my neck new night now of on "
    "over quite right s scalp severe she shoulder side since slight slightly so some still than "
    "that the their them then they thigh this time to today toe treatment trunk upper very was "
    "week when while with worse wrist yesterday"
)
"""Words that need not be found: where, since when, how much."""


class Level(IntEnum):
    """How well a term fits, the best first."""

    SAME = auto()
    SAME_BUT_FOR_BESIDE = auto()
    BEGINS = auto()
    HAS_EVERY_WORD = auto()


class Phrase(NamedTuple):
    """A name or what is said for it; `words`: in the singular; `found_by`: as they are found."""

    text: str
    words: tuple[str, ...]
    found_by: tuple[str, ...]


class Said(NamedTuple):
    """What was typed: all its words, and those that must be found."""

    words: tuple[str, ...]
    needed: tuple[str, ...]


class Fit(NamedTuple):
    """A term that fits, and the phrase that fits best; `beside`: how many other words do."""

    level: Level
    beside: int
    term: str
    by: str


Begins = Callable[[str, str], bool]


def proposed_terms(words: str, version: str | None) -> tuple[str, ...]:
    """The terms of a version that fit what was said, best first; all of them for no words.

    Every word must be the beginning of a word of the term or of what is said for it. Places, times
    and the like ("on both arms since yesterday") need not be, they only help to order. Case,
    accents, plural and British or American spelling do not matter. Where nothing fits, one typing
    error, but for the first letter, is forgiven in each word of five letters or more.
    """
    return tuple(fit.term for fit in _fits(_said(words), names_of(version)))


def unmistakable(words: str, version: str | None) -> str | None:
    """The term where only one fits, or one alone is exactly what was said."""
    said = _said(words)
    fits = _fits(said, names_of(version)) if said.words else []
    if not fits:
        return None
    best = fits[0]
    as_good = [fit for fit in fits if fit.level is best.level]
    exact = best.level <= Level.SAME_BUT_FOR_BESIDE
    return best.term if len(fits) == 1 or (exact and len(as_good) == 1) else None


def said_for(term: str, words: str) -> str:
    """What is said for the term and fits these words best; empty where its name does."""
    return next((fit.by for fit in _fits(_said(words), (term,)) if fit.by != term), "")


def _fits(said: Said, names: Sequence[str]) -> list[Fit]:
    for begins in (_begins, _begins_nearly):
        fits = [fit for name in names if (fit := _fit(name, said, begins))]
        if fits:
            return sorted(fits, key=lambda fit: (fit.level, -fit.beside))
    return []


def _fit(term: str, said: Said, begins: Begins) -> Fit | None:
    phrases = _phrases(term, _(SAID_FOR.get(term, "")))
    known = {word for phrase in phrases for word in phrase.found_by}
    found = {typed for typed in said.words if any(begins(typed, word) for word in known)}
    if not found.issuperset(said.needed):
        return None
    level, _missing, text = min(
        ((_level(phrase, said), _lacking(phrase, said, begins), phrase.text) for phrase in phrases),
        key=itemgetter(0, 1),
    )
    return Fit(level, len(found), term, text)


def _level(phrase: Phrase, said: Said) -> Level:
    if phrase.words == said.words:
        return Level.SAME
    if phrase.words == said.needed:
        return Level.SAME_BUT_FOR_BESIDE
    if " ".join(phrase.words).startswith(" ".join(said.needed)):
        return Level.BEGINS
    return Level.HAS_EVERY_WORD


def _lacking(phrase: Phrase, said: Said, begins: Begins) -> int:
    """How many of the words are not of this phrase."""
    return sum(not any(begins(typed, word) for word in phrase.found_by) for typed in said.needed)


def _begins(typed: str, word: str) -> bool:
    return word.startswith(typed)


def _begins_nearly(typed: str, word: str) -> bool:
    """But for one letter after the first: another, too many or missing, or two swapped."""
    if word.startswith(typed):
        return True
    if len(typed) < SHORTEST_MISSPELT or typed[0] != word[0]:
        return False
    pairs = enumerate(zip(typed, word, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(word)))
    rest, other = typed[same:], word[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return other.startswith((rest[1:], rest, swapped)) or other[1:].startswith((rest[1:], rest))


def _said(words: str) -> Said:
    typed = tuple(_singular(word) for word in _spelt(words_of(words)) if not word.isdecimal())
    needed = tuple(word for word in typed if word not in _words_beside(_(BESIDE)))
    return Said(typed, needed or typed)


@cache
def _phrases(term: str, said: str) -> tuple[Phrase, ...]:
    texts = [term, *(text.strip() for text in said.split(";") if text.strip())]
    return tuple(
        Phrase(
            text,
            tuple(map(_singular, _spelt(words_of(text)))),
            tuple(_spelt(searched_words(text))),
        )
        for text in texts
    )


@cache
def _words_beside(words: str) -> frozenset[str]:
    return frozenset(map(_singular, _spelt(words_of(words))))


def _spelt(words: Iterable[str]) -> Iterator[str]:
    """British spelling as American: `anaemia`, `oedema`, `tumour`."""
    return (word.replace("ae", "e").replace("oe", "e").replace("our", "or") for word in words)


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes")) else word.removesuffix("s")
