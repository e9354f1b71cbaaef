"""What was tried where nobody was found."""

import datetime

from store.query import parse
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tui.sidebar.tried import tried_in_words


def tried(line: str) -> list[str]:
    return tried_in_words(parse(line, Schema.from_data(STANDARD_SECTIONS), datetime.date(2026, 11, 26)))


def test_words_were_tried_in_every_way() -> None:
    assert tried("itdxtyrj") == [
        "What was tried:",
        "· as typed, in every spelling of Ukrainian, Russian and Latin letters",
        "· inside words: …itdxtyrj",
        "· in another keyboard layout: шевченко",
        "· with one typing error: itdxtyrj",
        "· the same names in the other languages",
    ]


def test_of_a_page_that_was_pasted_some_words_are_told_each_once() -> None:
    assert "· inside words: …слово" in tried("слово " * 900)
    many = next(line for line in tried(" ".join(f"слово{chr(1072 + n)}" for n in range(30))) if "inside" in line)
    assert many.endswith("…") and many.count("слово") == 12


def test_words_are_told_as_they_were_typed_and_phrases_as_what_they_are() -> None:
    told = tried("чайник -місто Анатолій")
    assert "· inside words: …чайник, …Анатолій" in told and "· with one typing error: чайник, Анатолій" in told
    assert not any("inside" in line or "error" in line for line in [*tried('"чайник"'), *tried('"чай')])


def test_digits_were_tried_as_they_are_and_short_words_not_inside_others() -> None:
    fields = "· figures in house, flat, postcode and other fields"
    assert tried("9876543") == ["What was tried:", "· as typed", fields]
    assert not any("inside" in line for line in tried("шев"))


def test_filters_are_named_as_what_may_have_left_somebody_out() -> None:
    assert any("filters" in line for line in tried("шев -city:Київ"))
    assert tried("tag:vip") == [
        "What was tried:",
        "· the filters as they stand: nobody is all of that",
        "· in another keyboard layout: tag:мшз",
    ]
    assert tried("city:Київ,Львів")[-1] == (
        "· Either of several values is written with “or” between: city:Київ or city:Львів"
    )
    for line in ('city:"Київ,Львів"', "spent:50,5", "-city:Київ,Львів"):
        assert not any("Either" in told for told in tried(line))
    assert tried("") == []
