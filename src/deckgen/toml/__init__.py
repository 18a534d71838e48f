"""Decode TOML and find where each key and value stands; both take any text and never raise."""

from .decode import decode
from .encoding import decode_bytes
from .positions import Positions
from .spot import Spot, SyntaxProblem

__all__ = ["Positions", "Spot", "SyntaxProblem", "decode", "decode_bytes"]
