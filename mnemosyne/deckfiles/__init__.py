"""Card files: YAML with positions, a strict schema, and all problems of a file found at once, each with its place."""
