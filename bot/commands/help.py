"""Help, made from the table of commands; also what an empty question is answered with."""

from bot.commands.spec import ACTIONS, COMMANDS, Command
from bot.reply import Action, Block, Bullets, Heading, Note, Outcome, Paragraph, Reply, RichText, Span, text

PRIVACY = (
    "What you ask with a command is shown only to you until you press Share to channel; where the bot can be "
    "mentioned, a mention is answered for everybody in the channel."
)
DIGEST_PRIVACY = (
    "Only you see what /digest answers; what a digest posts is for everybody in the channel. Looking is for everyone, "
    "changing for those whom the server or workspace lets."
)
_BUTTONS_EXPLAINED = ("timeline", "sources", "related", "background", "share")


def help_reply(command: Command | None = None) -> Reply:
    """Return the help of one command, or of all of them; of one with subcommands, theirs."""
    shown = (command.subcommands or (command,)) if command else COMMANDS
    if command is not None and command.name.startswith("digest"):
        return _digest_help(command, shown)
    blocks: list[Block] = [
        Heading("How to ask", level=2),
        Paragraph(text("Sourced briefings on US-China relations. Names work in English, Chinese and pinyin.")),
        Bullets(tuple(_command_line(each) for each in shown)),
        Paragraph(text(Span("Try", bold=True), " ", *_examples(shown))),
    ]
    if command is None:
        buttons = (each for each in ACTIONS if each.name in _BUTTONS_EXPLAINED)
        listed = tuple(text(Span(each.label, bold=True), f" · {each.summary}") for each in buttons)
        blocks += [Heading("Buttons under an answer", level=2), Bullets(listed)]
    blocks.append(Note(text(PRIVACY)))
    return Reply(
        blocks=tuple(blocks),
        summary=f"How to ask: {', '.join(each.usage for each in shown)}",
        outcome=Outcome.HELP,
        actions=(Action("browse", "Browse the library", ("", "0")),),
    )


def _digest_help(command: Command, shown: tuple[Command, ...]) -> Reply:
    taken = dict.fromkeys(option for each in shown for option in each.options)
    options = tuple(text(Span(option.name, bold=True), f" · {option.help}") for option in taken)
    blocks: tuple[Block, ...] = (
        Heading("Digests", level=2),
        Paragraph(
            text("What is new, changed or corrected in the briefings, posted by itself at a time of your choice.")
        ),
        Bullets(tuple(_command_line(each) for each in shown)),
        *((Heading("What may follow, in any order", level=3), Bullets(options)) if options else ()),
        Paragraph(text(Span("Try", bold=True), " ", *_examples((command, *command.subcommands)))),
        Note(text(DIGEST_PRIVACY)),
    )
    usage = ", ".join(each.usage for each in shown)
    return Reply(blocks=blocks, summary=f"Digests: {usage}", outcome=Outcome.HELP)


def _command_line(command: Command) -> RichText:
    return text(Span(command.usage, code=True), f" · {command.summary}")


def _examples(commands: tuple[Command, ...]) -> RichText:
    spans: list[str | Span] = []
    for example in (each for command in commands for each in command.examples):
        spans += [" · " if spans else "", Span(example, code=True)]
    return text(*spans)
