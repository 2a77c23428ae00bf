class TokenBucket:
    """A tenant's budget of tokens, reserved before and settled after.

    capacity: tokens it holds at most, and holds at first;
    rate: tokens per second that flow in; ValueError unless both are
    above 0. now: seconds, on a clock that never goes back.
    """

    def __init__(self, capacity, rate, now=0):
        raise NotImplementedError

    def reserve(self, request, tokens, now):
        """0 if the tokens were taken; else the seconds to wait.

        ValueError: request has a reservation, tokens is below 0 or
        above capacity, or now is before an earlier call.
        """
        raise NotImplementedError

    def settle(self, request, used, now):
        """Ends a reservation, of which so many tokens were used.

        KeyError: no such reservation. ValueError: used is below 0, or
        now is before an earlier call.
        """
        raise NotImplementedError

    def level(self, now):
        """The tokens in the bucket; below 0 if it is in debt.

        ValueError: now is before an earlier call.
        """
        raise NotImplementedError


class FairQueue:
    """Takes requests so that tenants receive equal service.

    w_in, w_out: what an input and an output token count.
    """

    def __init__(self, w_in=1, w_out=2):
        raise NotImplementedError

    def submit(self, tenant, request, n_in):
        """A request with n_in input tokens waits from now on.

        ValueError: n_in is below 0.
        """
        raise NotImplementedError

    def take(self):
        """(tenant, request) to be served next; None if none waits."""
        raise NotImplementedError

    def charge(self, tenant, n_out):
        """The tenant has received n_out output tokens.

        KeyError: it never submitted. ValueError: n_out is below 0.
        """
        raise NotImplementedError

    def counter(self, tenant):
        """The weighted tokens counted for the tenant; 0 at first."""
        raise NotImplementedError
