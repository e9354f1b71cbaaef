"""By what numbers and identifiers are looked up exactly."""

NAMED_KINDS = {"uid": 0, "number": 1, "identifier": 2}
"""The kinds of what is a client's own, as the table `named` has them."""


def named_key(key: str) -> int:
    """A key as 61 bits: two of a store hardly ever meet, and the card is asked anyway."""
    return int.from_bytes(b"\1" + key.encode("utf-8", "surrogatepass")) % ((1 << 61) - 1)
