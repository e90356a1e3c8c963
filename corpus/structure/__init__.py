"""Normalised text → sections, measures and their units."""
