"""What a person is told when something cannot be done. Nothing else is loaded with it."""

from models.words import _


class ClinicError(Exception):
    """What a person is told: what happened, what was not lost, and what to do next."""

    def __init__(self, happened: str, kept: str, next_step: str) -> None:
        super().__init__(happened, kept, next_step)
        self.happened, self.kept, self.next_step = happened, kept, next_step

    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.kept, self.next_step) if part)


class NoPage(ClinicError):
    """There can be no such page, and trying again is of no use."""


class ContentMissing(ClinicError):
    """The entry of a file is there, and the file itself is not."""


class InvalidRecord(ClinicError):
    """Values that do not make a record; `problems`: what is wrong by field, `""` for the whole."""

    def __init__(self, kind: str, problems: dict[str, str]) -> None:
        wrong = "; ".join(f"{name}: {text}" if name else text for name, text in problems.items())
        super().__init__(
            _("This {kind} cannot be saved. {wrong}").format(kind=kind, wrong=wrong),
            _("Nothing was changed."),
            _("Correct what is named and save again."),
        )
        self.problems = problems
