"""The topics that editors keep: their names change, their codes in addresses do not."""

import pytest
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import Topic
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_topic_keeps_its_code_and_readers_see_its_new_name(client, editor):
    topic = Topic.objects.get(code="ukraine")
    address = f"/admin/snippets/resources/topic/edit/{topic.pk}/"
    form = querydict_from_html(editor().get(address).content.decode(), form_id="w-editor-form")
    form["name_sv"], form["name_en"] = "Kriget", "The war"
    assert editor("en").post(address, dict(form.lists())).status_code == 302
    assert "Kriget (6)" in words(soup(client.get("/publikationer/")).select_one(".filters"))
    assert "Ämne: Kriget" in words(soup(client.get("/publikationer/?topic=ukraine")).main)
    assert "The war (6)" in words(soup(client.get("/en/publications/")).select_one(".filters"))


def test_topics_of_one_name_have_codes_of_their_own():
    codes = [Topic.objects.create(name_sv="Samma", name_en="Same").code for _number in range(2)]
    assert codes == ["same", "same-2"]
