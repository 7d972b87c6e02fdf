"""A figure and what it has to be, as a line of a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True)
class Promise:
    """A figure, and what it has to stay below or above; no target where it is only told."""

    name: str
    figure: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def held(self) -> bool:
        """Whether it is as it has to be."""
        return (self.most is None or self.figure <= self.most) and (self.least is None or self.figure >= self.least)

    @property
    def target(self) -> str:
        """The target, for people."""
        if self.most is None and self.least is None:
            return ""
        sign, bound = ("≤", self.most) if self.most is not None else ("≥", self.least)
        return f"{sign} {bound:g} {'✓' if self.held else '✗'}"


def promises(title: str, figures: Iterable[Promise]) -> Table:
    """Return the figures for people."""
    shown = Table(title=title)
    for heading in ("", "measured", "target"):
        shown.add_column(heading, justify="left" if not heading else "right")
    for each in figures:
        shown.add_row(each.name, f"{each.figure:,.2f} {each.unit}".strip(), each.target)
    return shown
