"""What completes the options of `/digest`: zones, days, topics and kinds; in a list, its last part."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import spec
from bot.commands.request import Choice
from bot.digests.zones import begins_zone, complete_zones, zone_words
from bot.library.vocabulary import Kind

_DAYS = ("daily", "weekdays", "weekends", "mon-fri", "mon,wed,fri", "tue,thu", "mon", "tue", "wed", "thu", "fri", "sat")
_ALL = "all"
_MOST = 25


@dataclass(frozen=True, slots=True)
class Completing:
    """What a line is completed by: an option of a command, from the character `start` of the line on."""

    command: str
    option: str
    start: int


def choices(option: spec.Option, partial: str, topics: Sequence[str]) -> tuple[Choice, ...]:
    """Return what `partial` may become in `option`, best first; `topics` are those that there are."""
    match option.kind:
        case spec.OptionKind.ZONE:
            return tuple(Choice(zone_words(name), zone_words(name)) for name in complete_zones(partial, _MOST))
        case spec.OptionKind.WEEKDAYS:
            typed = partial.casefold().strip()
            return tuple(Choice(each, each) for each in _DAYS if each.startswith(typed))
        case spec.OptionKind.TOPICS:
            return _listed(partial, (*topics, _ALL))
        case spec.OptionKind.KINDS:
            return _listed(partial, (*(kind.folder for kind in Kind), _ALL))
        case _:
            return tuple(Choice(each, each) for each in option.choices if each.startswith(partial.casefold().strip()))


def _listed(partial: str, known: Sequence[str]) -> tuple[Choice, ...]:
    """Return `partial` with its last part completed, the parts before it kept and not offered again."""
    before, _, last = partial.replace("，", ",").rpartition(",")
    kept = [part.strip() for part in before.split(",") if part.strip()]
    typed = "-".join(last.casefold().split())
    begun = [each for each in known if each.startswith(typed)]
    inside = [each for each in known if typed in each and each not in begun]
    offered = (each for each in (*begun, *inside) if each not in kept)
    return tuple(Choice(words, words) for words in (",".join((*kept, each)) for each in offered))


def completing(words: str) -> Completing | None:
    """Return what completes `words`, which stand behind ``/digest``; None where nothing does, or a subcommand is due.

    Where no word says what follows, it is a zone: a time needs no completion.
    """
    first, space, rest = words.partition(" ")
    command = spec.command(f"digest {first.casefold()}") if space else None
    if command is None or all(each.kind is not spec.OptionKind.ZONE for each in command.options):
        return None
    start, option = len(words) - len(rest), "zone"
    by_keyword = {each.keyword: each for each in command.options if each.keyword}
    place = start
    for word in rest.split(" ")[:-1]:
        place += len(word) + 1
        found = by_keyword.get(word.casefold())
        if found is not None:
            start, option = place, found.name
        elif not begins_zone(words[start : place - 1]) and not _is_list(command, option):
            start, option = place, "zone"
    return Completing(command.name, option, start)


def subcommands(words: str) -> tuple[spec.Command, ...]:
    """Return the subcommands that `words`, behind ``/digest``, may be the beginning of."""
    typed = words.casefold()
    return () if " " in typed else tuple(each for each in spec.DIGEST if each.last.startswith(typed))


def _is_list(command: spec.Command, option: str) -> bool:
    return any(each.name == option and each.kind in spec.LISTS for each in command.options)
