"""Figures of the product against floors and peers: ``python -m benchmarks`` measures them all. One file a mark, in ``marks``."""
