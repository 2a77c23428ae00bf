"""What every room uses: problems with their places, reading files and YAML, the languages, where things are."""
