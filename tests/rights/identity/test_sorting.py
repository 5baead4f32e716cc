"""Keys in order, however many."""

import numpy as np

from rights.identity.sorting import KeySorter


def test_pairs_come_back_in_order_whether_laid_aside_or_held(tmp_path):
    """Runs laid aside in a file give the same order as all pairs in memory, and leave no file."""
    rng = np.random.default_rng(1)
    keys, rows = rng.integers(0, 1 << 48, 5_000), rng.integers(0, 900, 5_000)
    keys[:600] = keys[600:1200]
    for folder in (None, tmp_path):
        sorter = KeySorter(folder, room=900)
        for start in range(0, 5_000, 100):
            sorter.add(keys[start : start + 100], rows[start : start + 100])
        found = [
            pair
            for part in sorter.sorted()
            for pair in zip(part[0].tolist(), part[1].tolist(), strict=True)
        ]
        assert found == sorted(zip(keys.tolist(), rows.tolist(), strict=True))
        assert not [*sorter.sorted()] and not [*tmp_path.iterdir()]
