"""What is made of the built pages: HTML to HTML, the search index, the feed, cards, styles, fonts, links."""
