"""Every client who bought belongs to one segment."""

from store.rfm import SEGMENTS


def test_every_pair_of_scores_belongs_to_one_segment() -> None:
    pairs = sorted(pair for area in SEGMENTS.values() for pair in area)
    assert pairs == [(recency, worth) for recency in range(1, 6) for worth in range(1, 6)]


def test_who_bought_lately_and_much_is_a_champion_and_who_did_long_ago_is_not_to_be_lost() -> None:
    assert (5, 5) in SEGMENTS["champions"] and (1, 5) in SEGMENTS["cant_lose"] and (1, 1) in SEGMENTS["hibernating"]
