"""The grammar of our Markdown: fences, headings, metadata, what is escaped and which links are taken."""
