"""What the admin keeps of its forms."""

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """A form for something new that has been taken: what came of it, for when a browser sends the same form again.

    The key is the script's own (`static/js/editor.js`), made when the form is opened.
    """

    key = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)  # of what was sent
    sent_at = models.DateTimeField(auto_now_add=True)
    location = models.CharField(max_length=500, blank=True)  # where a pressed button led
    answer = models.JSONField(default=dict)  # to what was saved by itself; of a pressed button the page that it made

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="pages_sent_form_once")]

    def __str__(self) -> str:
        return self.key
