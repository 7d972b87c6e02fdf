"""The table of commands as Markdown, for the README; a test holds the README in step with it."""

from bot.commands.spec import COMMANDS


def markdown_table() -> str:
    """Return one row a command, or a subcommand where it has some: usage, what it does, examples."""
    rows = ["| command | what it does | examples |", "| --- | --- | --- |"]
    for command in (each for one in COMMANDS for each in one.subcommands or (one,)):
        examples = "<br>".join(f"`{example}`" for example in command.examples)
        usage = command.usage.replace("|", "\\|")
        rows.append(f"| `{usage}` | {command.summary} | {examples} |".replace("|  |", "| |"))
    return "\n".join(rows)
