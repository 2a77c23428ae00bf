"""The judge of the coding problems in problems/.

folder.py knows the files. inside.py and guard.py judge an answer inside a process or a worker that is its own: child.py
is that process, verdict.py starts it and gathers what it tells, say.py puts it into words. The page has the same two in
its worker, assets/js/judge-worker.js, and the words in assets/js/judge/page.js.
"""
