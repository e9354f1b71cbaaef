"""Every client who bought belongs to one segment."""

from store.rfm import SEGMENTS, segment_of


def test_every_pair_of_scores_belongs_to_one_segment() -> None:
    pairs = sorted(pair for area in SEGMENTS.values() for pair in area)
    assert pairs == [(recency, worth) for recency in range(1, 6) for worth in range(1, 6)]


def test_who_bought_lately_and_much_is_a_champion_and_who_did_long_ago_is_not_to_be_lost() -> None:
    assert (segment_of(5, 5), segment_of(1, 5), segment_of(1, 1)) == ("champions", "cant_lose", "hibernating")
