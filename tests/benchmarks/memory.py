"""How much memory the app and its checker use: python tests/benchmarks/memory.py (Linux only).

Answers three questions in the real app on a pseudo-terminal, one of them wrong, and prints the resident memory of the
app's process and of the checker's child.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from terminal import PROGRAM, Terminal, mebibytes

CARDS = "cards:\n" + "".join(f"  - {{id: card-{n}, kind: derivative, f: sin(x^{n})}}\n" for n in (2, 3, 4))


def main() -> None:
    """Review, then measure."""
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        topic = Path(folder) / "cards" / "one"
        topic.mkdir(parents=True)
        (topic / "first.yaml").write_text(CARDS, encoding="utf-8")
        places = {"MNEMOSYNE_HOME": f"{folder}/home", "MNEMOSYNE_CARDS": f"{folder}/cards"}
        with Terminal([PROGRAM, "review"], places) as terminal:
            review(terminal)
            print(f"app      {mebibytes(terminal.pid):4.0f} MiB")
            for child in children(terminal.pid):
                print(f"checker  {mebibytes(child):4.0f} MiB")


def review(terminal: Terminal) -> None:
    """Give a right answer, a wrong one that is corrected, and a right one."""
    terminal.seconds_until("sin(x²)")
    terminal.type("2x cos(x^2)\r")
    terminal.seconds_until("Correct")
    terminal.type("\r")
    terminal.seconds_until("sin(x³)")
    terminal.type("cos(x^3)\r")
    terminal.seconds_until("Not quite")
    terminal.type("*3x^2\r")
    terminal.seconds_until("Correct")
    terminal.type("\r")
    terminal.seconds_until("sin(x⁴)")
    terminal.type("4x^3 cos(x^4)\r")
    terminal.seconds_until("Correct")


def children(pid: int) -> list[int]:
    """Return the processes that it started."""
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


if __name__ == "__main__":
    main()
