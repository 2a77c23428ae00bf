"""Builds the bank: articles and pages in two languages become a site, and what is taken away from it.

The rooms, each of which imports only from those before it:
base < markup < calculators, judging, drawing < bank < writers, checks < extensions, site < offline < edge.
"""
