"""The mapping as a drawing: columns to the left, variables to the right, lines between."""
