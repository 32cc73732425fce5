"""The catalogue of therapies: names and categories, without doses.

Categories follow "How I treat mycosis fungoides and Sézary syndrome" (Blood 2016) and EORTC 2023.
A clinic adds its own, which hold while it is open. A regimen may also hold a drug that is not
listed here.
"""

from collections.abc import Iterable, Mapping

from models.in_force import InForce
from models.values import Choice
from models.words import N_


class Category(Choice):
    SYSTEMIC = N_("systemic")
    SKIN_DIRECTED = N_("skin-directed")
    RADIATION = N_("radiation")
    TRANSPLANT = N_("transplant")
    SUPPORTIVE = N_("supportive")


MOGAMULIZUMAB = "mogamulizumab"
ALLOGENEIC, AUTOLOGOUS = "allogeneic stem cell transplant", "autologous stem cell transplant"

CATALOGUE: dict[Category, tuple[str, ...]] = {
    Category.SYSTEMIC: (
        MOGAMULIZUMAB,
        "vorinostat",
        "romidepsin",
        "brentuximab vedotin",
        "alemtuzumab",
        "pembrolizumab",
        "denileukin diftitox",
        "bexarotene",
        "acitretin",
        "interferon alfa",
        "interferon gamma",
        "methotrexate",
        "pralatrexate",
        "gemcitabine",
        "oxaliplatin",
        "pegylated liposomal doxorubicin",
        "chlorambucil",
        "prednisone",
        "CHOP",
        "bendamustine",
        "fludarabine",
        "extracorporeal photopheresis",
        "investigational agent",
    ),
    Category.RADIATION: ("total skin electron beam therapy", "local radiotherapy"),
    Category.TRANSPLANT: (ALLOGENEIC, AUTOLOGOUS),
    Category.SKIN_DIRECTED: (
        "topical corticosteroid",
        "chlormethine gel",
        "carmustine topical",
        "bexarotene gel",
        "imiquimod",
        "topical calcineurin inhibitor",
        "NB-UVB",
        "PUVA",
        "UVA1",
        "photodynamic therapy",
    ),
    Category.SUPPORTIVE: (
        "systemic corticosteroid",
        "antihistamine",
        "gabapentin",
        "naltrexone",
        "aprepitant",
        "mirtazapine",
        "aciclovir prophylaxis",
        "cotrimoxazole prophylaxis",
    ),
}

NAMES: tuple[str, ...] = tuple(name for names in CATALOGUE.values() for name in names)

SHORT_NAMES = {
    "extracorporeal photopheresis": "ECP",
    "total skin electron beam therapy": "TSEBT",
    "allogeneic stem cell transplant": "allo-SCT",
    "autologous stem cell transplant": "auto-SCT",
    "pegylated liposomal doxorubicin": "PLD",
    "local radiotherapy": "RT",
    "photodynamic therapy": "PDT",
}

_CATEGORIES = {
    each.casefold(): category
    for category, names in CATALOGUE.items()
    for name in names
    for each in (name, SHORT_NAMES.get(name, name))
}


_NAMES = {each.casefold(): name for name in NAMES for each in (name, SHORT_NAMES.get(name, name))}


_OWN: InForce[Mapping[str, Category]] = InForce({})


def hold(owner: object, own: Mapping[str, Category]) -> None:
    """From now on the drugs that a clinic added, by name, stand beside those listed here."""
    _OWN.hold(owner, own)


def let_go(owner: object) -> None:
    """The clinic is closed: its own drugs are no longer known."""
    _OWN.let_go(owner)


def own() -> Mapping[str, Category]:
    """The drugs that the clinic added."""
    return _OWN.now


def names() -> tuple[str, ...]:
    """Those listed here, then the clinic's own."""
    return (*NAMES, *own())


def is_listed(name: str) -> bool:
    """Whether the program itself knows a drug by this name or short name, whatever its case."""
    return name.strip().casefold() in _CATEGORIES


def category_of(regimen: Iterable[str]) -> Category | None:
    """The category that all drugs of a regimen share, by their names or short names."""
    known = {name.casefold(): category for name, category in own().items()} | _CATEGORIES
    found = {known.get(drug) for drug in _parts(regimen)}
    return found.pop() if len(found) == 1 else None


def drugs_of(regimen: Iterable[str]) -> tuple[str, ...]:
    """The drugs of a regimen by their names, each once and in alphabetical order: whatever their
    case and order and by short names, too, the same regimen is told the same. One that is listed
    nowhere is written in small letters.
    """
    known = {name.casefold(): name for name in own()} | _NAMES
    found = {known.get(drug, drug) for drug in _parts(regimen)}
    return tuple(sorted(found, key=str.casefold))


def names_drug(regimen: Iterable[str], drug: str) -> bool:
    """Whether a regimen names a drug that is listed here, however it was typed."""
    return drug in map(_NAMES.get, _parts(regimen))


def _parts(regimen: Iterable[str]) -> set[str]:
    """In small letters; one entry may name several drugs with a plus between them."""
    drugs = (part.strip().casefold() for drug in regimen for part in drug.split("+"))
    return {drug for drug in drugs if drug}


def short_name(drug: str) -> str:
    """The name as it is said in the clinic: `ECP`; otherwise the name itself."""
    return SHORT_NAMES.get(drug, drug)
