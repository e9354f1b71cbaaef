"""A CSV file as other programs and people write it: what it is, and its rows one by one.

All that is wrong with the file as a whole is raised as `Invalid` (or `NotFound`) before a client is touched.
"""

import csv
import io
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from store.errors import Invalid, NotFound, Problem
from store.exchange.delimiter import Layout, cells_up_to, layout_of
from store.exchange.encoding import encoding_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_CELL = 1_000_000
"""The longest cell taken, in characters."""

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x7fELF", "program"),
    (b"BEGIN:VCARD", "vcard"),
    (b"{\\rtf", "rtf"),
    (b'{"', "jsonl"),
    (b"[{", "json"),
    (b"<html", "html"),
    (b"<!DOCTYPE", "html"),
    (b"<?xml", "xml"),
)
_SAMPLE_LINES = 200
_BUFFER = 1 << 16


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of the file."""

    number: int
    """Counted from 1 as a spreadsheet counts: empty rows too."""
    cells: list[str]


class _File(io.FileIO):
    """A file that says as the import does that it cannot be read, also in its middle."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Read into a buffer. Raises Invalid (`file-unreadable`)."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Invalid([Problem("", "file-unreadable", str(self.name), details={"reason": reason})]) from error


def open_file(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file for reading bytes at any place; what cannot be wound back (a pipe) is copied aside first.

    Raises:
        NotFound: `file-missing`.
        Invalid: `file-is-folder`, `file-unreadable`, or `file-of-other-kind` (details: kind).
    """
    place = os.fspath(path)
    try:
        file = io.BufferedReader(_File(place), _BUFFER)
        kind = os.fstat(file.fileno()).st_mode
    except FileNotFoundError as error:
        raise NotFound("file-missing", path=place) from error
    except IsADirectoryError as error:
        raise Invalid([Problem("", "file-is-folder", place)]) from error
    except OSError as error:
        raise Invalid([Problem("", "file-unreadable", place, details={"reason": error.strerror or ""})]) from error
    if not stat.S_ISREG(kind):
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
        with file:
            shutil.copyfileobj(file, copy)
        copy.seek(0)
        return copy
    return file


def kind_of_file(file: BinaryIO) -> str:
    """What a file is by its first bytes: "text", or the name of another kind (`xlsx`, `zip`, `pdf` …)."""
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "text")


def _kind_of_zip(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        names = set()
    file.seek(0)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    return "ods" if "mimetype" in names and "content.xml" in names else "zip"


class CsvFile:
    """The rows of a CSV file; its encoding and delimiter are found by looking.

    Attributes:
        encoding: as Python names it.
        layout: how rows are cut.
    """

    def __init__(self, file: BinaryIO, path: str, known: Callable[[str], bool]) -> None:
        """Look at an open file.

        Args:
            file: opened for reading bytes; closed by the caller.
            path: its name, for messages.
            known: whether a cell is the name of a column.

        Raises:
            Invalid: `file-of-other-kind` (details: kind), `file-empty`.
        """
        self._path = path
        self._file = file
        kind = kind_of_file(file)
        if kind != "text":
            raise Invalid([Problem("", "file-of-other-kind", path, details={"kind": kind})])
        self.size = file.seek(0, os.SEEK_END)
        self.encoding = encoding_of(file)
        text = self._text()
        # An unclosed quote may make one line of the whole file: never read more than so much of it for a guess.
        sample = [line for line in (text.readline(LONGEST_CELL) for _ in range(_SAMPLE_LINES)) if line]
        text.detach()
        if not any(line.strip() for line in sample) and self.size < LONGEST_CELL:
            raise Invalid([Problem("", "file-empty", path)])
        self.layout: Layout = layout_of([line.replace("\0", "") for line in sample], known)

    def _text(self) -> io.TextIOWrapper:
        self._file.seek(0)
        # "replace" has work in 8-bit pages with holes and in UTF-8 with spoilt bytes; the rows it marks are told of.
        return io.TextIOWrapper(self._file, encoding=self.encoding, errors="replace", newline="")

    def position(self) -> int:
        """How many bytes of `size` were read."""
        return self._file.tell()

    def rows(self) -> Iterator[RawRow]:
        """Yield all rows, the empty ones too (as no cells).

        Raises:
            Invalid: `file-nul`, `quote-unclosed` or `cell-too-long` (details: most), with the row.
        """
        text = self._text()
        try:
            yield from self._cut(text)
        finally:
            # Ctrl+C may close the file before this generator.
            if not self._file.closed:
                text.detach()

    def _cut(self, text: io.TextIOWrapper) -> Iterator[RawRow]:
        held: list[str] = []
        number = 0

        def lines() -> Iterator[str]:
            for line in text:
                if "\0" in line:
                    raise Invalid([Problem("", "file-nul", self._path, row=number + 1)])
                held.append(line)
                yield line

        with cells_up_to(LONGEST_CELL):
            source = lines()
            if self.layout.announced:
                next(source, None)
                held.clear()
            # Strict, so that a quote that never closes is told from one that does.
            reader = csv.reader(source, delimiter=self.layout.delimiter, strict=True)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    cells = self._mend(held, number + 1, error)
                # Within quotation marks it is what somebody typed, and exported.
                if '="' in held[0] and '"=""' not in held[0]:
                    cells = [_unwrapped(cell) for cell in cells]
                held.clear()
                number += 1
                yield RawRow(number, cells)

    def _mend(self, held: list[str], row: int, error: csv.Error) -> list[str]:
        """Read a row that is not strictly right: `"ТОВ "Мрія" Київ";Львів`, its inner quotes not doubled."""
        one_line = len(held) == 1
        if one_line and "field limit" in str(error):
            raise Invalid([Problem("", "cell-too-long", "", row=row, details={"most": LONGEST_CELL})]) from error
        cells = _forgiven(held[0].rstrip("\r\n"), self.layout.delimiter) if one_line else None
        if cells is None:
            # A cell that swallowed further lines and then goes on after its closing quote was never closed.
            raise Invalid([Problem("", "quote-unclosed", held[0][:80].strip() if held else "", row=row)]) from error
        return cells


_FORMULA = re.compile(r'="(.*)"\s*', re.DOTALL)
"""A text as other programs write it so that Excel takes it for no number: `="0671234567"`."""


def _unwrapped(cell: str) -> str:
    formula = _FORMULA.fullmatch(cell)
    return formula[1].replace('""', '"') if formula else cell


def _forgiven(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line in which a quote closes a cell only before a delimiter; None where one never closes."""
    cells: list[str] = []
    rest: str | None = line
    while rest is not None:
        if rest.startswith('"'):
            end = rest.find(f'"{delimiter}', 1)
            if end < 0 and (len(rest) < 2 or not rest.endswith('"')):
                return None
            cell, rest = (rest[1:end], rest[end + 2 :]) if end > 0 else (rest[1:-1], None)
            cells.append(cell.replace('""', '"'))
        else:
            cell, found, after = rest.partition(delimiter)
            cells.append(cell)
            rest = after if found else None
    return cells
