"""Mark scans of answer sheets: pages → marks → scores. Needs the extra `mark` (OpenCV, PDFium, NumPy)."""

from __future__ import annotations

import os

#: Dots of a picture, so that a broken file cannot take all memory.
_MOST_DOTS = 200_000_000
# OpenCV reads this when it is loaded, and then decodes no larger picture.
os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = str(_MOST_DOTS)
