"""Two clocks that stand still until a test moves them."""


class Clocks:
    """In seconds: `steady` stands still while the computer sleeps, `wall` can be set."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 1_500_000_000.0

    def __call__(self) -> tuple[float, ...]:
        return self.steady, self.wall

    def go_on(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds
