"""The head of a page alone, for whoever enters the letterhead."""

import io

from reports.asked import Printing
from reports.catalogue import TIMELINE
from reports.kit import MARGIN, SIZES, Head, Page
from reports.paper_canvas import PaperCanvas


def build_letterhead_sample(printing: Printing) -> bytes:
    """One PDF page, as wide as the paper and no higher than the head of a first page."""
    head = Head(Page("", TIMELINE.words, ""), printing, opens=True)
    size = (SIZES[printing.paper][0], MARGIN + head.height)
    buffer = io.BytesIO()
    canvas = PaperCanvas(buffer, pagesize=size, invariant=1)
    head.draw(canvas, size)
    canvas.save()
    return buffer.getvalue()
