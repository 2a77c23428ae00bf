"""What readers take away, made from the site as it is built for file://."""
