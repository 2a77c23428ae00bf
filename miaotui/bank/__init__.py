"""The model: articles, corrections, topics, questions, works and terms, as the sources have them."""
