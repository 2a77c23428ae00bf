"""The pure half of the pipeline: text in, model, pages or problems out.

    articles/ ── article, topics, corrections ──▶ bank (the model)
    bank ── pages ──▶ {path: text} ── files ──▶ docs/
    references.yml ── works; docs/<lang>/ ── citations; both ── bibliography ──▶ {path: text}
    docs/<lang>/q/*.md ── questions, citations, examples, pairs, prose ──▶ problems
    site/ ── links ──▶ problems

Nothing in here prints, exits or reads the clock; the commands in scripts/ do.
"""
