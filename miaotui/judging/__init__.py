"""The judge of the coding problems in problems/.

folder.py knows the files, child.py runs an answer in a process of its own, verdict.py starts that process and gathers
what it tells, say.py puts it into words. The page does the same with assets/js/judge.js and its worker.
"""
