"""Published pages as compressed responses, answered before Django.

A generation is everything built of one version of the site, until the earliest expiry in it.
Each process keeps its responses in memory and in a folder that all processes and nginx share:

    ready/current            link to the generation in use; swapped whenever a new one begins
    ready/live/<period>      link to `current`, there while somebody watches the version; nginx reads here
    ready/<generation>/<host>/<path>/index.ready   a page in all its representations, for the processes
                                     index.html, .gz, .br, plain.html, .gz   the same for nginx

Where to begin: `wsgi` answers requests, `rules` decide what may be stored, `generation_switch` which
generation is in use. DECISIONS.md says why it is so.
"""
