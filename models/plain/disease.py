"""The illness in a few sentences; stage and outlook are for the doctor to speak of."""

from models.diagnosis import Diagnosis, Disease
from models.history import History
from models.plain.passage import Passage, ask_your_doctor, at
from models.rules import Standing, rule
from models.words import N_, _

IN_THE_SKIN = N_(
    "It is a rare lymphoma of the skin: certain white blood cells, called T cells, multiply in "
    "the skin although they should not."
)
NOT_CATCHING = N_("You cannot pass it on to others.")
NAMES = {
    Disease.PERIPHERAL_T_CELL: N_("peripheral T-cell lymphoma of the skin"),
    Disease.ANAPLASTIC_LARGE_CELL: N_("anaplastic large cell lymphoma of the skin"),
    Disease.PANNICULITIS_LIKE: N_("T-cell lymphoma of the fatty tissue under the skin"),
    Disease.OTHER: N_("T-cell lymphoma of the skin"),
}
OF_THEIR_OWN = {
    Disease.SEZARY_SYNDROME: N_(
        "It is a rare lymphoma: certain white blood cells, called T cells, multiply in the skin "
        "and in the blood although they should not."
    ),
    Disease.LYMPHOMATOID_PAPULOSIS: N_(
        "Small bumps in the skin come and go again by themselves. They are caused by certain "
        "white blood cells, called T cells."
    ),
    Disease.PANNICULITIS_LIKE: N_(
        "It is a rare lymphoma: certain white blood cells, called T cells, multiply in the fatty "
        "tissue under the skin although they should not."
    ),
    Disease.ADULT_T_CELL_LEUKAEMIA: N_(
        "It is a rare disease of certain white blood cells, called T cells: they multiply in the "
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
    """A patient reads of mycosis fungoides and its variants: a rare lymphoma of the skin, in which
    T cells, certain white blood cells, multiply in the skin although they should not. Of Sézary
    syndrome: in the skin and in the blood. Of lymphomatoid papulosis: small bumps that come and go.
    Of panniculitis-like lymphoma: in the fatty tissue under the skin. Of adult T-cell leukaemia: in
    the blood, the lymph nodes or the skin. Of every one but the last, which a virus brings: it
    cannot be passed on. Nothing is said of the stage or the outlook.
    """
    told = [_(OF_THEIR_OWN.get(disease, IN_THE_SKIN))]
    return told if disease is Disease.ADULT_T_CELL_LEUKAEMIA else [*told, _(NOT_CATCHING)]
