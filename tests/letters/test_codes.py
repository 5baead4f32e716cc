import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from letters.codes import four_words, passphrase, seal_code, words


def test_word_list_is_fit_to_be_read_out():
    """1,024 short words in order, any two of them at least two letters apart."""
    listed = words()
    assert len(listed) == len(set(listed)) == 1024
    assert list(listed) == sorted(listed)
    assert all(4 <= len(w) <= 7 and w.isalpha() and w.islower() and w.isascii() for w in listed)
    for place, word in enumerate(listed):
        close = [
            w for w in listed[place + 1 :] if Levenshtein.distance(word, w, score_cutoff=1) < 2
        ]
        assert close == [], word


def test_word_list_never_changes():
    """The order is part of every code that was ever printed."""
    digest = hashlib.sha256(" ".join(words()).encode()).hexdigest()
    assert digest == "b403adfc646c69e981d332a98f59b398740ec9b193a0d8ec927ba061f6ac9787"


@given(st.binary(min_size=32, max_size=32))
def test_code_gives_back_forty_bits(digest):
    """Four words stand for the first forty bits of the digest, and for no others."""
    number = 0
    for word in four_words(digest).split():
        number = number * 1024 + words().index(word)
    assert number.to_bytes(5, "big") == digest[:5]


def test_code_is_of_the_body():
    """The code of a pack is that of the sha256 of its body."""
    assert seal_code(b"body") == four_words(hashlib.sha256(b"body").digest())


def test_passphrase_comes_from_the_given_source():
    """Six words, each drawn once over the whole list."""
    asked = []

    def choose(limit):
        asked.append(limit)
        return limit - 1

    assert passphrase(choose) == "-".join([words()[-1]] * 6)
    assert asked == [1024] * 6
    assert passphrase(random.Random(1).randrange) != passphrase(random.Random(2).randrange)
