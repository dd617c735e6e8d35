"""Templates are read without the whitespace of those who write them, and without losing any that readers see."""

from django.template import Context, Engine

LOADERS = ["config.template_loader.UnindentedLoader"]
TEMPLATE = """{% load i18n %}
<p>
  {% if shown %}
    One
    {% for each in rows %}
      <b>{{ each }}</b>
    {% endfor %}
  {% else %}
    None
  {% endif %}
  <a>more</a>
  {% firstof "x" as y %}
  {{ y }}
  {% blocktranslate trimmed %}
    so
    it is
  {% endblocktranslate %}
  end
</p>
"""


def test_lines_of_tags_and_indentation_go_and_spaces_between_words_stay(tmp_path):
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "mail.txt").write_text(TEMPLATE)
    libraries = {"i18n": "django.templatetags.i18n"}
    engine = Engine(dirs=[str(tmp_path)], loaders=LOADERS, libraries=libraries)
    render = engine.get_template("page.html").render

    shown = render(Context({"shown": True, "rows": [1, 2]}))
    assert shown == "<p>\nOne\n<b>1</b>\n<b>2</b>\n<a>more</a>\nx\nso it is\nend\n</p>\n"
    assert render(Context({})) == "<p>\nNone\n<a>more</a>\nx\nso it is\nend\n</p>\n"
    assert "    One\n" in engine.get_template("mail.txt").render(Context({"shown": True}))
