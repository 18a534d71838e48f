"""Run a command several times while as many other processes as the machine has cores keep them busy.

    python tools/busy.py 3 python -m pytest

Ends with the exit code of the first run that fails.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> int:
    """Run what the arguments say."""
    times, command = int(sys.argv[1]), sys.argv[2:]
    others = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)
    ]
    try:
        for turn in range(1, times + 1):
            print(f"run {turn} of {times}, with {len(others)} other processes at work", flush=True)
            code = subprocess.run(command, check=False).returncode
            if code:
                return code
    finally:
        for other in others:
            other.kill()
            other.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
