"""Pictures as plain geometry; templates draw them."""
