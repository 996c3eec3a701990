"""A lesson's sections: where they begin and end, and what names them."""

from __future__ import annotations

from mnemosyne.cards.lesson import parse_lesson, slug

TEXT = """# The rule {#top}

One line.

## Pitfalls

### Evaluated at x {#pitfall-x}

Here: `2*x*cos(x^2)`.

```python
# no heading {#none}
```

### Stopped early

<a id="end"></a>
## The end ##

Last.
"""


def test_headings_are_sections_in_order() -> None:
    lesson = parse_lesson(TEXT)
    assert [(section.level, section.title) for section in lesson.sections] == [
        (1, "The rule"),
        (2, "Pitfalls"),
        (3, "Evaluated at x"),
        (3, "Stopped early"),
        (2, "The end"),
    ]


def test_a_section_is_named_by_its_anchors_and_by_its_own_words() -> None:
    lesson = parse_lesson(TEXT)
    assert lesson.number("pitfall-x") == lesson.number("evaluated-at-x") == 2
    assert lesson.number("end") == lesson.number("the-end") == 4
    assert lesson.number("none") is lesson.number(None) is None
    assert lesson.anchors == {
        "top",
        "the-rule",
        "pitfalls",
        "pitfall-x",
        "evaluated-at-x",
        "stopped-early",
        "end",
        "the-end",
    }


def test_a_section_ends_at_the_next_heading_of_its_level_or_above() -> None:
    lesson = parse_lesson(TEXT)
    assert lesson.text(3) == "### Stopped early\n"
    assert lesson.text(4) == "## The end\n\nLast.\n"
    pitfalls = lesson.text(1)
    assert pitfalls.startswith("## Pitfalls\n")
    assert pitfalls.endswith("### Stopped early\n")


def test_the_text_has_no_anchors_and_is_otherwise_as_it_was() -> None:
    markdown = parse_lesson(TEXT).markdown
    assert "{#top}" not in markdown
    assert "<a id" not in markdown
    assert "`2*x*cos(x^2)`" in markdown
    assert "# no heading {#none}" in markdown, "code is left alone"


def test_a_lesson_without_headings_has_no_sections() -> None:
    lesson = parse_lesson("Only text.\n")
    assert (lesson.markdown, lesson.sections, lesson.anchors) == ("Only text.", (), frozenset())


def test_a_heading_without_an_anchor_gets_one_from_its_words() -> None:
    assert slug("Which is outside?") == "which-is-outside"
    assert slug("Table  derivatives: & signs") == "table-derivatives-signs"


def test_headings_may_be_underlined():
    lesson = parse_lesson("Begin {#start}\n=====\n\nText.\n\nThen\n---\n\n- item\n---\n\nText.\n\n---\n")
    assert [(section.title, section.level, section.anchors) for section in lesson.sections] == [
        ("Begin", 1, ("start", "begin")),
        ("Then", 2, ("then",)),
    ]
    assert lesson.markdown.startswith("# Begin\n\nText.\n\n## Then\n\n- item\n---\n")


def test_an_anchor_that_names_two_sections_is_reported_with_its_second_line():
    lesson = parse_lesson('# One {#a}\n\n# Two {#b}\n\n<a id="a"></a>\n# Three {#c}\n')
    assert lesson.repeated == {"a": 6}


def test_a_section_has_the_anchors_of_those_beneath_it():
    lesson = parse_lesson("# Top {#top}\n## One {#a}\n### Deep {#b}\n## Two {#c}\n# Next {#d}\n")
    assert lesson.anchors_from(0) == {"top", "one", "a", "deep", "b", "two", "c"}
    assert lesson.anchors_from(1) == {"one", "a", "deep", "b"}
    assert lesson.anchors_from(2) == {"deep", "b"}
    assert lesson.anchors_from(4) == {"next", "d"}
