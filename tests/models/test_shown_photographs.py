"""Which photographs a page may show: by consent, by period, by site, around a rash."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.attachment import Attachment, site_and_title
from models.shown_photographs import album, in_period, photographs_of, why_not_shown
from tests.models import builders as a

DAY = a.day("2020-04-30")
NONE = "no consent to photographs stands"
WITHDRAWN = "the consent to photographs was withdrawn on 1 Mar 2020"


def consent(given_on: str | None, withdrawn: str | None = None, to: str = "photographs") -> Any:
    return a.consent(given_on, withdrawn=withdrawn, purpose=to)


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ([], NONE),
        ([consent("2015-07-13")], ""),
        ([consent("2020-04-30")], ""),
        ([consent("2020-05-01")], NONE),
        ([consent(None)], NONE),
        ([consent("2015-07-13", to="publication"), consent("2015-07-13", to="care")], NONE),
        ([consent("2015-07-13", "2020-03-01")], WITHDRAWN),
        ([consent("2015-07-13", "2020-05-01")], ""),
        ([consent("2015-07-13"), consent(None, "2020-03-01")], WITHDRAWN),
        ([consent("2015-07-13"), consent("2016-01-01", "2020-03-01")], WITHDRAWN),
        ([consent("2015-07-13", "2020-03-01"), consent("2020-03-02")], ""),
        ([consent("2015-07-13", "2020-03-01", "registry"), consent("2015-07-13")], ""),
    ],
)
def test_a_consent_stands_until_it_is_withdrawn(consents: list[Any], why: str) -> None:
    assert why_not_shown(a.history(*consents), DAY) == why


def test_a_consent_that_was_removed_does_not_count() -> None:
    removed = consent("2015-07-13")
    removed.removed_at = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
    assert why_not_shown(a.history(removed), DAY) == NONE


def photo(date: str, site: str | None = None, **changes: Any) -> Attachment:
    return a.attachment(date, body_site=site, **changes)


@given(
    st.lists(
        st.builds(
            photo,
            st.sampled_from(["2014", "2015-07", "2015-07-20", "2016-04-25"]),
            st.sampled_from([None, "back", " Back", "left  cheek", "Left cheek", "nape"]),
            kind=st.sampled_from(["photograph", "letter"]),
        ),
        max_size=8,
    )
)
def test_every_photograph_has_one_place_in_the_album(files: list[Attachment]) -> None:
    found = album(files)
    placed = [*found.single, *found.unplaced]
    for same in found.compared:
        earliest, latest = same.pair
        assert earliest is not latest
        dates = [each.date for each in (earliest, *same.between, latest)]
        assert dates == sorted(dates)
        placed += same.photographs
    taken = [each.id for each in files if each.kind.value == "photograph"]
    assert sorted(taken) == sorted(each.id for each in placed)
    sites = ["".join((each.body_site or "").casefold().split()) for each in found.single]
    sites += ["".join(each.site.casefold().split()) for each in found.compared]
    assert len(sites) == len(set(sites))
    assert all(not each.body_site for each in found.unplaced)


def test_a_period_keeps_what_may_lie_in_it() -> None:
    files = [photo("2016"), photo("2015-06"), photo("2015-07-20"), photo("2015-07")]
    kept = in_period(files, a.day("2015-07-20"))
    assert [each.date.words for each in kept] == ["Jul 2015", "20 Jul 2015", "2016"]
    assert len(in_period(files, None)) == 4


@pytest.mark.parametrize(
    ("date", "site", "shown"),
    [
        ("2020-02-10", "left cheek", True),
        ("2020-02-10", "Cheek", True),
        ("2020-02-10", "right cheek", False),
        ("2020-02-10", "back", False),
        ("2020-02-10", "left forearm", True),
        ("2020-02-10", None, True),
        ("2020-01-06", "left cheek", True),
        ("2020-01-05", "left cheek", False),
        ("2020-03-24", "left cheek", True),
        ("2020-03-25", "left cheek", False),
        ("2020-03", "left cheek", True),
    ],
)
def test_photographs_of_a_rash_are_of_its_site_and_its_time(
    date: str, site: str | None, shown: bool
) -> None:
    """Its onset is 3 February, its last date 25 February; a biopsy was taken of the forearm."""
    rash = a.event("2020-02-03", body_site="left cheek", resolved="2020-02-25")
    biopsy = a.biopsy("2020-02-10", adverse_event=rash.id, body_site="left forearm")
    taken = photo(date, site)
    history = a.history(rash, biopsy, taken)
    assert photographs_of(history, rash) == ([taken] if shown else [])


def test_where_the_site_is_not_known_the_time_alone_counts() -> None:
    rash, taken = a.event(body_site=None), photo("2020-02-10", "back")
    assert photographs_of(a.history(rash, taken), rash) == [taken]
    chills = a.event(term="Chills")
    assert photographs_of(a.history(chills, taken), chills) == []


@pytest.mark.parametrize(
    ("site", "title", "words"),
    [
        ("left cheek", "Before the biopsy", "Left cheek · Before the biopsy"),
        ("left cheek", "Left cheek", "Left cheek"),
        (None, "Nails", "Nails"),
    ],
)
def test_site_and_title_are_said_once(site: str | None, title: str, words: str) -> None:
    assert site_and_title(photo("2020", site, title=title)) == words
