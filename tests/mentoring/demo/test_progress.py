from io import StringIO

from mentoring.demo.progress import WIDTH, Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_fills_as_steps_begin() -> None:
    terminal = Terminal()
    progress = Progress(terminal, 2)
    progress("one")
    progress("two")
    progress.finish()
    first, second, last = terminal.getvalue().split("\r")[1:]
    assert first.startswith("[" + "-" * WIDTH + "] one")
    assert second.startswith("[" + "#" * (WIDTH // 2) + "-" * (WIDTH // 2) + "] two")
    assert last.startswith("[" + "#" * WIDTH + "] done")
    assert last.endswith("\n")


def test_what_is_no_terminal_stays_clean() -> None:
    file = StringIO()
    progress = Progress(file, 1)
    progress("one")
    progress.finish()
    assert file.getvalue() == ""
