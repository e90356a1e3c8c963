"""Title, number, issuer, dates and term, each with the sentence that states it."""
