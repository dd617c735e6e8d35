"""“Right now”: questions that end in what to do, whom to call at this hour, and the part of the manual.

Node: a question or a result. Question: what is asked, with its answers; that of the place is answered with a
county or municipality instead. Result: where a path ends. Visit: a node with the answers that led there.
"""
