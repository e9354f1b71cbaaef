from pathlib import Path

from store.card import Document
from store.mailing import address_in, addresses_of, refuses
from tests.store.stores import add, opened, remove

EMAIL = ("contacts[+].value", "a@example.com")


def test_the_addresses_come_in_the_order_of_the_clients_each_once(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        one = add(store, EMAIL, last_name="А").serial
        two = add(store, ("contacts[+].value", "b@example.com"), last_name="Б").serial
        same = add(store, ("contacts[+].value", "A@example.com"), last_name="В").serial
        none = add(store, last_name="Г").serial
        gone = add(store, ("contacts[+].value", "d@example.com"), last_name="Ґ")
        remove(store, gone)
        found = addresses_of(store, [two, one, same, none, gone.serial])
        assert found.addresses == ("b@example.com", "a@example.com")
        assert (found.without, found.refused) == (2, 0)


def test_who_refused_is_left_out_and_counted(tmp_path: Path) -> None:
    no = (("consents[+].kind", "marketing"), ("consents[+].given", "ні"))
    with opened(tmp_path / "store") as store:
        serial = add(store, EMAIL, *no, last_name="А").serial
        assert addresses_of(store, [serial]).refused == 1


def test_the_newest_word_on_a_consent_counts() -> None:
    def asked(*words: tuple[str, str, bool]) -> bool:
        consents = [{"kind": kind, "date": date, "given": given} for kind, date, given in words]
        return refuses({"consents": consents})

    assert not asked(("email", "2026-01-01", False), ("email", "2026-02-01", True))
    assert asked(("email", "2026-02-01", False), ("email", "2026-01-01", True))
    assert asked(("email", "2026-02-01", True), ("marketing", "2025-01-01", False))
    assert not asked(("photo", "2026-02-01", False))
    assert refuses({"preferences": {"channel": "none"}})
    assert not refuses({"preferences": {"channel": "phone"}, "consents": "x"})


def test_the_main_address_is_taken_and_none_that_would_make_two() -> None:
    def document(*values: str) -> Document:
        return {"contacts": [{"kind": "email", "value": value, "main": value[0] == "m"} for value in values]}

    assert address_in(document("a@x.ua", "m@x.ua")) == "m@x.ua"
    assert address_in(document("a@x.ua, b@x.ua", "c@x.ua")) == "c@x.ua"
    assert address_in(document("a@x.ua\nBcc: b@x.ua")) == ""
    assert address_in({"contacts": [{"kind": "phone", "value": "a@x.ua"}]}) == ""
