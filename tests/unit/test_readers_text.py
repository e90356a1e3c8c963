import pytest

from corpus.errors import CorpusError, UnreadableFileError
from corpus.readers.markdown import MarkdownReader
from corpus.readers.text import TextReader

_TEXT = "乐清市推动经济高质量发展若干政策\n1.支持小微企业，补贴5万元。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_text_is_read_in_every_common_encoding(encoding: str) -> None:
    assert TextReader().read(_TEXT.encode(encoding)) == _TEXT


def test_traditional_characters_are_no_mojibake() -> None:
    text = "樂清市推動經濟高質量發展若干政策，補貼企業及人員，鼓勵創新發展。"
    assert TextReader().read(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(200),
        (_TEXT * 9).encode("utf-8").decode("gb18030", "replace").encode(),  # 涔愭竻
        (_TEXT * 9).encode("utf-8").decode("latin-1").encode(),  # ä¹æ¸
        (_TEXT * 9).encode("big5", "ignore"),
        "锟斤拷锟斤拷锟斤拷政策".encode(),
        ("政策\ufffd\ufffd" * 20).encode(),
        _TEXT.encode("utf-16-le"),
        b"\xff\xfe\x00\xd8\x00",
    ],
    ids=[
        "bytes",
        "elf",
        "utf8-as-gbk",
        "utf8-as-latin1",
        "big5",
        "锟斤拷",
        "ufffd",
        "no-bom",
        "cut",
    ],
)
def test_binary_and_garbled_data_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="save the file as UTF-8") as caught:
        TextReader().read(data)
    assert caught.value.kind == "corrupt"


def test_damaged_utf8_is_named_with_the_place() -> None:
    data = bytearray((_TEXT * 30).encode())
    data[300] = 0xFF
    with pytest.raises(UnreadableFileError, match="UTF-8 with damaged bytes, the first at byte"):
        TextReader().read(bytes(data))


def test_the_corpus_own_files_must_be_utf8() -> None:
    with pytest.raises(CorpusError, match="not UTF-8"):
        TextReader(utf8_only=True).read(_TEXT.encode("gbk"))


def test_english_and_french_are_text() -> None:
    for text in ("Policy measures, 2024.\n", "Décret n° 5 relatif à l'économie, été\n" * 20):
        assert TextReader().read(text.encode()) == text


_MARKDOWN = """---
title: 不是正文
---
# 一、扩大**投资** #

1. 支持[企业](http://x.cn/a_(b))发展，奖`5万元`。
2. 保留 * 星号和 snake_case_name
- 项目 ~~删去~~_强调_
> 引用\\*原样\\*

<!-- 注释
两行 -->
| 类别 | 标准 |
|:---|---:|
| 首次 | **5万** |

```
代码 **原样**
```
![图](a.png)
***
[ref]: http://x
附则
===
甲<br>乙
"""


def test_markdown_loses_its_marks_and_nothing_else() -> None:
    text = MarkdownReader().read(_MARKDOWN.encode())
    assert [line for line in text.splitlines() if not line.startswith("1. ")] == [
        "一、扩大投资",
        "2. 保留 * 星号和 snake_case_name",
        "项目 强调",
        "引用*原样*",
        "类别 | 标准",
        "首次 | 5万",
        "代码 **原样**",
        "图",
        "附则",
        "甲",
        "乙",
    ]
    assert "1. 支持企业" in text


def test_markdown_of_marks_alone_is_empty() -> None:
    with pytest.raises(UnreadableFileError, match="no text"):
        MarkdownReader().read(b"---\n\n***\n")
