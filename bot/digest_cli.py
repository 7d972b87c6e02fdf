"""`briefbot digest`: what channels are sent, asked for on the command line."""

from typing import Annotated, Literal

import typer

from bot.library.vocabulary import Audience
from bot.options import AnswerFormat, Briefings, Config, settings_or_exit

digest_cli = typer.Typer(help="What channels are sent without asking.", no_args_is_help=True)


@digest_cli.command()
def preview(
    topics: Annotated[str, typer.Option(metavar="TOPIC,…", help="Only these topics.")] = "",
    kinds: Annotated[str, typer.Option(metavar="KIND,…", help="Only these kinds of entries.")] = "",
    seen: Annotated[
        str, typer.Option(metavar="DATE|nothing", help="As if the channel last saw the briefings on that day.")
    ] = "",
    day: Annotated[str, typer.Option(metavar="DATE", help="The day of the edition; today when left out.")] = "",
    audience: Annotated[Audience | None, typer.Option(help="Who reads it; as set when left out.")] = None,
    on_empty: Annotated[Literal["skip", "note"], typer.Option(help="What comes on a day without news.")] = "skip",
    duties: Annotated[bool, typer.Option("--duties", help="With the reviews that are due.")] = False,
    output: Annotated[AnswerFormat, typer.Option("--format", help="Text, or one JSON object.")] = AnswerFormat.TEXT,
    config: Config = None,
    briefings: Briefings = None,
) -> None:
    """Print the edition that a channel would get, and why each item is in it or not; from the files alone.

    Without --seen it is as if the channel had seen all but the latest changes. Exit status: 0; 2 when the arguments or
    the settings could not be understood, or there are no briefings.
    """
    from bot.platforms.terminal.streams import as_utf8, standard_streams

    with standard_streams():
        from bot.digests.model import OnEmpty
        from bot.once import digest_once

        settings = settings_or_exit(config, briefings)
        typed = {"topics": topics, "kinds": kinds, "seen": seen, "day": day}
        given = {name: as_utf8(words).strip() for name, words in typed.items()}
        as_json = output is AnswerFormat.JSON
        status = digest_once(settings, given, OnEmpty(on_empty), audience, duties=duties, as_json=as_json)
    raise typer.Exit(status)


@digest_cli.command()
def due(
    output: Annotated[
        AnswerFormat, typer.Option("--format", help="Text, or one JSON object a line.")
    ] = AnswerFormat.TEXT,
    config: Config = None,
) -> None:
    """Print when each subscribed channel gets its next edition; from the database that the bot uses.

    Exit status: 0; 2 when the settings are wrong or the database is in the way.
    """
    from bot.once import digest_due

    raise typer.Exit(digest_due(settings_or_exit(config), as_json=output is AnswerFormat.JSON))


@digest_cli.command()
def status(
    subscription: Annotated[
        int | None, typer.Argument(help="The number that `briefbot digest due` shows; all when left out.")
    ] = None,
    count: Annotated[int, typer.Option(help="How many editions of each.", min=1, max=1000)] = 5,
    output: Annotated[
        AnswerFormat, typer.Option("--format", help="Text, or one JSON object an edition.")
    ] = AnswerFormat.TEXT,
    config: Config = None,
) -> None:
    """Print what became of the latest editions: sent, pending, unknown, failed or skipped, with links and reasons.

    Exit status: 0; 1 when there is no such subscription; 2 when the settings are wrong or the database is in the way.
    """
    from bot.once import digest_status

    settings = settings_or_exit(config)
    raise typer.Exit(digest_status(settings, subscription, count, as_json=output is AnswerFormat.JSON))


@digest_cli.command()
def restored(config: Config = None, briefings: Briefings = None) -> None:
    """Have everything looked for before it is posted: for after a backup of the database was restored, before a start.

    Otherwise what was sent since the backup was made would be sent again. Needs the tokens that the bot has. Exit
    status: 0; 2 when the settings are wrong, there are no briefings, or the database is in the way.
    """
    from bot.once import digest_restored

    raise typer.Exit(digest_restored(settings_or_exit(config, briefings)))
