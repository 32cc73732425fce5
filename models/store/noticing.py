"""What is noticed when a clinic is opened, and goes on record: that something is not as it was."""

from collections.abc import Iterator
from pathlib import Path

from models.store import audit, trail_end
from models.store.audit import Action, Entry
from models.store.clock import behind
from models.store.settings import WATCHED, set_setting, setting
from models.store.step import Step
from models.store.tries import FREE, Failure, Unwritten
from models.words import _, moment_words


def put_on_record(step: Step, folder: Path, tries: Unwritten) -> list[str]:
    """The failed sign-ins, and sentences about what was noticed, for whoever comes in."""
    step.entries += [_entry(failure) for failure in tries.failures]
    watched = bool(setting(step.session, WATCHED))
    sentences = [*_noticed(step, folder), *_about(tries)] if watched else []
    for sentence in sentences:
        step.say(Action.NOTICED, sentence)
    if not watched:
        set_setting(step.session, WATCHED, True)
    return sentences


def _noticed(step: Step, folder: Path) -> Iterator[str]:
    end = trail_end.kept(folder)
    if end is None:
        yield _("Nothing beside the clinic's file tells where its audit trail ended.")
    elif not audit.goes_on_from(step.session, end):
        sentence = _("The clinic's file is older than it was: entry {n} of its trail is gone.")
        yield sentence.format(n=end["sequence"])
    clock_is_behind = behind(step.clock.now(), audit.newest(step.session))
    if clock_is_behind:
        yield clock_is_behind


def _about(tries: Unwritten) -> Iterator[str]:
    if tries.notice:
        yield tries.notice
    n = len(tries.failures) + tries.left_out
    if n > FREE:
        sentence = _("Since the last sign-in {n} tries to sign in failed, the last on {moment}.")
        yield sentence.format(n=n, moment=moment_words(tries.failures[-1].at))


def _entry(failure: Failure) -> Entry:
    said = {"door": failure.door.value}
    return Entry(failure.at, failure.user, Action.SIGN_IN_FAILED, new=said)
