"""Questions → understanding → hits → decision → cited answers."""
