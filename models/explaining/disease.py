"""What a staging, a skin score, a blood count, an image and a laboratory value make."""

from collections.abc import Iterator

from models.blood import BloodCount, b_class, b_classes_2007, b_words, clone_remark, has_many_cells
from models.explaining.words import by
from models.history import History
from models.imaging import Imaging, is_abnormal, sum_of_products
from models.laboratory import LabResult
from models.measured_near import measured_near
from models.skin import SkinScore, mswat, mswat_change, t_class
from models.staging import (
    Staging,
    is_sezary,
    provisional_because,
    stage_of,
    taken_as,
)
from models.words import _, capitalised, day_words, listing, ngettext, number_words


def about_staging(staging: Staging, history: History) -> Iterator[str]:
    stage = stage_of(staging)
    if stage.working is None:
        yield _("No stage group for {tnmb}.").format(tnmb=staging.tnmb)
    else:
        yield _("Stage {stage}: {rule}.").format(stage=stage.working, rule=stage.rule)
    if stage.provisional:
        words = _("Provisional, {because}: {alternatives} is possible. {source}").format(
            because=provisional_because(staging),
            alternatives=_(" or ").join(each.words for each in stage.alternatives),
            source=by(taken_as, history),
        )
        yield words
    agrees = stage.agrees_with(staging.stage_stated)
    if agrees is not None:
        verdict = _("Agrees with {stated}.") if agrees else _("Does not agree with {stated}.")
        yield verdict.format(stated=staging.stage_stated)
    yield from _measured(staging, history)
    if is_sezary(staging):
        yield _("T4 and B2: Sézary syndrome. {source}").format(source=by(is_sezary, history))


def _measured(staging: Staging, history: History) -> Iterator[str]:
    """What the skin score and the blood count of those days make of T and B."""
    score = measured_near(history, staging.date, SkinScore)
    if score and score.t:
        yield _("{t} by the skin score of {date} {source}.").format(
            t=score.t, date=day_words(score.date), source=by(t_class, history)
        )
    count = measured_near(history, staging.date, BloodCount)
    if count and count.b:
        yield _("{b} by the blood count of {date} {source}.").format(
            b=count.b_suffixed, date=day_words(count.date), source=by(b_class, history)
        )


def about_skin(score: SkinScore, history: History) -> Iterator[str]:
    """The mSWAT, its change since the score before, and the T class."""
    words = _("mSWAT {score} {source}.").format(
        score=number_words(score.mswat), source=by(mswat, history)
    )
    earlier = [found for found in history.of(SkinScore) if found.date < score.date]
    if earlier:
        percent = mswat_change(earlier[-1].mswat, earlier[-1].mswat, score.mswat).from_baseline
        if percent is not None:
            change = _("No change against {before} on {date}.")
            if percent:
                change = _("{percent} % against {before} on {date}.")
            words += " " + change.format(
                percent=f"{percent:+.0f}".replace("-", "−"),
                before=number_words(earlier[-1].mswat),
                date=earlier[-1].when and earlier[-1].when.words,
            )
    yield words
    if score.regions:
        found = t_class(score.regions)
        words = _("T class {t} {source}.").format(
            t=_(" or ").join(found.possible), source=by(t_class, history)
        )
        yield f"{words} {found.remark}." if found.remark else words


def about_blood(count: BloodCount, history: History) -> Iterator[str]:
    """The class by count, what it lacks, and the class of 2007 as far as it is known."""
    if count.neoplastic is not None:
        b = b_class(count.neoplastic)
        yield f"{b_words(b)} {by(b_class, history)}."
        remark = clone_remark(b, count.clone)
        if remark:
            yield f"{remark} {by(clone_remark, history)}"
    if count.b_2007:
        yield _("By Sézary cells: {b} {source}; by markers {markers}.").format(
            b=count.b_2007, source=by(b_classes_2007, history), markers=by(has_many_cells, history)
        )


def about_imaging(image: Imaging, history: History) -> Iterator[str]:
    if image.masses is not None:
        yield _("Visceral masses: {masses}.").format(
            masses="; ".join(map(str, image.masses)) or _("none seen")
        )
    if not image.nodes:
        return
    abnormal = [str(node) for node in image.nodes if is_abnormal(node)]
    named = ngettext("{n} abnormal node", "{n} abnormal nodes", len(abnormal))
    words = named.format(n=len(abnormal))
    if abnormal:
        words += " " + _("({nodes}), sum of products {total} mm²").format(
            nodes=listing(abnormal), total=number_words(sum_of_products(image.nodes))
        )
    yield f"{words} {by(is_abnormal, history)}."


def about_laboratory(result: LabResult, history: History) -> Iterator[str]:
    if result.high:
        words = _("above the reference")
        if result.times_upper_limit:
            words += ", " + _("{times} times its upper limit").format(
                times=number_words(result.times_upper_limit)
            )
    elif result.low:
        words = _("below the reference")
    elif result.high is None and result.low is None:
        return
    else:
        words = _("within the reference, as far as it is given")
    yield capitalised(words) + "."
