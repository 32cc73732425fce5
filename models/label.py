"""What mogamulizumab's label says to do about an adverse event, as information."""

from dataclasses import dataclass

from models.ctcae import CtcaeVersion, canonical
from models.rules import Standing, rule
from models.values import Choice, Grade
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
AUTOIMMUNE = {
    "Myocarditis": Grade.MILD,
    "Myositis": Grade.MILD,
    "Hepatitis": Grade.MILD,
    "Pneumonitis": Grade.MILD,
    "Guillain-Barre syndrome": Grade.MILD,
    "Glomerulonephritis": Grade.MILD,
    "Autoimmune disorder": Grade.MILD,
    "Alanine aminotransferase increased": Grade.SEVERE,
    "Aspartate aminotransferase increased": Grade.SEVERE,
    "Hypothyroidism": Grade.SEVERE,
}
"""From which grade on an event counts as an autoimmune complication."""


class Step(Choice):
    """What a label asks for before the next infusion."""

    GO_ON = N_("continue")
    INTERRUPT = N_("interrupt")
    DECIDE = N_("interrupt or stop for good, as fits")
    STOP = N_("stop for good")


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
    """What the labels say, for a clinician to weigh; `caveat`: about the coding, or empty.

    `step`: what the strictest of them asks for before the next infusion.
    """

    said: tuple[Said, ...]
    caveat: str = ""
    step: Step = Step.GO_ON

    @property
    def words(self) -> str:
        """What each label says; information, never an order."""
        return " ".join(each.words for each in self.said)

    @property
    def sources(self) -> str:
        """Who says it: `EU SmPC`."""
        return "; ".join(dict.fromkeys(each.source for each in self.said))


@rule(N_("What the label says of an adverse event"), f"{US}; {EU}", Standing.DERIVED)
def advice(
    term: str, grade: Grade, version: CtcaeVersion, *, by_mogamulizumab: bool
) -> Advice | None:
    """The labels speak of rash, infusion reactions and autoimmune complications, CTCAE of single
    terms. As a rash count: rash
    maculo-papular, acneiform, pustular, papulopustular and papulovesicular, eczema, erythroderma,
    erythema multiforme, photosensitivity, pustular drug eruption, and bullous, exfoliative,
    eczematous, lichenoid and psoriasiform dermatitis (bullous dermatitis is dermatosis bullous in
    CTCAE 6.0); "Skin and subcutaneous tissue disorders -
    Other, specify" only where it is attributed to mogamulizumab. Stevens-Johnson syndrome, toxic
    epidermal necrolysis, infusion related reaction and anaphylaxis count by their own terms; for
    autoimmune complications there is a rule of its own. For every other term, and for grade 5,
    nothing is said.

    In CTCAE 5.0 rash maculo-papular has no grade 4: a life-threatening rash is coded by another
    term, such as bullous dermatitis or erythroderma.
    """
    term = canonical(term)
    if grade is Grade.DEATH:
        return None
    if term in NECROLYSES:
        return Advice(necrolysis_advice(), step=Step.STOP)
    if term in RASHES or (term == SKIN_OTHER and by_mogamulizumab):
        return Advice(rash_advice(grade), _caveat(term, grade, version), _step_of_rash(grade))
    if term == REACTION:
        stops = grade > Grade.SEVERE
        return Advice(reaction_advice(grade), step=Step.STOP if stops else Step.GO_ON)
    if term == ANAPHYLAXIS:
        return Advice(anaphylaxis_advice(), step=Step.STOP)
    return Advice(autoimmune_advice(), step=Step.DECIDE) if is_autoimmune(term, grade) else None


def _step_of_rash(grade: Grade) -> Step:
    if grade is Grade.MILD:
        return Step.GO_ON
    return Step.STOP if grade > Grade.SEVERE else Step.INTERRUPT


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


@rule(N_("Autoimmune complications of mogamulizumab"), US)
def autoimmune_advice() -> tuple[Said, ...]:
    """Where an autoimmune complication is suspected: interrupt, or stop for good, as fits."""
    return (
        Said(US, N_("Autoimmune complication suspected: interrupt or stop for good, as fits.")),
    )


@rule(N_("What counts as autoimmune complication"), US, Standing.UNVERIFIED)
def is_autoimmune(term: str, grade: Grade) -> bool:
    """As autoimmune complications of mogamulizumab count: myocarditis, myositis, hepatitis,
    pneumonitis, Guillain-Barré syndrome, glomerulonephritis and autoimmune disorder of any grade,
    and hypothyroidism from grade 3 on. CTCAE 5.0 has no term for hepatitis: raised ALT or AST count
    from grade 3 on. Read in a copy of the label are myocarditis, hepatitis, Guillain-Barré syndrome
    and hypothyroidism; the others are from memory, the grades are proposed for this program.
    """
    least = AUTOIMMUNE.get(canonical(term))
    return least is not None and grade >= least


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
