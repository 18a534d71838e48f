"""The sounds of the tests, and the commands that made them: a second of the tone A, as small as each format allows."""

from __future__ import annotations

import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
#: Options of ffmpeg by the ending.
FORMATS = {
    "mp3": ["-c:a", "libmp3lame", "-q:a", "9"],
    "ogg": ["-c:a", "libvorbis", "-q:a", "0"],
    "opus": ["-c:a", "libopus", "-b:a", "8k"],
    "m4a": ["-c:a", "aac", "-b:a", "8k"],
    "wav": ["-c:a", "pcm_u8", "-ar", "4000"],
    "flac": ["-c:a", "flac", "-ar", "4000", "-metadata_header_padding", "0"],
}
TONE = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1:sample_rate=8000", "-ac", "1"]
#: No time, name or version in the file.
BARE = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]


def make(folder: Path = FOLDER) -> None:
    """Make all sounds anew."""
    for ending, options in FORMATS.items():
        target = folder / f"tone.{ending}"
        subprocess.run(["ffmpeg", "-v", "error", "-y", *TONE, *BARE, *options, target], check=True)


def tone(ending: str) -> bytes:
    """Return the sound of an ending."""
    return (FOLDER / f"tone.{ending}").read_bytes()


if __name__ == "__main__":
    make()
