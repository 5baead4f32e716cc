"""Draws names, streets and numbers for the story, none of them twice."""

from __future__ import annotations

import random
from collections.abc import Callable

from demo import identifiers
from demo.people import Address, load_data


class Draw:
    """Draws names, streets and numbers without giving any out twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names = load_data("names")
        self.places = load_data("places")
        self._used: set[str] = set()

    def unused(self, values: list[str]) -> str:
        """One of the values that has not been given out."""
        left = [v for v in values if v.split("/")[0] not in self._used]
        value = self.rng.choice(left)
        self._used.add(value.split("/")[0])
        return value

    def fresh(self, make: Callable[[random.Random], str]) -> str:
        """A number that has not been given out."""
        while True:
            value = make(self.rng)
            if value not in self._used:
                self._used.add(value)
                return value

    def address(self, town: str = "", number: int = 0) -> Address:
        """An address in a street nobody else has."""
        street = self.unused(self.places["streets"])
        place = town or self.rng.choice(self.places["towns"])
        return Address(
            f"{number or self.rng.randrange(2, 90)} {street}",
            place,
            self.fresh(identifiers.postcode),
        )
