"""The user's own documents: kept, versioned, removed."""
