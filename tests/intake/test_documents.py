"""Files as people have them: every word that a reader sees is taken, and what cannot be read is named."""

import io
from collections.abc import Sequence

import pytest
from docx import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from spinesafe.intake.documents import document_of
from spinesafe.intake.problems import IntakeError


def fault(data: bytes, name: str) -> tuple[str, dict[str, str]]:
    with pytest.raises(IntakeError) as raised:
        document_of(data, name)
    (found,) = raised.value.faults
    return found.code, found.details


def word_file() -> bytes:
    """A letter with words in every place that Word has for them."""
    file = WordFile()
    file.sections[0].header.paragraphs[0].text = "In the header"
    file.sections[0].footer.paragraphs[0].text = "In the footer"
    file.add_paragraph("First ")
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Saddle numbness", "since yesterday"
    nested = table.cell(0, 1).add_table(1, 1)
    nested.cell(0, 0).text = "nested"
    body = file.element.body
    space = nsdecls("w")
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:pict><w:txbxContent><w:p>{run.format('In a text box')}</w:p></w:txbxContent></w:pict>"
    tracked = f"<w:ins>{run.format('inserted')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    for block in (
        f"<w:sdt {space}><w:sdtContent><w:p>{run.format('In a form field')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {space}>{run.format('Not ')}{tracked}</w:p>",
        f"<w:p {space}><w:r><w:t>Beside</w:t><w:tab/><w:t>it</w:t>{box}</w:r></w:p>",
    ):
        body.insert(len(body) - 1, parse_xml(block))
    file.add_paragraph("Last")
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def pdf_file(pages: Sequence[str | None]) -> bytes:
    """A PDF with a line of text on each page, or a picture of four dots where there is none."""
    kind = b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture = b"<<%s/Length 4>>stream\n\x00\xff\x00\xff\nendstream" % kind
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", picture]
    kids = []
    for text in pages:
        content = b"/I Do" if text is None else f"BT /F 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
        kids.append(len(objects) + 1)
        resources = b"/XObject<</I 4 0 R>>" if text is None else b"/Font<</F 3 0 R>>"
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<%s>>/Contents %d 0 R>>" % (resources, len(objects) + 2))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))


def test_a_word_file_gives_all_that_a_reader_sees_in_its_order() -> None:
    assert document_of(word_file(), "letter.docx").text.splitlines() == [
        "In the header",
        "First ",
        "Saddle numbness | since yesterday nested",
        "In a form field",
        "Not inserted",
        "Beside\tit",
        "In a text box",
        "Last",
        "In the footer",
    ]


def test_a_pdf_gives_its_lines() -> None:
    document = document_of(pdf_file(["Back pain for 3 weeks.", "No fever."]), "letter.pdf")
    assert (document.text.splitlines(), document.pictures) == (["Back pain for 3 weeks.", "No fever."], ())


def test_pages_of_a_pdf_that_are_pictures_are_counted() -> None:
    document = document_of(pdf_file(["Back pain.", None, "No fever.", None]), "scan.pdf")
    assert document.pages() == "2, 4"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>ra<b>dic</b>al <i>cu</i>re</p>", ["radical cure"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>presses the <b>disc <i>back</b> in</p>", ["presses the disc back in"]),
        ("<p>left open <div>and <span>never closed", ["left open", "and never closed"]),
        ("<header><h1>Cured for good</h1></header><nav>Home</nav><p>x</p>", ["Cured for good", "x"]),
        ("<p>5 &lt; 6 &amp; caf&eacute;</p><script>var fever</script><style>p{}</style>", ["5 < 6 & café"]),
        ("<!-- no end <p>hidden", None),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
    ],
)
def test_a_page_gives_what_is_shown(page: str, lines: list[str] | None) -> None:
    data = f"<html><body>{page}".encode()
    if lines is None:
        assert fault(data, "page.html")[0] == "text_unreadable"
    else:
        assert document_of(data, "page.html").text.splitlines() == lines


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>祖传秘方，根治椎间盘突出。</p></body></html>'
    assert document_of(page.encode("gb18030"), "page.html").text == "祖传秘方，根治椎间盘突出。"
    assert document_of(page.replace("gb2312", "no-such").encode(), "page.html").text == "祖传秘方，根治椎间盘突出。"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("我腰痛三天", "gb18030", "GB18030"),
        ("大小便失禁。", "gb18030", "GB18030"),
        ("今天去医院检查，医生说是腰椎间盘突出症。", "gb18030", "GB18030"),
        ("我腰痛三天", "big5", "BIG5"),
        ("祖傳秘方，根治椎間盤突出。", "big5", "BIG5"),
        ("我腰痛三天，大小便失禁，雙腿無力。", "big5", "BIG5"),
        ("café au lait spots – since birth", "windows-1252", "WINDOWS-1252"),
        ("back pain for 3 weeks", "utf-16-le", "UTF-16 LE"),
        ("back pain for 3 weeks", "utf-16-be", "UTF-16 BE"),
    ],
)
def test_another_encoding_is_named(text: str, encoding: str, said: str) -> None:
    assert fault(text.encode(encoding), "note.txt") == ("text_wrong_encoding", {"encoding": said})


def test_utf_16_that_says_so_is_read() -> None:
    assert document_of("腰痛 for 3 weeks".encode("utf-16"), "note.txt").text == "腰痛 for 3 weeks"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (bytes(range(256)) * 40, "note.txt", "text_binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "note.txt", "text_binary"),
        (b"pain " * 2000 + b"\x00" * 10, "note.txt", "text_binary"),
        (b"%PDF-1.4 broken", "letter.pdf", "text_unreadable"),
        (b"PK\x03\x04 broken", "letter.docx", "text_unreadable"),
        (pdf_file([None]), "scan.pdf", "text_unreadable"),
        (b"\xff\xfea", "note.txt", "text_wrong_encoding"),
        (b"back pain \x81\x8d\x8f", "note.txt", "text_wrong_encoding"),
    ],
    ids=["bytes", "picture", "late zeros", "broken pdf", "broken docx", "scan", "half a character", "no encoding"],
)
def test_what_holds_no_text_is_refused(data: bytes, name: str, code: str) -> None:
    assert fault(data, name)[0] == code
