"""INT4 with one scale for a whole row, and with one scale for every four weights."""

ROW = [0.90, -0.70, 0.50, -0.20, 0.04, -0.03, 0.02, -0.01]


def rounded(weights: list[float], bits: int = 4) -> list[float]:
    """What symmetric integers of so many bits give back."""
    scale = max(map(abs, weights)) / (2 ** (bits - 1) - 1)
    return [round(weight / scale) * scale for weight in weights]


def error(shown: list[float]) -> float:
    """The mean relative error."""
    return sum(abs(was - now) / abs(was) for was, now in zip(ROW, shown, strict=True)) / len(ROW)


print(f"one scale   {error(rounded(ROW)):.2f}")
print(f"two scales  {error(rounded(ROW[:4]) + rounded(ROW[4:])):.2f}")
