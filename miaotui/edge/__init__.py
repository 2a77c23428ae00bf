"""The only room that knows MkDocs: its events, and the command that builds with it."""
