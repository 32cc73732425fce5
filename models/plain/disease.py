"""The illness in a few sentences; stage and outlook are for the doctor to speak of."""

from models.diagnosis import Diagnosis, Disease
from models.history import History
from models.plain.passage import Passage, ask_your_doctor, at
from models.rules import Standing, rule
from models.words import N_, _

IN_THE_SKIN = N_(
    "It is a rare lymphoma of the skin. A lymphoma is a kind of cancer of white blood cells: "
    "here certain ones, called T cells, multiply in the skin although they should not."
)
NOT_CATCHING = N_("You cannot pass it on to others.")
ASK = N_("Ask us what this means for you.")
NAMES = {
    Disease.PERIPHERAL_T_CELL: N_("peripheral T-cell lymphoma of the skin"),
    Disease.ANAPLASTIC_LARGE_CELL: N_("anaplastic large cell lymphoma of the skin"),
    Disease.PANNICULITIS_LIKE: N_("T-cell lymphoma of the fatty tissue under the skin"),
    Disease.OTHER: N_("T-cell lymphoma of the skin"),
}
OF_THEIR_OWN = {
    Disease.SEZARY_SYNDROME: N_(
        "It is a rare lymphoma, a kind of cancer of white blood cells: certain ones, called "
        "T cells, multiply in the skin and in the blood although they should not."
    ),
    Disease.LYMPHOMATOID_PAPULOSIS: N_(
        "Small bumps in the skin come and go again by themselves. They are caused by certain "
        "white blood cells, called T cells."
    ),
    Disease.PANNICULITIS_LIKE: N_(
        "It is a rare lymphoma, a kind of cancer of white blood cells: certain ones, called "
        "T cells, multiply in the fatty tissue under the skin although they should not."
    ),
    Disease.ADULT_T_CELL_LEUKAEMIA: N_(
        "It is a rare cancer of certain white blood cells, called T cells: they multiply in the "
        "blood, the lymph nodes or the skin although they should not."
    ),
}


def illness(history: History) -> list[Passage]:
    """What it is called, what it is, and since when it is known."""
    found = next(iter(history.of(Diagnosis)), None)
    if found is None:
        return [Passage(_("No diagnosis has been entered here yet.") + " " + ask_your_doctor())]
    name = _(NAMES.get(found.disease, found.disease.value))
    called = _("Your illness is called {disease}.").format(disease=name)
    made = _("The diagnosis was made {when}.").format(when=at(found.date))
    return [Passage(" ".join([called, *what_it_is(found.disease), made]))]


@rule(N_("The illness in plain words"), "WHO-EORTC (Willemze, Blood 2019)", Standing.UNVERIFIED)
def what_it_is(disease: Disease) -> list[str]:
    """A patient reads of mycosis fungoides and its variants: a rare lymphoma of the skin, a kind of
    cancer of white blood cells, in which T cells multiply in the skin although they should not. Of
    Sézary syndrome: in the skin and in the blood. Of panniculitis-like lymphoma: in the fatty
    tissue under the skin. Of adult T-cell leukaemia: a rare cancer of T cells, in the blood, the
    lymph nodes or the skin. Of lymphomatoid papulosis, which is not called a cancer: small bumps
    that come and go. Of every one but adult T-cell leukaemia, which a virus brings: it cannot be
    passed on. Whoever reads of a cancer is asked to talk with the clinic about what it means.
    Nothing is said of the stage or the outlook.
    """
    told = [_(OF_THEIR_OWN.get(disease, IN_THE_SKIN))]
    told += [_(NOT_CATCHING)] if disease is not Disease.ADULT_T_CELL_LEUKAEMIA else []
    return told + ([_(ASK)] if disease is not Disease.LYMPHOMATOID_PAPULOSIS else [])
