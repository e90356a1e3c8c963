"""Test suite; see the folders for its kinds."""
