"""What mogamulizumab's label says to do about a rash or an infusion reaction, as information."""

from dataclasses import dataclass

from models.ctcae import CtcaeVersion, canonical
from models.rules import Standing, rule
from models.values import Grade
from models.words import N_, _

US, EU = "US PI 2018", "EU SmPC"
SKIN_OTHER = "Skin and subcutaneous tissue disorders - Other, specify"
MACULO_PAPULAR = "Rash maculo-papular"

RASHES = frozenset(
    {
        MACULO_PAPULAR,
        "Bullous dermatitis",
        "Dermatosis bullous",
        "Dermatitis psoriasiform",
        "Eczema",
        "Eczematous dermatitis",
        "Erythema multiforme",
        "Erythroderma",
        "Exfoliative dermatitis",
        "Lichenoid dermatitis",
        "Papulopustular rash",
        "Papulovesicular rash",
        "Photosensitivity",
        "Pustular drug eruption",
        "Rash acneiform",
        "Rash pustular",
    }
)
NECROLYSES = frozenset({"Stevens-Johnson syndrome", "Toxic epidermal necrolysis"})
REACTION, ANAPHYLAXIS = "Infusion related reaction", "Anaphylaxis"


@dataclass(frozen=True, slots=True)
class Said:
    """What one label says."""

    source: str
    text: str

    @property
    def words(self) -> str:
        return f"{self.source}: {_(self.text)}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What the labels say, for a clinician to weigh; `caveat`: about the coding, or empty."""

    said: tuple[Said, ...]
    caveat: str = ""


@rule(N_("What the label says of an adverse event"), f"{US}; {EU}", Standing.DERIVED)
def advice(
    term: str, grade: Grade, version: CtcaeVersion, *, by_mogamulizumab: bool
) -> Advice | None:
    """The labels speak of rash and infusion reactions, CTCAE of single terms. As a rash count: rash
    maculo-papular, acneiform, pustular, papulopustular and papulovesicular, eczema, erythroderma,
    erythema multiforme, photosensitivity, pustular drug eruption, and bullous, exfoliative,
    eczematous, lichenoid and psoriasiform dermatitis (bullous dermatitis is dermatosis bullous in
    CTCAE 6.0); "Skin and subcutaneous tissue disorders -
    Other, specify" only where it is attributed to mogamulizumab. Stevens-Johnson syndrome, toxic
    epidermal necrolysis, infusion related reaction and anaphylaxis count by their own terms. For
    every other term, and for grade 5, nothing is said.

    In CTCAE 5.0 rash maculo-papular has no grade 4: a life-threatening rash is coded by another
    term, such as bullous dermatitis or erythroderma.
    """
    term = canonical(term)
    if grade is Grade.DEATH:
        return None
    if term in NECROLYSES:
        return Advice(necrolysis_advice())
    if term in RASHES or (term == SKIN_OTHER and by_mogamulizumab):
        return Advice(rash_advice(grade), _caveat(term, grade, version))
    if term == REACTION:
        return Advice(reaction_advice(grade))
    return Advice(anaphylaxis_advice()) if term == ANAPHYLAXIS else None


@rule(N_("Rash under mogamulizumab"), f"{US}; {EU}")
def rash_advice(grade: Grade) -> tuple[Said, ...]:
    """Grade 1: continue; consider a topical corticosteroid (US). Grade 2 or 3: interrupt, and
    resume at grade 1 or less; US: after at least two weeks of a topical corticosteroid, EU: after
    treating the rash. Grade 4: stop for good. Any suspicion of Stevens-Johnson syndrome or toxic
    epidermal necrolysis: stop.
    """
    if grade is Grade.MILD:
        return (Said(US, N_("Continue. Consider a topical corticosteroid.")),)
    if grade in {Grade.MODERATE, Grade.SEVERE}:
        return (
            Said(
                US,
                N_(
                    "Interrupt. Topical corticosteroid for at least 2 weeks. "
                    "Resume at grade 1 or less."
                ),
            ),
            Said(EU, N_("Interrupt and treat until grade 1 or less.")),
        )
    return (Said(f"{US}; {EU}", N_("Stop for good.")),)


@rule(N_("Stevens-Johnson syndrome and toxic epidermal necrolysis"), f"{US}; {EU}")
def necrolysis_advice() -> tuple[Said, ...]:
    """Of any grade: stop for good. While it is only suspected: stop, and restart only where it has
    been excluded and the rash is of grade 1 or less.
    """
    return (
        Said(
            f"{US}; {EU}",
            N_(
                "Stop for good. While only suspected: stop, and restart only if it is excluded "
                "and the rash is of grade 1 or less."
            ),
        ),
    )


@rule(N_("Infusion reaction to mogamulizumab"), f"{US}; {EU}")
def reaction_advice(grade: Grade) -> tuple[Said, ...]:
    """Grade 1 to 3: interrupt the infusion and treat; restart at no more than half the rate. If it
    comes back and cannot be managed, stop that infusion. Premedicate later infusions: US
    diphenhydramine and acetaminophen, EU an antihistamine and an antipyretic. Grade 4: stop for
    good.
    """
    if grade > Grade.SEVERE:
        return (Said(f"{US}; {EU}", N_("Stop for good.")),)
    return (
        Said(
            f"{US}; {EU}",
            N_(
                "Interrupt the infusion and treat. Restart at no more than half the rate. If it "
                "comes back and cannot be managed, stop this infusion."
            ),
        ),
        Said(US, N_("Premedicate later infusions: diphenhydramine and acetaminophen.")),
        Said(EU, N_("Premedicate later infusions: an antihistamine and an antipyretic.")),
    )


@rule(N_("Anaphylaxis to mogamulizumab"), f"{EU} (label)")
def anaphylaxis_advice() -> tuple[Said, ...]:
    """Anaphylaxis of any grade: stop at once and for good (EU). The US text as it was read has no
    sentence of its own about anaphylaxis.
    """
    return (Said(EU, N_("Stop at once and for good.")),)


@rule(N_("Premedication before mogamulizumab"), f"{US}; {EU}")
def premedication_advice(*, first: bool, had_reaction: bool) -> tuple[Said, ...]:
    """Before the first infusion, and before every later one once there has been an infusion
    reaction: US diphenhydramine and acetaminophen, EU an antihistamine and an antipyretic. Before
    other infusions nothing is said.
    """
    if not (first or had_reaction):
        return ()
    return (
        Said(US, N_("Premedicate: diphenhydramine and acetaminophen.")),
        Said(EU, N_("Premedicate: an antihistamine and an antipyretic.")),
    )


def _caveat(term: str, grade: Grade, version: CtcaeVersion) -> str:
    if term != MACULO_PAPULAR or grade < Grade.SEVERE or version is not CtcaeVersion.V5_0:
        return ""
    return _(
        "CTCAE {version} has no grade 4 for this term: code a life-threatening rash by another, "
        "such as bullous dermatitis or erythroderma."
    ).format(version=version.value)
