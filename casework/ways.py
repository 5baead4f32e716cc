"""By which way a letter and its pack leave: the council's choice, checked when it is read."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

LetterWay = Literal["folder", "smtp", "notify"]
PackWay = Literal["folder", "smtp", "transfer"]
"""Never Notify: its files are small, and its post is printed elsewhere and cannot come back."""
Channel = Literal["post", "email", "collect"]


class Way(BaseModel):
    """How a letter and its pack leave on one channel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letter: LetterWay = "folder"
    pack: PackWay = "folder"

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if self.pack == "smtp" and self.letter != "smtp":
            raise ValueError("a pack goes by smtp only with its letter")
        if self.pack == "transfer" and self.letter == "folder":
            raise ValueError("a link needs a letter by smtp or notify that prints it")
        return self


class Ways(BaseModel):
    """The way of each channel that a requester can choose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    post: Way = Way()
    email: Way = Way()
    collect: Way = Way()

    @model_validator(mode="after")
    def _fit_their_channels(self) -> Self:
        if self.post.letter == "smtp" or self.post.pack != "folder":
            raise ValueError("what is posted goes by folder, or its letter by notify")
        if self.collect != Way():
            raise ValueError("what is collected goes by folder")
        return self

    def of(self, channel: Channel) -> Way:
        """The way of one channel."""
        return {"post": self.post, "email": self.email, "collect": self.collect}[channel]
