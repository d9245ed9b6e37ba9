"""Options that several commands share."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer


class LanguageChoice(StrEnum):
    """The languages of every text."""

    EN = "en"
    ZH = "zh"


Language = Annotated[LanguageChoice, typer.Option("--lang", envvar="SPINESAFE_LANG", help="Language of the text.")]


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no date: write it as 2026-11-24"
        raise typer.BadParameter(message) from error


AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=day, metavar="DATE", help="Decide for this day (YYYY-MM-DD); today if left out.")
]
