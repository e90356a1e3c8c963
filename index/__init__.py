"""Offline preparation: training of the embedding model and building of the index."""
