from pathlib import Path

from store.drafts import Draft, Drafts


def test_what_was_typed_and_not_saved_is_offered_back_with_all_its_parts(tmp_path: Path) -> None:
    draft = Draft("01JD", 7, {"person": {"last_name": "Ш"}}, {"person": {}}, {"person.birth_date": "3\ud800 мар"})
    Drafts(tmp_path, "olena").save(draft)
    (found,) = Drafts(tmp_path, "olena").list()
    assert (found.uid, found.serial, found.document, found.before) == ("01JD", 7, draft.document, draft.before)
    assert found.texts == draft.texts and found.at
    assert Drafts(tmp_path, "olena").load("01JD") == found


def test_a_draft_takes_the_place_of_the_older_one_of_its_card_until_it_is_removed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "olena")
    for text in ("Ш", "Ше"):
        drafts.save(Draft("a", None, {"person": {"last_name": text}}, None))
    assert [draft.document["person"]["last_name"] for draft in drafts.list()] == ["Ше"]
    drafts.remove("a")
    drafts.remove("a")
    assert drafts.load("a") is None and list(drafts.list()) == []


def test_operators_do_not_see_each_others_drafts_and_their_names_lead_nowhere_else(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for operator in ("../../escape", "petro"):
        Drafts(store, operator).save(Draft("../x", None, {}, None))
    files = [file.relative_to(store).parts for file in tmp_path.rglob("*.json")]
    assert sorted(parts[0] for parts in files) == ["drafts", "drafts"] and all(len(parts) == 3 for parts in files)
    assert list(Drafts(store, "olena").list()) == []


ODD = b'{"uid": "b", "serial": null, "document": {}, "base": null, "at": 5}'


def test_a_file_that_is_no_draft_is_passed_over_and_left(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "olena")
    drafts.save(Draft("a", None, {}, None))
    torn = drafts.path / "b.json"
    for content in (b'{"uid": "b", "ser', b"[]", b'{"other": 1}', b"\xff", ODD, b"[" * 100_000):
        torn.write_bytes(content)
        assert drafts.load("b") is None
        assert [draft.uid for draft in drafts.list()] == ["a"]
    assert torn.exists()


def test_drafts_are_for_their_operator_alone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "olena")
    drafts.save(Draft("a", None, {}, None))
    assert drafts.path.stat().st_mode & 0o777 == 0o700
    assert (drafts.path / "a.json").stat().st_mode & 0o777 == 0o600
