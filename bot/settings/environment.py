"""The environment: BRIEFBOT_SECTION__KEY overrides the file, secrets come as values or as the files that hold them."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.settings.given import BY_VARIABLE, Given, nearest
from bot.settings.model import Spec
from bot.settings.problem import SettingProblem

PREFIX = "BRIEFBOT_"
CONFIG_VARIABLE = "BRIEFBOT_CONFIG"
_FILE = "_FILE"
_SECRET_BYTES = 65_536
"""Bytes read of a secret's file: a wrong path may lead to something endless."""

# Kubernetes tells every pod of a service called "briefbot…" where it is; those are no settings.
_SERVICE_LINK = re.compile(
    r"BRIEFBOT_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)=.*"
    r"|BRIEFBOT_(\w+_)?PORT=(tcp|udp|sctp)://.*"
)


class Environment:
    """What the environment gives, and what is wrong with it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Read every variable that begins with BRIEFBOT_, in any case."""
        self.given: list[Given] = []
        self.problems: list[SettingProblem] = []
        for variable in sorted(environ):
            if variable.upper().startswith(PREFIX) and variable != CONFIG_VARIABLE:
                self._take(variable, environ)

    def _take(self, variable: str, environ: Mapping[str, str]) -> None:
        value = environ[variable]
        spec = BY_VARIABLE.get(variable)
        of_file = BY_VARIABLE.get(variable.removesuffix(_FILE)) if variable.endswith(_FILE) else None
        if spec is not None and not spec.secret:
            self.given.append(Given(spec, value, lambda: variable, typed=False))
        elif spec is not None:
            self._secret(spec, variable, value)
        elif of_file is not None and of_file.secret:
            self._secret_file(of_file, variable, value, environ)
        elif not _SERVICE_LINK.fullmatch(f"{variable}={value}"):
            self.problems.append(_unknown(variable, of_file))

    def _secret(self, spec: Spec, place: str, value: str) -> None:
        value = value.rstrip("\r\n")
        if not value:
            return  # `docker compose` hands on unset variables as empty ones
        if not re.fullmatch(r"[!-~]+", value):
            hint = "leave out the word in front of it" if value.startswith(("Bot ", "Bearer ")) else ""
            self.problems.append(SettingProblem(spec.name, place, f"must be {spec.form}", hint))
            return
        self.given.append(Given(spec, value, lambda: place, typed=False))

    def _secret_file(self, spec: Spec, variable: str, path: str, environ: Mapping[str, str]) -> None:
        if not path:
            return
        if environ.get(spec.variable):
            message = f"is set twice: by {spec.variable} and by {variable}"
            self.problems.append(SettingProblem(spec.name, variable, message, "unset one of them"))
            return
        try:
            with Path(path).open("rb") as file:
                content = file.read(_SECRET_BYTES).decode("ascii").rstrip("\r\n")
        except (OSError, ValueError) as error:
            # The value is not shown: it may be the secret itself, set in the wrong place.
            why = error.strerror if isinstance(error, OSError) and error.strerror else "it holds no plain text"
            self.problems.append(SettingProblem(spec.name, variable, f"is in a file that cannot be read: {why}"))
            return
        if content:
            self._secret(spec, variable, content)
        else:
            self.problems.append(SettingProblem(spec.name, variable, "is in a file that is empty"))


def _unknown(variable: str, of_file: Spec | None) -> SettingProblem:
    if of_file is not None:
        hint = f"only secrets are read from files; set {of_file.variable}"
    else:
        known = [name for spec in BY_VARIABLE.values() for name in (spec.variable, spec.variable + _FILE * spec.secret)]
        # Compared without the prefix: what all share says nothing about which was meant.
        endings = [name.removeprefix(PREFIX) for name in (*dict.fromkeys(known), CONFIG_VARIABLE)]
        found = nearest(variable.upper().removeprefix(PREFIX), endings)
        hint = f"did you mean {PREFIX}{found}?" if found else ""
    return SettingProblem(variable, "environment", "is not a setting", hint or "config/briefbot.toml lists them all")
