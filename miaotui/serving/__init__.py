"""The edit loop: sources are watched, pages are made when they are asked for, and the reader's page reloads.

watchdog ──▶ watching (one call for an edit) ──▶ changes (which kind) ──▶ loop ──▶ the generator, once
                                                                      │
browser ◀── server ◀── edge/live.py, which makes the page ◀───────────┘
"""
