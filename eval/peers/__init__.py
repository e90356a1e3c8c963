"""Other libraries on the same questions and the same measures: `python -m eval.peers`.

They are no dependencies of the product; `requirements-peers.txt` holds what they need.
"""
