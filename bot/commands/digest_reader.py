"""Who reads what is told of a digest, of which place, and what all of that telling has in common."""

from dataclasses import dataclass
from datetime import datetime

from bot.commands.request import Elsewhere
from bot.digests.model import State, Subscription, Wants
from bot.digests.schedule import upcoming
from bot.digests.snapshot import asked_for
from bot.digests.times import date_words
from bot.library.library import Library
from bot.library.visibility import Viewer, narrower
from bot.library.vocabulary import Audience
from bot.reply import Action, Block, Callout, Span, Tone, text


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and whether it is about another place than theirs: what is told is told for them."""

    viewer: Viewer
    topics: frozenset[str]
    """Topics of entries that they may see; others are counted and not named."""
    library: Library
    elsewhere: Elsewhere | None = None

    @classmethod
    def of(cls, library: Library, viewer: Viewer, elsewhere: Elsewhere | None = None) -> "Reader":
        """Return the reader that `viewer` is of `library`, asking about `elsewhere` where that is not None."""
        return cls(viewer, frozenset(topic for topic, _ in library.topics(viewer)), library, elsewhere)

    def followed(self, wants: Wants, audience: Audience) -> int:
        """Return how many briefings `wants` asks for now, of those that `audience` and they themselves may see."""
        viewer = Viewer(narrower(audience, self.viewer.audience), self.viewer.now)
        return len(asked_for(self.library.browse(viewer), wants))

    @property
    def name(self) -> str:
        """What the place is called where it is another one; empty where it is the reader's own."""
        return self.elsewhere.name if self.elsewhere else ""

    @property
    def where(self) -> str:
        """``here``, or ``in #news``."""
        return f"in {self.name}" if self.name else "here"

    @property
    def towards(self) -> str:
        """``here``, or ``to #news``."""
        return f"to {self.name}" if self.name else "here"

    @property
    def channel(self) -> str:
        """``this channel``, or ``#news``."""
        return self.name or "this channel"

    def command(self, name: str) -> str:
        """Return a subcommand as it is typed: ``/digest pause``, ``/digest pause #news``."""
        return f"/digest {name} {self.name}".rstrip()

    def action(self, name: str, label: str, subscription: Subscription, *, primary: bool = False) -> Action:
        """Return a button about `subscription`; it says which place that is about, if it is another one."""
        about = (str(subscription.id), *((self.elsewhere.place,) if self.elsewhere else ()))
        return Action(name, label, about, primary=primary)

    def buttons(self, subscription: Subscription, without: str = "") -> tuple[Action, ...]:
        """Return the buttons that stand below what is told of `subscription`."""
        offered = (
            self.action("digest-preview", "Preview", subscription),
            self.action("digest-status", "Status", subscription),
            self.action("digest-resume", "Resume", subscription, primary=True)
            if subscription.state is State.PAUSED
            else self.action("digest-pause", "Pause", subscription),
            self.action("digest-unsubscribe", "Unsubscribe", subscription),
        )
        return tuple(each for each in offered if each.name != without)


def paused(reader: Reader, subscription: Subscription) -> tuple[Block, ...]:
    """Return what is told of a subscription that is paused; nothing of another."""
    if subscription.state is not State.PAUSED:
        return ()
    head = Span("Paused. ", bold=True)
    return (
        Callout(Tone.WARNING, text(head, subscription.paused_reason or f"{reader.command('resume')} goes on with it.")),
    )


def coming(subscription: Subscription, now: datetime, count: int) -> str:
    """Return the next dates with their offset from UTC; empty while paused."""
    if subscription.state is State.PAUSED:
        return ""
    slots = upcoming(subscription.schedule, now, count, subscription.last_slot)
    return " · ".join(date_words(slot.at, subscription.schedule.zone) for slot in slots)
