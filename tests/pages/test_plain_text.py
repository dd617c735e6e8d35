"""The words of HTML, a paragraph a line."""

from pages.html.plain_text import text_lines


def test_block_level_elements_are_lines_and_others_are_words_of_them():
    html = (
        "<h2>Ring\n <b>112</b></h2><ul><li>Först <p>och sist</p></li><li> </li></ul><table><td>a</td><td>b</td></table>"
    )
    assert text_lines(html) == ["Ring 112", "Först", "och sist", "a", "b"]


def test_entities_are_characters_and_what_is_not_text_is_left_out():
    html = "<p>A&amp;B&nbsp;C<!-- nej --><script>nej()</script></p><style>nej</style><template><p>nej</p></template>D"
    assert text_lines(html) == ["A&B C", "D"]
