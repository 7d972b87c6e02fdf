"""The `briefbot` command: arguments are parsed here, the work is done elsewhere.

Heavy parts (the SDKs, the page) are imported by the command that needs them, so that `briefbot check` starts at once.
"""

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.digest_cli import digest_cli
from bot.library.vocabulary import Kind
from bot.options import USAGE_ERROR, AnswerFormat, Briefings, Config, settings_or_exit

if TYPE_CHECKING:
    from bot.library.ahead import Ahead

cli = typer.Typer(
    name="briefbot",
    help="Sourced briefings on US-China relations, answered in Slack, Discord and a terminal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
slack_cli = typer.Typer(help="What Slack needs to know of the bot.", no_args_is_help=True)
discord_cli = typer.Typer(help="What Discord needs to know of the bot.", no_args_is_help=True)
cli.add_typer(slack_cli, name="slack")
cli.add_typer(discord_cli, name="discord")
cli.add_typer(digest_cli, name="digest")


class ReportFormat(StrEnum):
    """How `briefbot check` prints problems."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@cli.command()
def run(context: typer.Context, config: Config = None, briefings: Briefings = None) -> None:
    """Start the bot: every platform that has a token, health and metrics."""
    settings = settings_or_exit(config, briefings)
    ahead: Ahead | None = context.obj
    if ahead is not None:
        ahead.begin(settings.briefings.path)
    from bot.app import serve

    raise typer.Exit(asyncio.run(serve(settings, ahead)))


@cli.command()
def preview(
    config: Config = None,
    briefings: Briefings = None,
    port: Annotated[int | None, typer.Option(help="Port of the page.", min=0, max=65535)] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Show the page: chat with the bot and see every entry as Slack and Discord draw it. Needs no token."""
    from bot.app import serve_page

    settings = settings_or_exit(config, briefings)
    raise typer.Exit(asyncio.run(serve_page(settings, port=port, open_browser=open_browser)))


@cli.command()
def chat(config: Config = None, briefings: Briefings = None) -> None:
    """Chat with the bot in the terminal; piped input gives plain text.

    Exit status: 0 at the end of the chat, 2 when the settings are wrong or there are no briefings to ask.
    """
    from bot.platforms.terminal.streams import standard_streams

    with standard_streams():
        from bot.once import chat_in_terminal

        status = asyncio.run(chat_in_terminal(settings_or_exit(config, briefings)))
    raise typer.Exit(status)


@cli.command()
def brief(
    query: Annotated[list[str] | None, typer.Argument(help="What to look up.", show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As it stood on that day.")] = None,
    output: Annotated[
        AnswerFormat, typer.Option("--format", help="Text, or one JSON object a line.")
    ] = AnswerFormat.TEXT,
    stdin: Annotated[bool, typer.Option("--stdin", help="One query a line from standard input.")] = False,
    config: Config = None,
    briefings: Briefings = None,
) -> None:
    """Answer one question, or with --stdin one a line (always as JSON).

    Exit status: 0 when it was answered, if only with an honest "nothing"; 1 when the bot failed (the answer has the
    reference, standard error the log); 2 when the arguments, the date or the settings could not be understood, or there
    are no briefings to ask. With --stdin, what is wrong with a line is told in its own answer and changes no status.
    """
    from bot.platforms.terminal.streams import as_utf8, standard_streams

    if stdin == bool(query):
        typer.echo("briefbot brief: give a QUERY, or --stdin and one query a line; not both.", err=True)
        raise typer.Exit(USAGE_ERROR)
    asked = None if stdin else as_utf8(" ".join(query or ()))
    day = None if as_of is None else as_utf8(as_of)
    with standard_streams():
        from bot.once import answer_once

        settings = settings_or_exit(config, briefings)
        status = asyncio.run(answer_once(settings, asked, day, as_json=output is AnswerFormat.JSON or stdin))
    raise typer.Exit(status)


@cli.command()
def search(
    query: Annotated[list[str] | None, typer.Argument(help="What to search for.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="One query a line from standard input.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each result stands where it does.")] = False,
    limit: Annotated[int, typer.Option("--limit", help="Results to tell at most.", min=1, max=100)] = 10,
    config: Config = None,
    briefings: Briefings = None,
) -> None:
    """Show what a question leads to: a match, a choice, or nothing and the nearest there is.

    Exit status: 0 whatever was found; 2 when the arguments or the settings could not be understood, or there are no
    briefings to ask.
    """
    from bot.platforms.terminal.streams import as_utf8, standard_streams

    if stdin == bool(query):
        typer.echo("briefbot search: give a QUERY, or --stdin and one query a line; not both.", err=True)
        raise typer.Exit(USAGE_ERROR)
    asked = None if stdin else as_utf8(" ".join(query or ()))
    with standard_streams():
        from bot.once import search_once

        settings = settings_or_exit(config, briefings)
        status = search_once(settings, asked, limit, as_json=as_json, explain=explain)
    raise typer.Exit(status)


@cli.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="The folder of briefings, or one file in it.")] = None,
    output: Annotated[
        ReportFormat, typer.Option("--format", help="For people, for tools, or for GitHub.")
    ] = ReportFormat.TEXT,
    config: Config = None,
) -> None:
    """Name every mistake in the briefings at file:line:column; exit 1 when there is an error, or no briefing at all."""
    from bot.library.report import check_folder
    from bot.platforms.terminal.streams import standard_streams

    with standard_streams():
        settings = settings_or_exit(config).briefings
        text, clean = check_folder(path if path is not None else settings.path, output.value, settings.style)
        sys.stdout.write(text)
    raise typer.Exit(0 if clean else 1)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a briefing's front matter, for editors' tools."""
    from bot.library.schema import schema_text

    sys.stdout.write(schema_text())


@cli.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What it is about.")],
    slug: Annotated[str, typer.Argument(help="Its id, for example marco-rubio.")],
    title: Annotated[str | None, typer.Option(help="Its title; made from the id when left out.")] = None,
    config: Config = None,
    briefings: Briefings = None,
) -> None:
    """Start a briefing: write a draft that passes the check and say where it is."""
    from bot.library.new import write_new

    folder = settings_or_exit(config, briefings).briefings.path
    try:
        typer.echo(str(write_new(folder, kind, slug, title)))
    except (ValueError, OSError) as error:
        typer.echo(f"briefbot new: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from None


@slack_cli.command()
def manifest(
    mode: Annotated[str, typer.Option(help="socket, or http with --url.")] = "socket",
    url: Annotated[str | None, typer.Option(help="Address of the bot, for http: https://…/slack/events.")] = None,
) -> None:
    """Print the app manifest to paste at Slack (Create New App, From a manifest)."""
    from bot.platforms.slack.manifest import manifest_text

    try:
        sys.stdout.write(manifest_text(mode, url))
    except ValueError as error:
        typer.echo(f"briefbot slack manifest: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from None


@discord_cli.command()
def invite(
    application: Annotated[
        str | None,
        typer.Argument(help="The application's id, from Discord's developer portal; left out, the token tells it."),
    ] = None,
    config: Config = None,
) -> None:
    """Print the link that adds the bot to a server, with the permissions it needs and no more."""
    from bot.platforms.discord.invite import application_id, invite_url

    try:
        if application is None:
            token = settings_or_exit(config).discord.token
            application = str((token and application_id(token.get_secret_value())) or "")
            if not application:
                raise ValueError("give the application's id, or set BRIEFBOT_DISCORD__TOKEN")
        typer.echo(invite_url(application))
    except ValueError as error:
        typer.echo(f"briefbot discord invite: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from None


@cli.command()
def healthcheck(config: Config = None) -> None:
    """Ask the running bot whether it is alive; exit 0 when it is. For containers; /readyz tells more."""
    from bot.web.healthcheck import alive

    web = settings_or_exit(config).web
    ok, words = alive(web.host, web.port)
    typer.echo(words, err=not ok)
    raise typer.Exit(0 if ok else 1)


@cli.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    """Answer from sourced briefings on US-China relations, in Slack, Discord and a terminal."""
    if show:
        from bot import __version__

        typer.echo(f"briefbot {__version__}")
        raise typer.Exit
