"""What no column of a sheet gives and a record needs: what is certain, and what may give it."""

from dataclasses import replace

from models.exchange.matching.targets import Fill, Matching, Target, needed_fields, references_of

DERIVED = frozenset({("treatment_line", "category"), ("adverse_event", "grades")})
_DATED_AS_THE_ROW = frozenset(
    {"visit", "skin_score", "blood_count", "lab_result", "assessment", "imaging"}
    | {"molecular_result"}
)


def usual_fills(matching: Matching) -> dict[Target, Fill]:
    """What the sheet's sense makes certain; the date of a row holds for all that the row tells."""
    fills: dict[Target, Fill] = {}
    for at, target in matching.matched:
        dated = Target(target.kind, target.type.dated_by, target.number)
        if dated.field in needed_fields(target.type) and matching.column_of(dated) is None:
            source = _date_for(matching, target.kind, at)
            if source is not None:
                fills[dated] = Fill(column=source)
            occasion = Target("staging", "occasion", 0)
            if source is not None and target.kind == "staging":
                fills[occasion] = Fill("diagnosis")
        term = replace(target, field="term")
        if target.field == "verbatim" and matching.column_of(term) is None:
            fills[term] = Fill(column=at)
    return fills


def dates_for(matching: Matching, target: Target) -> list[int]:
    """The columns whose date may hold for a record, the likeliest first.

    Each dates a record itself: never a birth, a death, an end, or a visit that is still to come.
    """
    dates = [
        (each.kind not in _DATED_AS_THE_ROW, at)
        for at, each in matching.matched
        if each.kind != "patient" and each.field == each.type.dated_by
    ]
    return [at for _other, at in sorted(dates)]


def is_gap(matching: Matching, target: Target) -> bool:
    """Whether rows tell it themselves, so that a fill reaches only those that do not."""
    given = {each.every for _at, each in matching.matched}
    return target.every in given or (target.kind, target.field) in DERIVED


def unfilled(matching: Matching) -> list[Target]:
    """What the records of a row need and neither a column nor a fill gives, for each kind."""
    found: dict[Target, None] = {}
    for kind, number in dict.fromkeys(target.record for _at, target in matching.matched):
        if kind == "patient" and only_number(matching):
            continue
        for target in _needed(kind, number):
            if not _is_given(matching, target):
                found[target if kind == "lab_result" else target.every] = None
    return list(found)


def only_number(matching: Matching) -> bool:
    """Whether the sheet tells nothing of a patient but the number: who it is, is on file."""
    return {t.field for _at, t in matching.matched if t.kind == "patient"} <= {"mrn"}


def _needed(kind: str, number: int) -> list[Target]:
    type_ = Target(kind, "").type
    references = references_of(type_)
    return [
        Target(kind, name, number)
        for name in needed_fields(type_)
        if (kind, name) not in DERIVED and name not in references
    ]


def _is_given(matching: Matching, target: Target) -> bool:
    own = {name for _at, t in matching.matched if t.record == target.record for name in t.fields}
    return target.field in own or matching.fill_of(target) is not None


def _date_for(matching: Matching, kind: str, at: int) -> int | None:
    """The nearest date to the left, or else the first, that may hold for the whole row."""
    if kind == "staging":
        return matching.column_of(Target("diagnosis", "date"))
    dates = [
        place
        for place, target in matching.matched
        if kind in _DATED_AS_THE_ROW
        and target.kind in _DATED_AS_THE_ROW
        and target.field == target.type.dated_by
    ]
    return max((place for place in dates if place < at), default=next(iter(dates), None))
