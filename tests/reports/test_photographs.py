"""The photographs as they are printed: side by side, in proportion, and only with a consent."""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

from models.attachment import Attachment
from models.base import ContentMissing, NoPage, PatientRecord, revised
from models.history import History
from reports.asked import Asked, Printing
from reports.catalogue import PHOTOGRAPHS
from reports.kit import MARGIN
from reports.pictures_wanted import with_pictures
from tests.models import builders as a
from tests.ui.pictures import photograph

TODAY = dt.date(2020, 4, 30)
CONSENT = a.consent("2015-07-13", purpose="photographs")
LYING, STANDING = photograph(400, 300), photograph(300, 400)
Box = tuple[float, float, float, float]


def photo(date: str, site: str | None = "back", title: str = "Control", **changes: Any) -> Any:
    return a.attachment(date, body_site=site, title=title, **changes)


def history(*records: PatientRecord) -> History:
    line = a.moga("2015-07-20", "2017-10")
    known = (a.diagnosis("2011"), line, *a.course(line, 3, dt.date(2015, 7, 20)))
    return a.history(*known, *records)


def pages(
    of: History,
    printing: Printing,
    contents: Mapping[Any, bytes] | None = None,
    **asked: Any,
) -> list[PageObject]:
    """Every file is a lying photograph unless it is said otherwise."""

    def load(attachment: Attachment) -> bytes:
        return (contents or {}).get(attachment.id, LYING)

    wanted = with_pictures(Asked(of, TODAY, **asked), PHOTOGRAPHS, printing.at.date(), load)
    pdf = PHOTOGRAPHS.build(wanted, printing)
    assert pdf == PHOTOGRAPHS.build(wanted, printing)
    return [*PdfReader(io.BytesIO(pdf)).pages]


def text_of(found: list[PageObject]) -> str:
    return "\n".join(page.extract_text() for page in found)


def boxes(page: PageObject) -> list[Box]:
    """Left, bottom, width and height of each picture on the page, in points."""
    found: list[Box] = []
    names = {*page.images.keys()}

    def see(operator: bytes, operands: Any, matrix: list[float], _text: Any) -> None:
        if operator == b"Do" and operands[0] in names:
            found.append((matrix[4], matrix[5], matrix[0], matrix[3]))

    page.extract_text(visitor_operand_before=see)
    return found


def test_the_earlier_stands_left_and_the_later_right_at_the_same_height(
    printing: Printing,
) -> None:
    later, earlier = photo("2015-09-21", " Back", "Clear"), photo("2015-07-13", title="Red")
    (page,) = pages(history(CONSENT, later, earlier), printing)
    left, right = boxes(page)
    assert left[0] < right[0]
    assert left[1] == right[1]
    assert left[2:] == right[2:]
    assert left[2] / left[3] == pytest.approx(4 / 3, rel=0.01)
    text = page.extract_text()
    told = ("13 Jul 2015 · 7 days before mogamulizumab", "Red", "21 Sep 2015 · C3 day 8", "Clear")
    assert all(words in text for words in (*told, "70 days between them (2.3 months)"))
    assert text.index("Red") < text.index("Clear")
    assert "2 photographs, 13 Jul 2015 to 21 Sep 2015." in text


def test_a_lying_and_a_standing_one_are_of_one_height_and_in_proportion(
    printing: Printing,
) -> None:
    one, other = photo("2015-07-13"), photo("2015-09-21")
    (page,) = pages(history(CONSENT, one, other), printing, {other.id: STANDING})
    lying, standing = boxes(page)
    assert lying[3] == pytest.approx(standing[3], rel=0.01)
    assert lying[2] / lying[3] == pytest.approx(4 / 3, rel=0.01)
    assert standing[2] / standing[3] == pytest.approx(3 / 4, rel=0.01)


def test_a_photograph_is_turned_as_it_is_on_screen(printing: Printing) -> None:
    (page,) = pages(history(CONSENT, photo("2016", quarter_turns=1)), printing)
    ((_left, _bottom, width, height),) = boxes(page)
    assert width < height


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ([], "no consent to photographs stands"),
        (
            [a.consent("2015-07-13", purpose="photographs", withdrawn="2020-04-30")],
            "the consent to photographs was withdrawn on 30 Apr 2020",
        ),
        ([a.consent("2015-07-13", purpose="publication")], "no consent to photographs stands"),
    ],
)
def test_without_a_consent_no_file_is_even_read(
    consents: list[Any], why: str, printing: Printing
) -> None:
    def load(attachment: Attachment) -> bytes:
        raise AssertionError("read without a consent")

    asked = Asked(history(photo("2016"), photo("2017"), *consents), TODAY)
    made = with_pictures(asked, PHOTOGRAPHS, printing.at.date(), load)
    assert made.files == {}
    (page,) = PdfReader(io.BytesIO(PHOTOGRAPHS.build(made, printing))).pages
    assert not page.images
    assert f"2 photographs are not shown: {why}." in page.extract_text()


def test_the_day_of_printing_counts_not_the_day_that_is_told_of(printing: Printing) -> None:
    """The pictures were read while the consent stood; on the next day it was withdrawn."""
    of = history(photo("2016"), revised(CONSENT, withdrawn=dt.date(2020, 5, 1)))
    asked = with_pictures(Asked(of, TODAY), PHOTOGRAPHS, TODAY, lambda each: LYING)
    tomorrow = replace(printing, at=printing.at + dt.timedelta(days=1))
    for on, n in ((printing, 1), (tomorrow, 0)):
        (page,) = PdfReader(io.BytesIO(PHOTOGRAPHS.build(asked, on))).pages
        assert len(page.images) == n


def test_what_cannot_be_shown_has_a_frame_and_its_words(printing: Printing) -> None:
    broken, whole = photo("2015-07-13", title="Broken"), photo("2015-09-21", title="Whole")
    (page,) = pages(history(CONSENT, broken, whole), printing, {broken.id: LYING[:300]})
    text = page.extract_text()
    assert len(page.images) == 1
    assert "This photograph cannot be shown: its file is missing, damaged" in text
    assert "13 Jul 2015" in text
    assert "Broken" in text


def test_regions_run_from_head_to_foot_and_those_without_one_come_last(printing: Printing) -> None:
    sites = ("left sole", "nape", "Xyz", None, "left palm")
    taken = [photo(year, site) for site in sites[:3] for year in ("2016", "2017", "2018")]
    found = pages(history(CONSENT, *taken, photo("2016", None), photo("2016", "calf")), printing)
    text = text_of(found)
    order = ["Nape\n", "Nape, in between", "Left sole\n", "Xyz\n", "Photographed once", "Without a"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert sum(len(boxes(page)) for page in found) == 11


def test_headings_are_repeated_and_lead_from_the_outline(printing: Printing) -> None:
    many = [photo(f"20{10 + n // 12}-{1 + n % 12:02}", title=f"Number {n}.") for n in range(40)]
    for paper in ("a4", "letter"):
        found = pages(history(CONSENT, *many), replace(printing, paper=paper))
        text = text_of(found)
        assert len(found) > 2
        assert all(text.count(f"Number {n}.") == 1 for n in range(40))
        assert sum(len(boxes(page)) for page in found) == 40
        for page in found[1:]:
            assert "Back, in between" in page.extract_text()
        for page in found:
            width, height = page.mediabox[2:]
            for left, bottom, across, up in boxes(page):
                assert MARGIN - 0.01 <= left <= left + across <= width - MARGIN + 0.01
                assert MARGIN < bottom < bottom + up < height - MARGIN
    pdf = PHOTOGRAPHS.build(Asked(history(CONSENT, *many), TODAY), printing)
    outline = PdfReader(io.BytesIO(pdf)).outline
    titles = [each.title for each in outline if isinstance(each, Destination)]
    assert titles == ["Back", "Back, in between"]


def test_a_period_and_sections_leave_photographs_out_unread(printing: Printing) -> None:
    dates = ("2015-07-13", "2016", "2017", "2018")
    taken = [photo(date) for date in dates]
    of = history(CONSENT, *taken, photo("2016", None))
    assert len(boxes(pages(of, printing)[0])) == 5
    assert len(boxes(pages(of, printing, since=dt.date(2017, 3, 1))[0])) == 2
    for left_out, n in (({"between"}, 3), ({"pairs"}, 3), ({"unplaced"}, 4), ({"single"}, 5)):
        asked = Asked(of, TODAY, without=frozenset(left_out))
        made = with_pictures(asked, PHOTOGRAPHS, TODAY, lambda each: LYING)
        assert len(made.files) == n
        (page,) = PdfReader(io.BytesIO(PHOTOGRAPHS.build(made, printing))).pages
        assert len(boxes(page)) == n


def test_one_whose_file_is_missing_has_a_frame_and_the_others_are_shown(
    printing: Printing,
) -> None:
    gone, there = photo("2015-07-13", title="Gone"), photo("2015-09-21", title="There")
    asked = Asked(history(CONSENT, gone, there), TODAY)

    def load(attachment: Attachment) -> bytes:
        if attachment.id == gone.id:
            raise ContentMissing("The file is not in the store.", "", "")
        return LYING

    wanted = with_pictures(asked, PHOTOGRAPHS, printing.at.date(), load)
    (page,) = PdfReader(io.BytesIO(PHOTOGRAPHS.build(wanted, printing))).pages
    assert len(page.images) == 1
    text = " ".join(page.extract_text().split())
    assert "cannot be shown: its file is missing" in text
    assert {"Gone", "There"} <= set(text.split())


def test_later_photographs_are_not_known_yet(printing: Printing) -> None:
    with pytest.raises(NoPage, match="No photograph of this patient is recorded as of 30 Apr 2020"):
        pages(history(CONSENT, photo("2021")), printing)
    since = dt.date(2017, 3, 1)
    with pytest.raises(NoPage, match="No photograph of this patient is recorded since 1 Mar 2017"):
        pages(history(CONSENT, photo("2016")), printing, since=since)


def test_where_every_section_is_left_out_it_does_not_say_that_none_is_recorded(
    printing: Printing,
) -> None:
    keys = frozenset(section.key for section in PHOTOGRAPHS.sections)
    asked = Asked(history(CONSENT, photo("2016")), TODAY, without=keys)
    (page,) = PdfReader(io.BytesIO(PHOTOGRAPHS.build(asked, printing))).pages
    text = page.extract_text()
    assert "No photograph in the sections that are wanted." in text
    assert "Left out: earliest and latest, those in between" in text


@pytest.mark.parametrize("title", ["x" * 200, "<b>bold</b> & <para>", "Weiß, Ελλάδα, Київ"])
def test_titles_stay_within_their_column(title: str, printing: Printing) -> None:
    (page,) = pages(history(CONSENT, photo("2016", title, title)), printing)
    assert title[:8] in page.extract_text()
