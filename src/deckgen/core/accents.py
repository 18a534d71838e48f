"""How much accents count where learners type words."""

from __future__ import annotations

from typing import Literal

#: What an answer is worth that is right but for its accents: nothing, a part, everything.
Accents = Literal["strict", "almost", "ignore"]
