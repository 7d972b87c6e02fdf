"""How often Python looks for garbage: not at all while the bot starts, and as often as by itself from then on.

What a start makes stays, so that looking through it again and again finds nothing and takes a tenth of the time.
"""

import gc

_NEVER = 1_000_000
"""New objects between two looks, in effect none."""
_own = gc.get_threshold()


def hold() -> None:
    """Look for no garbage until `resume`."""
    gc.set_threshold(_NEVER)


def resume() -> None:
    """Look as often as Python does by itself, and leave out what is there now: a look at it outlasts an answer."""
    gc.freeze()
    gc.set_threshold(*_own)
