"""Material for readers.

Resource: a publication, handout or link. File: what it is in one language, a file or a link, with
an address for ever; its text is the same as a web page. Topic: what material is about. Resource
index: the page that lists all of it, below which each resource has its own.
"""

from resources.index_page import ResourceIndexPage
from resources.models.files import ResourceFile
from resources.models.kinds import Audience, Kind
from resources.models.resources import Resource
from resources.models.topics import Topic

__all__ = ["Audience", "Kind", "Resource", "ResourceFile", "ResourceIndexPage", "Topic"]
