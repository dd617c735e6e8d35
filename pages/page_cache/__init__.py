"""Published pages as ready, compressed files, answered before Django.

A generation is everything built of one version of the site, until the clock turns something in it.
Each process keeps its pages in memory and in a folder that all processes and nginx share:

    ready/current            link to the generation in use; swapped whenever a new one begins
    ready/live/<ten seconds> link to `current`, there while somebody watches the version; nginx reads here
    ready/<generation>/<host>/<path>/index.ready   a page with all its forms, for the processes
                                     index.html, .gz, .br, plain.html, .gz   the same for nginx

notes: what a page says while it is built. rules: what may be stored. entries: one page in all its
forms. folder: the files. generation: what is in memory. generations: which one is in use. building: one
build per page.
warming: builds before anybody asks. wrapper: the WSGI application around Django's.
"""
