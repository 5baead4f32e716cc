"""Splink 5 on the same tables, set up as its documentation advises, decided by the same rule."""

from __future__ import annotations

import logging
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_FEBRL_RULES = (
    ("given_name", "surname"), ("date_of_birth",), ("given_name", "postcode"),
    ("surname", "postcode"), ("postcode", "street_number"), ("surname", "suburb"),
    ("soc_sec_id",),
)  # fmt: skip


def _names(column: str) -> Any:
    return cl.JaroWinklerAtThresholds(column, [0.9, 0.8]).configure(term_frequency_adjustments=True)


def febrl(
    one: pd.DataFrame, other: pd.DataFrame, columns: list[str]
) -> list[tuple[str, str, float]]:
    """(left, right, probability) of all pairs above one half; `columns` are compared."""
    comparisons = {
        "given_name": _names("given_name"),
        "surname": _names("surname"),
        "date_of_birth": cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
        "postcode": cl.LevenshteinAtThresholds("postcode", [1, 2]),
        "street_number": cl.ExactMatch("street_number"),
        "address_1": cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        "address_2": cl.JaroWinklerAtThresholds("address_2", [0.9, 0.7]),
        "suburb": cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
        "state": cl.ExactMatch("state"),
        "soc_sec_id": cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
    }
    rules = [block_on(*rule) for rule in _FEBRL_RULES if set(rule) <= set(columns)]
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        comparisons=[comparisons[column] for column in columns],
        blocking_rules_to_generate_predictions=rules,
    )
    trained = [block_on("date_of_birth"), block_on("given_name", "postcode"), block_on("surname")]
    return _predicted([other, one], settings, rules[:2], trained)


def fake(table: pd.DataFrame) -> list[tuple[str, str, float]]:
    """The same within Splink's own example table."""
    rules = [
        block_on("first_name", "surname"), block_on("dob"), block_on("email"),
        block_on("surname", "city"), block_on("first_name", "city"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            _names("first_name"),
            _names("surname"),
            cl.LevenshteinAtThresholds("dob", [1, 2]),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("email", [2]),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    return _predicted([table], settings, rules[:2], [block_on("dob"), block_on("email")])


def _predicted(
    tables: list[pd.DataFrame], settings: Any, sure: list[Any], trained: list[Any]
) -> list[tuple[str, str, float]]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    frames = [api.register(table, dataset_display_name=f"t{at}") for at, table in enumerate(tables)]
    linker = Linker(frames if len(frames) > 1 else frames[0], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    key = settings.unique_id_column_name
    return [
        (str(one), str(other), float(p))
        for one, other, p in zip(
            found[f"{key}_l"], found[f"{key}_r"], found["match_probability"], strict=True
        )
    ]


class Linked:
    """One large table to which single queries are linked, as Splink's guide to that shows.

    Args:
        table: CSV with the columns that `benchmarks.identity_index` writes.
    """

    _COLUMNS = ("forename", "surname", "dob", "postcode", "nhs")

    def __init__(self, table: Path) -> None:
        logging.getLogger("splink").setLevel(logging.ERROR)
        people = pd.read_csv(table, dtype=str, keep_default_na=False)
        people["forename"] = people["forenames"].str.split(" ").str[0]
        people = people[["key", *self._COLUMNS]].replace("", None)
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="key",
            comparisons=[
                _names("forename"),
                _names("surname"),
                cl.LevenshteinAtThresholds("dob", [1, 2]),
                cl.LevenshteinAtThresholds("postcode", [1, 2]),
                cl.ExactMatch("nhs"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("dob"), block_on("forename", "surname"), block_on("postcode"),
                block_on("nhs"),
            ],
        )  # fmt: skip
        self._asked = 0
        self._api = DuckDBAPI()
        self._frame = self._api.register(people, dataset_display_name="people")
        self._linker = Linker(self._frame, settings, log_level=logging.ERROR)
        training = self._linker.training
        training.estimate_probability_two_random_records_match(
            [block_on("nhs"), block_on("forename", "surname", "dob")], recall=0.8
        )
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in (block_on("nhs"), block_on("dob", "postcode")):
            training.estimate_parameters_using_expectation_maximisation(rule)

    def find(self, asked: dict[str, Any]) -> list[tuple[str, float]]:
        """(key, probability) of the records that may be this person's."""
        day = f"{asked['dob'][8:]}/{asked['dob'][5:7]}/{asked['dob'][:4]}"
        rows = [
            {
                "key": f"asked {number}",
                "forename": asked["forenames"].split(" ")[0],
                "surname": surname,
                "dob": day,
                "postcode": code,
                "nhs": asked["nhs"] or None,
            }
            for number, (surname, (_, code)) in enumerate(
                product(asked["surnames"], asked["addresses"])
            )
        ]
        self._asked += 1
        one = self._api.register(pd.DataFrame(rows), dataset_display_name=f"asked{self._asked}")
        found = self._linker.inference.predict_between(
            self._frame, one, threshold_match_probability=0.5
        ).as_pandas_dataframe()
        best: dict[str, float] = {}
        for one, other, p in zip(
            found["key_l"], found["key_r"], found["match_probability"], strict=True
        ):
            key = str(other) if str(one).startswith("asked") else str(one)
            best[key] = max(best.get(key, 0.0), float(p))
        return list(best.items())


def oriented(pairs: list[tuple[str, str, float]], left: set[str]) -> list[tuple[str, str, float]]:
    """Each pair with the record of the left table first."""
    return [(a, b, p) if a in left else (b, a, p) for a, b, p in pairs]
