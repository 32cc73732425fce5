"""docs/roles.md: written from what the code says, and nothing in the code says nothing."""

from models.store.clinic import Clinic
from tests import roles_document
from tests.roles_document import BY_KIND, EXCEPTIONS, FACETS, actions, members


def test_the_document_is_the_roles_as_they_are() -> None:
    assert roles_document.DOCUMENT.read_text(encoding="utf-8") == roles_document.document(), (
        "run `make rules`"
    )


def test_every_action_says_what_it_needs_or_why_it_needs_nothing() -> None:
    offered = {name for name, _member in members()}
    assert offered - actions().keys() - BY_KIND == EXCEPTIONS.keys()
    assert offered >= BY_KIND


def test_every_facet_of_the_clinic_is_in_the_matrix(clinic: Clinic) -> None:
    """Whatever hangs on the clinic and acts in its sitting."""
    hanging = {
        name: type(part)
        for name, part in vars(clinic).items()
        if getattr(part, "sitting", None) is clinic.sitting
    }
    assert hanging == {name: kind for name, kind in FACETS.items() if name}
