"""The words by which people name a place of the body, to tell them from what else they write."""

import re
from functools import cache, partial

from models.words import N_, _

PLACES = N_(
    "abdomen abdominal acral adrenal ankle ankles antecubital anterior arm armpit arms axilla "
    "axillae axillary back beard belly bilateral bladder blood body bone bowel brain breast "
    "breasts bridge brow buttock buttocks calf calves central cervical cheek cheekbone cheeks "
    "chest chin clavicle colon crown distal dorsal dorsum ear ears elbow elbows epigastric eye "
    "eyebrow eyelid eyelids face facial femoral finger fingers flank flanks fold foot feet "
    "forearm forearms forehead fossa frontal gastric genital genitalia gluteal groin groins hair "
    "hairline hand hands head heel helix hepatic hilar hip iliac inferior infraclavicular "
    "inguinal inner intestine jaw kidney kidneys knee knees larynx lateral left leg legs limb "
    "limbs line lip lips liver lobe lower lumbar lung lungs lymph mandible marrow medial "
    "mediastinal mediastinum mesenteric midline mouth nail nails nape nasal neck node nodes nose "
    "nostril occipital oesophagus oral orbit outer ovary palm palms pancreas para-aortic parietal "
    "parotid pectoral pelvic pelvis perianal perioral periorbital plantar pleura popliteal "
    "posterior preauricular presternal proximal pubic retroauricular retroperitoneal rib ribs "
    "right root sacral scalp scapula shin shins shoulder shoulders side skin skull sole soles "
    "spleen splenic sternum stomach submandibular submental superior supraclavicular temple "
    "temples temporal testis thigh thighs thorax throat thumb thyroid tip toe toes tongue tonsil "
    "tonsils trunk umbilicus upper vertebra vertex vulva waist web whole wrist wrists zygomatic "
    "area areas region front"
)
"""Parts of the body, its organs and lymph nodes, and where on them."""

BETWEEN = N_("a and at behind below above both in near of on the under")
"""Words that may stand between them and tell nothing alone."""


def site_words(text: str) -> str:
    """What of a text names a place of the body: `left cheek, by Dr Weber` as `left cheek`."""
    kept = [word for word in _words(text) if _in(PLACES, word) or _in(BETWEEN, word)]
    telling = [place for place, word in enumerate(kept) if _in(PLACES, word)]
    return " ".join(kept[telling[0] : telling[-1] + 1]) if telling else ""


def is_site(text: str) -> bool:
    """Whether every word of a text belongs to the name of a place of the body."""
    return all(_in(PLACES, word) or _in(BETWEEN, word) for word in _words(text))


_words = partial(re.findall, r"\w+(?:-\w+)*")


def _in(known: str, word: str) -> bool:
    """In English or in the clinic's language."""
    return word.casefold() in _each(known) | _each(_(known))


@cache
def _each(words: str) -> frozenset[str]:
    return frozenset(words.casefold().split())
