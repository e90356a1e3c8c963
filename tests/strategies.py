"""All Hypothesis strategies."""

from random import Random

from hypothesis import strategies as st

WIDTH = 28
_WORDS = "乐清市推动经济高质量发展政策企业补贴奖励项目资金，；"


@st.composite
def wrapped_documents(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A document hard-wrapped as on a typeset page, and its paragraphs.

    Paragraphs are numbered, so that where one begins is certain; indents, blank lines, page
    marks, bookmarks and both kinds of line break come and go.
    """
    size = draw(st.integers(1, 8))
    indent = draw(st.sampled_from(["", "　　", "  "]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    paragraphs, lines = [], []
    for number in range(1, size + 1):
        words = draw(st.text(_WORDS, min_size=20, max_size=120))
        paragraph = f"{number}．{words}。"
        paragraphs.append(paragraph)
        pieces = [paragraph[i : i + WIDTH] for i in range(0, len(paragraph), WIDTH)]
        pieces[0] = draw(st.sampled_from(["", "[bookmark: _GoBack]"])) + indent + pieces[0]
        for piece in pieces:
            lines.append(piece)
            mark = draw(st.sampled_from(["", "", "", "— 18 —", " - 3 - ", "－2－", "\f"]))
            lines += [mark] if mark else []
    return newline.join(lines) + newline, paragraphs


def raw_texts() -> st.SearchStrategy[str]:
    """Any text, rich in what normalisation looks at."""
    piece = st.one_of(
        st.text(max_size=60),
        st.text(_WORDS, min_size=WIDTH, max_size=WIDTH),
        st.sampled_from(
            ["— 18 —", "[bookmark: x]", "一、甲（由乙牵头实施）", "0.58亿元", "1．", "word", "　"]
        ),
    )
    return st.lists(st.tuples(piece, st.sampled_from(["", "\n", "\r\n", "\f"])), max_size=20).map(
        lambda parts: "".join(text + end for text, end in parts)
    )


def searched_texts() -> st.SearchStrategy[str]:
    """Text with full-width forms, traditional characters, numbers with separators."""
    piece = st.one_of(
        st.text(max_size=20),
        st.text("乐清樂淸發展ＡＢＣ１２３abc123,，.。；！？\n %㈱ﬁ㎏", max_size=20),
        st.sampled_from(["1,000", "１，０００", "12,345,678", "補貼", "5%"]),
    )
    return st.lists(piece, max_size=6).map("".join)


def questions() -> st.SearchStrategy[str]:
    """Whatever somebody may type, paste or send."""
    fragments = st.sampled_from(
        [
            *(
                "第",
                "28",
                "２８",
                "二十八",
                "九千",
                "条",
                "、",
                "和",
                "措施",
                "明年",
                "23年",
                "2022年",
            ),
            *("上海", "瑞安的", "乐清", "市残联", "负责", "补贴", "多少", "研发", "海外仓", "电话"),
            *(
                "\x00",
                "\u200b",
                "\ud800",
                "\u202e",
                "😀",
                "\n",
                " ",
                "？",
                "%s",
                "{{ 7*7 }}",
                "../",
            ),
        ]
    )
    return st.one_of(
        st.text(max_size=40),
        st.text(st.characters(codec="gb18030"), max_size=60),
        st.lists(fragments, max_size=12).map("".join),
        st.integers(480, 520).map(lambda size: "补" * size),
    )


def rankings() -> st.SearchStrategy[list[list[int]]]:
    """Rankings of the same few passages, so that sums tie."""
    ranking = st.permutations(range(6)).flatmap(
        lambda order: st.integers(0, 6).map(lambda size: list(order[:size]))
    )
    return st.lists(ranking, min_size=1, max_size=5)


def score_lists() -> st.SearchStrategy[list[float]]:
    """Scores with many ties, zeros and negative values."""
    return st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0]), max_size=30)


def depths() -> st.SearchStrategy[int]:
    """How many hits to return: none, some, more than there are."""
    return st.integers(0, 40)


def constants() -> st.SearchStrategy[int]:
    """Smoothing constants of rank fusion."""
    return st.integers(1, 100)


def seeds() -> st.SearchStrategy[Random]:
    """Sources of shuffles that repeat."""
    return st.randoms(use_true_random=False)
