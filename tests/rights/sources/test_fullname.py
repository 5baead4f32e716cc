"""Names in one column come apart as a clerk would read them."""

from __future__ import annotations

import pytest

from rights.sources.fullname import read_full_name, read_parts


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("SMITH, Jonathan (Johnny)", ["Jonathan|SMITH", "Johnny|SMITH known_as"]),
        ("SMITH, Jonathan 'Johnny'", ["Jonathan|SMITH", "Johnny|SMITH known_as"]),
        ("O'BRIEN, D'arcy", ["D'arcy|O'BRIEN"]),
        ("SMITH (née BROWN), Amy", ["Amy|SMITH", "Amy|BROWN former"]),
        ("BROWN, Amy nee SMITH", ["Amy|BROWN", "Amy|SMITH former"]),
        ("Kowalska (Nowak), Anna", ["Anna|Kowalska", "Anna|Nowak alias"]),
        ("Amy Smith aka Mimi Jones", ["Amy|Smith", "Mimi|Jones known_as"]),
        ("Amy Smith (known as Mary Ann)", ["Amy|Smith", "Mary Ann|Smith known_as"]),
        ("VAN DER BERG Pieter", ["Pieter|VAN DER BERG"]),
        ("Amy Jane SMITH JONES", ["Amy Jane|SMITH JONES"]),
        ("McDONALD Ian", ["Ian|McDONALD"]),
        ("AMY SMITH", ["AMY|SMITH"]),
        ("María de la Cruz", ["María|de la Cruz"]),
        ("Mary O Brien", ["Mary|O Brien"]),
        ("Jo E Smith", ["Jo E|Smith"]),
        ("Amy Smith, MBE", ["Amy|Smith"]),
        ("SMITH, Amy (twin 1)", ["Amy|SMITH"]),
        ("SMITH, Amy (DECEASED)", ["Amy|SMITH"]),
        ("KHAN, Mohammed - DO NOT CONTACT", ["Mohammed|KHAN"]),
        ("SMITH, Declan (Dec)", ["Declan|SMITH", "Dec|SMITH known_as"]),
        ("Smith,", ["|Smith"]),
        ("()", ["|"]),
    ],
)
def test_a_cell_with_a_whole_name_comes_apart(cell, names):
    """Surname, forenames, and what stands in brackets and quotes, each as what it is."""
    found = [
        f"{n.forenames}|{n.surname}{'' if n.kind == 'current' else ' ' + n.kind}"
        for n in read_full_name(cell)
    ]
    assert found == names


def test_brackets_in_columns_of_their_own_are_names_too():
    """What stands beside a forename is another forename, beside a surname another surname."""
    found = read_parts("Jonathan (Johnny)", "SMITH (BROWN)")
    assert [name.full for name in found] == ["Jonathan SMITH", "Jonathan BROWN", "Johnny SMITH"]
