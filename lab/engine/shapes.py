"""The types that the engine's arrays have; `engine/__init__.py` has the letters of their shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]

Attend = Callable[[int, Floats, Floats, Floats], Floats]
"""(layer, q [T, H, D], k [T, K, D], v [T, K, D]) to [T, H, D]: keeps k and v where it likes, and lets q attend."""

Choose = Callable[[Floats, int], int]
"""(logits [V], the place in the sequence that the token will have) to a token."""
