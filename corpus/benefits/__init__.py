"""Measure → benefits, and what every number is for."""
