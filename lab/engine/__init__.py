"""An inference engine for Llama-like models in numpy alone, written to be read in this order:

1. `gguf`         the file: metadata, and tensors unpacked from blocks of 32
2. `tokenizer`    text to tokens and back: byte-level BPE
3. `model`        one forward pass; everything after it changes only who answers `attend`
4. `sampling`     logits to a token; the plain loop, which computes every token again at each step
5. `cache`        the KV cache: each token computed once
6. `batch`        one step for many sequences: weights read once a step, not once a token
7. `paged`        the KV cache in blocks, found through a block table
8. `scheduler`    continuous batching with chunked prefill and preemption
9. `prefix`       blocks of the same prefix computed once and shared
10. `speculative` prompt lookup: several tokens checked in one step
11. `quantize`    weights in INT8 or INT4, with a scale for each group
12. `kv_quant`    the KV cache in few bits

The letters of all shapes: T tokens of this step, S tokens seen so far (the cached ones and these), L layers, W the
model's width, H query heads, K KV heads, D the size of a head, F the width of the FFN, V the vocabulary, B sequences.
"""
