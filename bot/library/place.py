"""Place and Fault: where in a file something stands, and what is wrong there."""

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A line and a column of the file, both from 1, counted in characters; a tuple, for each key and value has one."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a file must not hold, where, and what to do instead."""

    place: Place
    message: str
    hint: str = ""
