"""The lab: a small inference engine that runs a real model, and what measures it.

`engine/` is the engine, to be read from `engine/__init__.py` on. Beside it stand the installation of the model, the
measurements, the predictions made with the site's formulas, the load generator and the plots.
"""
