"""Which two photographs are compared unless somebody chooses others."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.attachment import Attachment, AttachmentKind, pair_to_compare
from models.base import build
from tests.models import builders as a

SITES = [None, "back", "Back ", "left cheek"]


def file(date: str, site: str | None = None, kind: str = "photograph") -> Attachment:
    values = {"title": date, "media_type": "image/jpeg", "sha256": "-", "patient": a.PATIENT}
    return build(Attachment, {**values, "date": date, "body_site": site, "kind": kind})


def test_the_site_of_the_chosen_one_counts_and_else_the_site_of_most() -> None:
    cheek = [file("2017-08", "left cheek"), file("2017-07", "Left cheek ")]
    back = [file(year, "back") for year in ("2016", "2015", "2017")]
    files = [*cheek, *back, file("2011"), file("2020", "back", "letter")]
    assert pair_to_compare(files, cheek[0]) == (cheek[1], cheek[0])
    assert pair_to_compare(files) == pair_to_compare(files, files[5]) == (back[1], back[2])


def test_photographs_of_different_sites_are_better_than_none() -> None:
    files = [file("2017", "back"), file("2016", "left cheek"), file("2015")]
    assert pair_to_compare(files) == (files[2], files[0])


@given(
    st.lists(
        st.builds(
            file,
            st.sampled_from(["2014", "2015", "2015-07", "2016-04-25"]),
            st.sampled_from(SITES),
            st.sampled_from([kind.value for kind in AttachmentKind]),
        ),
        max_size=6,
    ),
    st.data(),
)
def test_a_pair_is_two_photographs_in_order(files: list[Any], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from([None, *files]))
    photographs = [each for each in files if each.kind is AttachmentKind.PHOTOGRAPH]
    pair = pair_to_compare(files, chosen)
    assert (pair is not None) == (len(photographs) > 1)
    if pair:
        assert pair[0] is not pair[1]
        assert pair[0].date <= pair[1].date
        assert all(any(each is one for each in photographs) for one in pair)
