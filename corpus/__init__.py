"""Policy documents: file → normalised text → numbered measures with character offsets."""
