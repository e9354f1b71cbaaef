"""`make bench` rewrites its own parts of the page of benchmarks and nothing else."""

from dataclasses import replace

from tests.bench.__main__ import with_part
from tests.bench.figures import Figure

FAST = Figure("find", "100 clients", 12.0, 100, "ms", "plain 900 ms")
SLOW = Figure("find", "100 clients", 140.0, 100, "ms")


def test_a_new_subject_goes_to_the_end_of_the_page() -> None:
    page = with_part("# Benchmarks\n\nWords.\n", "find", [FAST])
    assert page.startswith("# Benchmarks\n\nWords.\n")
    assert "## Find" in page
    assert "make bench SUBJECTS=find" in page
    assert "| find | 100 clients | 12 ms | ≤ 100 ms | yes | plain 900 ms |" in page


def test_a_subject_measured_again_takes_its_own_place_and_leaves_the_others() -> None:
    page = with_part(with_part("# Benchmarks\n", "find", [FAST]), "save", [FAST])
    again = with_part(page, "find", [SLOW])
    assert again.count("## Find") == again.count("## Save") == 1
    assert again.index("## Find") < again.index("## Save")
    assert again.count("140 ms") == 1
    assert again.count("**no**") == 1
    assert again.count("12 ms") == 1


def test_a_million_clients_have_a_part_of_their_own_and_say_how_to_measure_it_again() -> None:
    page = with_part(with_part("# Benchmarks\n", "find", [FAST]), "find_million", [SLOW])
    assert "## Find with 1,000,000 clients" in page
    assert "make bench-million SUBJECTS=find`" in page
    assert with_part(page, "find", [FAST]).count("140 ms") == 1


def test_the_processors_time_stands_beside_that_of_the_wall_clock() -> None:
    page = with_part("# Benchmarks\n", "find", [replace(SLOW, processor=80.0)])
    assert "| 140 ms (CPU 80) | ≤ 100 ms | **no** |" in page
