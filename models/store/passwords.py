"""Which passwords are good enough.

In the manner of NIST SP 800-63B: what counts is length, and that nobody guesses it. Any character
may be used and no kind of character must be; nothing has to be changed after so many days; refused
is what is short, what is common, and what says little more than whose password it is. Its fourth
revision asks for 15 characters; here 10 will do where an estimate finds them hard to guess.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from threading import Lock

from models.errors import ClinicError
from models.folding import folded, words_of
from models.store.wrapping import same_spelling
from models.therapies import NAMES
from models.words import _

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 1000
FEWEST_GUESSES = 10**SHORTEST_PASSWORD
"""As many as for the shortest password, were each of its characters unpredictable (the estimate
counts ten guesses for one). A thief with the keyring who tries a thousand a second, each costing
64 MiB of memory, needs months for these; for two common words (10^8) a day.
"""
_LONGEST_GUESSED = 72
_SHORTEST_NAME = 3
_TRADE = """
    cutaneous lymphoma lymphomas mycosis fungoides sezary syndrome mswat dermatology dermatologist
    department hospital clinic university physician nurse password welcome changeme
    dermatologie dermatologia dermatologi hautklinik hautarzt krankenhaus klinik klinikum lymphom
    lymphome linfoma hopital clinique clinica ospedale sjukhus passwort kennwort motdepasse
    contrasena losenord haslo willkommen bienvenue bienvenido
"""
_guessing = Lock()


def checked_password(password: str, *, about: Sequence[str]) -> None:
    """Raise `ClinicError` for a password with a problem; `about`: the user's and clinic's names."""
    problem = problem_with(password, about)
    if problem:
        raise ClinicError(
            problem,
            _("Nothing was changed."),
            _("Choose three or four unrelated words: easy to remember and hard to guess."),
        )


def problem_with(
    password: str,
    about: Sequence[str],
    shortest: int = SHORTEST_PASSWORD,
    fewest: int = FEWEST_GUESSES,
) -> str:
    """A sentence about what is wrong with a new password; empty where it is good.

    `shortest`, `fewest`: more is asked of what opens a file that leaves the clinic.
    """
    password = same_spelling(password)
    if len(password) < shortest:
        return _("The password is shorter than {n} characters.").format(n=shortest)
    if len(password) > LONGEST_PASSWORD:
        return _("The password is longer than {n} characters.").format(n=LONGEST_PASSWORD)
    known = _known_words(about)
    parts = {password, _without(password, known)}
    if any(_guesses(part, known) < fewest for part in parts):
        return _(
            "The password is easy to guess: it is made of common words, names of the clinic "
            "or its field, dates, or keys in a row."
        )
    return ""


def _known_words(about: Iterable[str]) -> list[str]:
    """The words of these names and of the clinic's trade, and neighbours of a name as one."""
    names = [words_of(name) for name in about]
    runs = {
        "".join(words[start:end])
        for words in names
        for start, end in combinations(range(len(words) + 1), 2)
    }
    return sorted(word for word in runs | _trade_words() if len(word) >= _SHORTEST_NAME)


@cache
def _trade_words() -> frozenset[str]:
    return frozenset(words_of(_TRADE)).union(*map(words_of, NAMES))


def _without(password: str, words: Iterable[str]) -> str:
    """What is left of a password without the known words; as it is where there are none in it."""
    longest_first = sorted(words, key=len, reverse=True)
    left, found = re.subn("|".join(map(re.escape, longest_first)), "", folded(password))
    return left if found else password


def _guesses(password: str, known: Sequence[str]) -> int:
    """How many an attacker needs who knows these words; for the beginning of a long password."""
    if not password:
        return 0
    from zxcvbn import zxcvbn  # noqa: PLC0415  (it loads lists of words, needed only here)

    with _guessing:  # it keeps the words in a table of its own
        return int(zxcvbn(password[:_LONGEST_GUESSED], user_inputs=known)["guesses"])
