"""Decode TOML and find the position of each key and value; both accept any text and never raise."""

from .decode import decode
from .encoding import decode_bytes
from .positions import Positions
from .spot import Spot, SyntaxProblem

__all__ = ["Positions", "Spot", "SyntaxProblem", "decode", "decode_bytes"]
