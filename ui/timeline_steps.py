"""From mark to mark of a timeline: along a lane, to the next lane, to a lane's ends."""

import uuid
from itertools import groupby

from models.lanes import Lane
from reports.drawing import Spot
from reports.timeline_chart import TimelineChart


class Steps:
    """The marks lane by lane, each from left to right, a record once."""

    def __init__(self, chart: TimelineChart | None) -> None:
        self._rows: list[list[Spot]] = []
        self._lanes: list[Lane] = []
        self._places: dict[uuid.UUID, tuple[int, int]] = {}
        if chart is None:
            return
        for band in chart.bands:
            within = [s for s in chart.drawing.spots if band.top <= s.centre[1] < band.bottom]
            within.sort(key=lambda spot: (spot.x, str(spot.record)))
            row = [next(same) for _record, same in groupby(within, key=lambda s: s.record)]
            if row:
                self._add(row, band.lane)

    def _add(self, row: list[Spot], lane: Lane) -> None:
        for place, spot in enumerate(row):
            self._places.setdefault(spot.record, (len(self._rows), place))
        self._rows.append(row)
        self._lanes.append(lane)

    def spot_of(self, record: uuid.UUID | None) -> Spot | None:
        place = self._place(record)
        return self._rows[place[0]][place[1]] if place else None

    def lane_of(self, record: uuid.UUID | None) -> Lane | None:
        place = self._place(record)
        return self._lanes[place[0]] if place else None

    def along(self, record: uuid.UUID | None, step: int) -> Spot | None:
        """The next mark of the lane, or the last one before it ends."""
        place = self._place(record)
        if place is None:
            return self._first()
        row = self._rows[place[0]]
        return row[min(max(place[1] + step, 0), len(row) - 1)]

    def to_end(self, record: uuid.UUID | None, end: int) -> Spot | None:
        """The first mark of the lane (0) or its last one (-1)."""
        place = self._place(record) or (0, 0)
        return self._rows[place[0]][end] if self._rows else None

    def to_lane(self, record: uuid.UUID | None, step: int) -> Spot | None:
        """The mark nearest in time in the next lane that has any."""
        place = self._place(record)
        if place is None:
            return self._first()
        x = self._rows[place[0]][place[1]].centre[0]
        row = self._rows[min(max(place[0] + step, 0), len(self._rows) - 1)]
        return min(row, key=lambda spot: abs(spot.centre[0] - x))

    def _place(self, record: uuid.UUID | None) -> tuple[int, int] | None:
        return self._places.get(record) if record else None

    def _first(self) -> Spot | None:
        return self._rows[0][0] if self._rows else None
