"""Card files: YAML with positions, a strict schema, and every fault of a file found at once, each at its place."""
