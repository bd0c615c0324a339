// What a file that a stranger sends really is.
#include "documents/upload_check.hpp"

#include "tests/documents/packages.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using documents::check_upload;
using documents::UploadFormat;
using namespace std::string_literals;

namespace {

const std::string pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";
const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR....IEND"s;
const std::string jpeg = "\xff\xd8\xff\xe0 picture \xff\xd9"s;
const std::string types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override "
    "PartName=\"/ppt/presentation.xml\" ContentType=\"application/x\"/></Types>";

std::string pptx(const std::vector<packages::Entry>& more = {}) {
  std::vector<packages::Entry> entries = {{"[Content_Types].xml", types}, {"ppt/presentation.xml", "<p/>"}};
  entries.insert(entries.end(), more.begin(), more.end());
  return packages::zip(entries);
}

Errc refused(const std::string& bytes, const std::string& name) {
  const auto checked = check_upload(bytes, name);
  if (checked) FAIL("was taken");
  CHECK_FALSE(checked.error().message.empty());
  return checked.error().code;
}

}  // namespace

TEST_CASE("a file is taken as what it is when its name says the same") {
  CHECK(check_upload(pdf, "Стаття.PDF").value() == UploadFormat::pdf);
  CHECK(check_upload(png, "p.png").value() == UploadFormat::png);
  CHECK(check_upload(jpeg, "p.jpeg").value() == UploadFormat::jpeg);
  CHECK(check_upload(jpeg, "p.jpg").value() == UploadFormat::jpeg);
  CHECK(check_upload(packages::docx("<w:p/>"), "a.docx").value() == UploadFormat::docx);
  CHECK(check_upload(packages::odt("<text:p/>"), "a.odt").value() == UploadFormat::odt);
  CHECK(check_upload(pptx(), "a.pptx").value() == UploadFormat::pptx);
}

TEST_CASE("a file that is not what its name says is refused") {
  CHECK(refused(pdf, "a.docx") == Errc::invalid_input);
  CHECK(refused(packages::docx("<w:p/>"), "a.pdf") == Errc::invalid_input);
  CHECK(refused(pptx(), "a.docx") == Errc::invalid_input);
  CHECK(refused(png, "a.jpg") == Errc::invalid_input);
  CHECK(refused("<svg onload=alert(1)>", "a.png") == Errc::unsupported_format);
  CHECK(refused("<!doctype html><script>", "a.pdf") == Errc::unsupported_format);
  CHECK(refused("MZ\x90", "a.exe") == Errc::unsupported_format);
  CHECK(refused(packages::xlsx("<row/>"), "a.docx") == Errc::unsupported_format);
  CHECK(refused(pdf, "a.html") == Errc::unsupported_format);
  CHECK(refused(pdf, "pdf") == Errc::unsupported_format);
}

TEST_CASE("a file that is cut or empty is refused") {
  CHECK(refused("", "a.pdf") == Errc::invalid_input);
  CHECK(refused("%PDF-1.7\n1 0 obj", "a.pdf") == Errc::invalid_input);
  CHECK(refused(png.substr(0, 20), "a.png") == Errc::invalid_input);
  CHECK(refused(jpeg.substr(0, 10), "a.jpg") == Errc::invalid_input);
  const auto whole = packages::docx("<w:p/>");
  CHECK(refused(whole.substr(0, whole.size() / 2), "a.docx") == Errc::invalid_input);
  CHECK(refused("PK\x03\x04 and no archive", "a.docx") == Errc::invalid_input);
}

TEST_CASE("a file with macros is refused whatever it is called") {
  CHECK(refused(pptx({{"ppt/vbaProject.bin", "code"}}), "a.pptx") == Errc::invalid_input);
  CHECK(refused(pptx({{"ppt/activeX/activeX1.xml", "x"}}), "a.pptx") == Errc::invalid_input);
  CHECK(refused(packages::zip({{"[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml"},
                               {"word/document.xml", "<w/>"}}),
                "a.docx") == Errc::invalid_input);
  CHECK(refused(packages::zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                               {"content.xml", "<x/>"},
                               {"Basic/Standard/Module1.xml", "Sub Main"}}),
                "a.odt") == Errc::invalid_input);
  CHECK(refused(pptx({{"ppt/embeddings/run.EXE", "MZ"}}), "a.pptx") == Errc::invalid_input);
}

TEST_CASE("an archive that leaves its folder or unpacks to too much is refused") {
  CHECK(refused(pptx({{"../escape.xml", "x"}}), "a.pptx") == Errc::invalid_input);
  packages::Entry link{"ppt/link", "/etc/passwd"};
  link.symlink = true;
  CHECK(refused(pptx({link}), "a.pptx") == Errc::invalid_input);
  CHECK(refused(pptx({{"ppt/media/bomb.png", std::string(64u << 20, '\0')}}), "a.pptx") ==
        Errc::limit_exceeded);
}
