"""The types of arrays. OpenCV does not say which kind of numbers it returns."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Places and measurements; or a picture: rows and columns of grey dots, 0 for black to 255 for white.
Numbers: TypeAlias = NDArray[np.integer[Any] | np.floating[Any]]
Truths: TypeAlias = NDArray[np.bool_]
