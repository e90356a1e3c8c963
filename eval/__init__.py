"""Labelled questions × retriever → metrics, reports, fitted weights, benchmarks."""
