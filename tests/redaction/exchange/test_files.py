"""The files of the engine without a case."""

import json

import jsonschema
import pytest

from redaction.exchange import (
    KINDS,
    DecisionsFile,
    MustNotFile,
    PeopleFile,
    read_file,
    schema_of,
    shipped_schema,
)
from rights.errors import InputError
from rights.release import Role


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_that_of_the_model(kind):
    """What is shipped for others is what the program itself checks."""
    assert json.loads(shipped_schema(kind)) == json.loads(schema_of(kind))
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped_schema(kind)))


def test_people_get_references_by_order_and_the_subject_comes_first():
    """A reference that is given is kept, and no other person gets it."""
    data = b"""{"version": 1, "people": [
        {"role": "parent", "names": [{"surname": "Khan"}]},
        {"ref": "P02", "role": "subject", "names": [{"forenames": "Amy"}]},
        {"relation": "neighbour"}]}"""
    people = read_file(data, PeopleFile).persons()
    assert [(p.ref, p.role) for p in people] == [
        ("P02", Role.SUBJECT),
        ("P01", Role.PARENT),
        ("P03", Role.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("model", "text", "places"),
    [
        (PeopleFile, "people: []", ["version: field required"]),
        (PeopleFile, "version: 2", ["version: input should be 1 (line 1)"]),
        (
            PeopleFile,
            "version: 1\npeople: [{role: mum, names: [{surnam: Zebedee}]}]",
            [
                "people[0].role: ",
                "people[0].names[0].surnam: no such key; perhaps `surname` (line 2)",
            ],
        ),
        (
            PeopleFile,
            "version: 1\npeople: [{names: [{surname: Zebedee}], date_of_birth: 2020-13-13}]",
            ["people[0].date_of_birth: "],
        ),
        (PeopleFile, "version: 1\nZebedee Khan: 3", ["(a key): no such key; version, people,"]),
        (PeopleFile, "version: 1\npeople: [{}]", ["people[0]: a person needs a name"]),
        (
            DecisionsFile,
            "version: 1\ndocuments: [{id: D1, sha256: zz}]\npersons: [{person: P01}]",
            ["documents[0].sha256: ", "persons[0].decision: field required"],
        ),
        (MustNotFile, "version: 1", ["the file: neither"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_without_its_value(model, text, places):
    """Every error names where, and nothing that was written there."""
    with pytest.raises(InputError) as caught:
        read_file(text.encode(), model)
    for place in places:
        assert place in caught.value.sentence
    assert "Zebedee" not in str(caught.value)


@pytest.mark.parametrize("data", [b"a: [", b'{"version": 1,', b"\xff\xfe", b"a: *b"])
def test_what_is_no_yaml_or_json_is_refused(data):
    """Damaged files are told as such."""
    with pytest.raises(InputError):
        read_file(data, PeopleFile)


def test_a_key_that_stands_twice_is_refused_with_its_line():
    """The second would take the place of the first without a word: a name could be lost."""
    twice = b"version: 1\npeople:\n  - name: Ann O'Shea\n    role: sibling\n    name: Bea O'Shea\n"
    with pytest.raises(InputError) as caught:
        read_file(twice, PeopleFile)
    assert caught.value.code == "redact.people.syntax"
    assert "line 3" in caught.value.sentence and "Shea" not in str(caught.value)
