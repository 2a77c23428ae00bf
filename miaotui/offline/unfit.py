"""What is raised where something cannot be taken away."""


class Unfit(ValueError):
    """A page, or a means, of which no product can be made; its message names it."""
