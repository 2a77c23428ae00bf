"""Builds the bank: articles and pages in two languages become a site, and what is taken away from it.

The rooms, each of which imports only from those before it:
base < markup < calculators, judging, drawing < bank < writers, checks < extensions, site < offline < edge.
"""

import sys

try:
    __file__.encode("utf-8")
except UnicodeEncodeError:
    # Pydantic cannot be loaded from such a path; a sentence here is better than its traceback.
    sys.exit(f"{__file__!a}: a path that this locale cannot read; accepted: a call by make, or PYTHONUTF8=1")
