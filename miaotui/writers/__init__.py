"""From the model to the generated pages: {path: text}, compared and written by files.py."""
