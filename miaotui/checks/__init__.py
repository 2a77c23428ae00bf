"""What is wrong with the pages: each module yields problems with their place."""
