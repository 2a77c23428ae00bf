"""A process that serves the model with llama.cpp and prints the address; it ends when its standard input closes.

Run with the packages of lab/requirements.txt on the path: `python served.py MODEL SLOTS THREADS`.
"""

from __future__ import annotations

import sys

import xllamacpp

CONTEXT = 1024
"""Tokens of a slot."""


def main() -> None:
    model, slots, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_parallel = slots
    params.n_ctx = CONTEXT * slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.port = 0
    # Each request is to compute its prompt: what is measured is the engine, not what an earlier run left.
    params.cache_prompt = False
    params.warmup = True
    server = xllamacpp.Server(params)
    print(f"address {server.listening_address}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
