"""A terminal in memory around a real program: `Terminal` runs it in a pty and knows what its screen shows."""

from tests.tui.terminal.pty import Step, Terminal

__all__ = ["Step", "Terminal"]
