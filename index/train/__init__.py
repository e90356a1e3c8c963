"""Training of the static embedding model that ships in `index/model`."""
