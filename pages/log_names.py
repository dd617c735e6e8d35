"""How the log names an object: in words for whoever reads it, with a key for whoever searches it."""

from django.db.models import Model


class ObjectName(str):
    """A name in words that carries the object's key, "app.model:id"."""

    key: str

    def __new__(cls, instance: Model, text: str = "") -> "ObjectName":
        """Name an object; by its number where there are no words."""
        name = super().__new__(cls, text or str(instance.pk))
        name.key = f"{instance._meta.label_lower}:{instance.pk}"
        return name
