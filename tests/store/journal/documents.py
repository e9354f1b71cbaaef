"""Documents as an operator, a script or another hand may make them: what the laws of the journal are tried on."""

from typing import Any

from hypothesis import strategies as st

VALUES = st.one_of(
    st.text(max_size=3), st.booleans(), st.lists(st.sampled_from("abcd"), unique=True, min_size=1, max_size=3)
)
FIELDS = st.sampled_from(["first", "second", "third"])
FORMS = st.dictionaries(FIELDS, VALUES, min_size=1, max_size=3)
ROW_IDS = st.sampled_from(["r1", "r2", "r3", "r4"])


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    ids = draw(st.lists(ROW_IDS, unique=True, min_size=1, max_size=4))
    return [{"id": row_id, **draw(FORMS)} for row_id in ids]


KEYS = st.sampled_from(["person", "notes", "odd.key", "more#%2E"])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document: dict[str, Any] = {"number": draw(st.sampled_from(["K-1111-1", "K-2222-2"]))}
    for key in draw(st.lists(KEYS, unique=True)):
        document[key] = draw(FORMS)
    for key in draw(st.lists(st.sampled_from(["contacts", "tasks"]), unique=True)):
        document[key] = draw(tables())
    if draw(st.booleans()):
        document["own"] = draw(st.one_of(st.text(max_size=2), st.integers(), st.just({"deep": {"x": 1}})))
    return document
