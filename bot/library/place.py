"""Place and Fault: where in a file something stands, and what is wrong there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of the file, both from 1, counted in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a file must not hold, where, and what to do instead."""

    place: Place
    message: str
    hint: str = ""
