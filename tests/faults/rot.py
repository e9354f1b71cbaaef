"""Files damaged as disks, cables and people damage them."""

import random
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[bytes, random.Random], bytes]


def flipped(content: bytes, dice: random.Random) -> bytes:
    """One bit is another."""
    place = dice.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :]


def overwritten(content: bytes, dice: random.Random) -> bytes:
    """Some bytes in a row are others."""
    place, size = dice.randrange(len(content)), dice.randrange(1, 64)
    return content[:place] + dice.randbytes(len(content[place : place + size])) + content[place + size :]


def truncated(content: bytes, dice: random.Random) -> bytes:
    """The end is missing."""
    return content[: dice.randrange(len(content))]


def emptied(content: bytes, dice: random.Random) -> bytes:
    """Nothing is left."""
    return b""


def zeroed(content: bytes, dice: random.Random) -> bytes:
    """The length is right, the content is not."""
    return bytes(len(content))


def partly_zeroed(content: bytes, dice: random.Random) -> bytes:
    """A sector of the disk was lost."""
    place = dice.randrange(len(content)) // 512 * 512
    return content[:place] + bytes(len(content[place : place + 512])) + content[place + 512 :]


def lengthened(content: bytes, dice: random.Random) -> bytes:
    """Something of another file stands behind."""
    return content + dice.randbytes(dice.randrange(1, 600))


def doubled(content: bytes, dice: random.Random) -> bytes:
    """A part is there twice."""
    place, size = dice.randrange(len(content)), dice.randrange(1, 600)
    return content[:place] + content[place : place + size] + content[place:]


DAMAGES: tuple[Damage, ...] = (
    *(flipped,) * 8,
    *(overwritten,) * 3,
    *(truncated,) * 2,
    emptied,
    zeroed,
    *(partly_zeroed,) * 2,
    lengthened,
    doubled,
)
"""Each as often as it is tried; the last damage done most is the hardest to notice."""


def damage(file: Path, dice: random.Random) -> str:
    """Damage a file, certainly; says how."""
    content = file.read_bytes()
    while True:
        how = dice.choice(DAMAGES)
        if (found := how(content, dice)) != content:
            file.write_bytes(found)
            return how.__name__
