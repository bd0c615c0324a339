// Files meant to hurt: each is refused by a limit that says its name.
#include "documents/limits.hpp"
#include "documents/document.hpp"
#include "tests/documents/packages.hpp"
#include "tests/support/catch.hpp"

#include <zip.h>

using namespace convoke;
using documents::read_document;

namespace {

void refused(const std::string& bytes, Errc code, std::string_view says, const std::string& name = "x.docx") {
  const auto document = read_document(bytes, name);
  REQUIRE(document.has_error());
  CAPTURE(document.error().message);
  CHECK(document.error().code == code);
  CHECK(document.error().message.find(says) != std::string::npos);
}

std::string nested(std::size_t depth) {
  std::string open, close;
  for (std::size_t i = 0; i < depth; ++i) {
    open += "<w:p>";
    close += "</w:p>";
  }
  return open + close;
}

// The last entry, after the archive was written, says that it unpacks to 1000 bytes.
std::string with_small_claim(std::string bytes) {
  const std::string small{"\xe8\x03\0\0", 4};
  const auto local = bytes.rfind("PK\x03\x04"), central = bytes.rfind("PK\x01\x02");
  bytes.replace(local + 22, 4, small);
  bytes.replace(central + 24, 4, small);
  return bytes;
}

std::string packed(int packing) {
  packages::Entry picture{"word/media/a.bmp", std::string(8u << 20, '\0')};
  picture.packing = packing;
  return with_small_claim(
      packages::zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w:document/>"}, picture}));
}

}  // namespace

TEST_CASE("a file of more than ten megabytes is refused and one of exactly ten is read") {
  std::string text(documents::max_upload_bytes, 'a');
  CHECK(read_document(text, "x.txt").has_value());
  text += 'a';
  refused(text, Errc::limit_exceeded, "max_upload_bytes", "x.txt");
  refused(std::string(100u << 20, 'a'), Errc::limit_exceeded, "max_upload_bytes", "x.txt");
}

TEST_CASE("a small archive that unpacks to far more is refused before it is unpacked") {
  refused(packages::zip(
              {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", std::string(20u << 20, ' ')}}),
          Errc::limit_exceeded, "max_ratio");
  std::vector<packages::Entry> entries = {{"[Content_Types].xml", "<Types/>"}};
  for (int i = 0; i < 11; ++i) entries.push_back({"part" + std::to_string(i), std::string(10u << 20, '\0')});
  refused(packages::zip(entries), Errc::limit_exceeded, "max_");
}

TEST_CASE("an archive of more entries than any document has is refused and the limit itself is not") {
  std::vector<packages::Entry> entries = {{"[Content_Types].xml", "<Types/>"},
                                          {"word/document.xml", "<w:document><w:body/></w:document>"}};
  while (entries.size() < documents::max_entries)
    entries.push_back({"e" + std::to_string(entries.size()), ""});
  CHECK(read_document(packages::zip(entries), "x.docx").has_value());
  entries.push_back({"one more", ""});
  refused(packages::zip(entries), Errc::limit_exceeded, "max_entries");
  while (entries.size() < 100'000) entries.push_back({"e" + std::to_string(entries.size()), ""});
  refused(packages::zip(entries), Errc::limit_exceeded, "max_entries");
}

TEST_CASE("XML nested deeper than a document can be is refused and the limit itself is not") {
  // w:document and w:body are two levels more.
  CHECK(read_document(packages::docx(nested(documents::max_xml_depth - 2)), "x.docx").has_value());
  refused(packages::docx(nested(documents::max_xml_depth - 1)), Errc::limit_exceeded, "max_xml_depth");
  refused(packages::docx(nested(50'000)), Errc::limit_exceeded, "max_xml_depth");
}

TEST_CASE("an element with a thousand attributes is refused") {
  std::string body = "<w:p";
  for (int i = 0; i < 1000; ++i) body += " a" + std::to_string(i) + "=\"1\"";
  refused(packages::docx(body + "/>"), Errc::limit_exceeded, "max_xml_attributes");
}

TEST_CASE("a document type declaration is refused wherever it stands") {
  const std::string bomb =
      R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document><w:body/></w:document>)";
  refused(packages::zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", bomb}}),
          Errc::invalid_input, "DOCTYPE");
  refused(packages::zip({{"mimetype", "m"}, {"content.xml", bomb}}), Errc::invalid_input, "DOCTYPE");
}

TEST_CASE("paths that leave the folder and symbolic links are refused") {
  for (const char* name : {"../../etc/passwd", "/etc/passwd", "a/../../b", "..\\x", "c:x"}) {
    CAPTURE(name);
    refused(packages::zip({{"[Content_Types].xml", "<Types/>"}, {name, "x"}}), Errc::invalid_input,
            "leaves its folder");
  }
  refused(packages::zip({{"[Content_Types].xml", "<Types/>"}, {"link", "/etc/passwd", true}}),
          Errc::invalid_input, "symbolic link");
  CHECK(read_document(packages::zip({{"[Content_Types].xml", "<Types/>"},
                                     {"a..b/c", "x"},
                                     {"word/document.xml", "<w:document/>"}}),
                      "x")
            .has_value());
}

TEST_CASE("a document with an encrypted part is refused with the advice to save it without a password") {
  const packages::Entry types{"[Content_Types].xml", "<Types/>"};
  packages::Entry secret{"word/document.xml", "<w:document/>"};
  CHECK(read_document(packages::zip({types, secret}), "x").has_value());
  secret.encrypted = true;
  refused(packages::zip({types, secret}), Errc::invalid_input, "without a password");
  // A part that nobody would read, too: half of a document is no document.
  refused(
      packages::zip({types, {"word/document.xml", "<w:document/>"}, {"word/media/a.png", "x", false, true}}),
      Errc::invalid_input, "without a password");
}

TEST_CASE("an archive cut off anywhere is refused and never crashes the reader") {
  const auto whole = packages::docx(packages::word_paragraph("Текст"));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto document = read_document(whole.substr(0, size), "x.docx");
    CAPTURE(size);
    // The first bytes alone, "PK", are text.
    if (size > 3) CHECK(document.has_error());
  }
}

TEST_CASE("every single broken byte of a document gives a document or an error") {
  const auto whole = packages::docx(packages::word_paragraph("Текст"));
  std::size_t refusals = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    if (!read_document(broken, "x.docx")) ++refusals;
  }
  CHECK(refusals > 0);
}

TEST_CASE("an empty file and binary rubbish and formats that are not read are refused with a reason") {
  refused("", Errc::invalid_input, "empty");
  std::string rubbish;
  for (int i = 0; i < 4096; ++i) rubbish += static_cast<char>(i * 131 + i / 7);
  refused(rubbish, Errc::unsupported_format, "neither text nor", "x.txt");
  refused("%PDF-1.7", Errc::unsupported_format, "PDF", "x.docx");
  refused("\xD0\xCF\x11\xE0\xA1\xB1", Errc::unsupported_format, ".doc", "x.doc");
  refused(packages::zip({{"a.txt", "x"}}), Errc::unsupported_format, "no .docx");
}

TEST_CASE("more paragraphs and rows than the limit are refused and the limit itself is not") {
  std::string text;
  for (std::size_t i = 0; i < documents::max_blocks; ++i) text += "a\n";
  CHECK(read_document(text, "x.txt").has_value());
  refused(text + "b\n", Errc::limit_exceeded, "max_blocks", "x.txt");
}

TEST_CASE("a document with a part packed as no word processor packs is refused whatever size it claims") {
  const auto sly = packed(ZIP_CM_BZIP2);
  CHECK(sly.size() < 4'000);
  refused(sly, Errc::invalid_input, "packed in a way");
  CHECK(read_document(packed(ZIP_CM_DEFLATE), "x.docx").has_value());
  for (const int packing : {ZIP_CM_STORE, ZIP_CM_DEFLATE, ZIP_CM_BZIP2}) {
    CAPTURE(packing);
    packages::Entry text{"word/document.xml", "<w:document/>"};
    text.packing = packing;
    const auto document = read_document(packages::zip({{"[Content_Types].xml", "<Types/>"}, text}), "x.docx");
    CHECK(document.has_value() == (packing != ZIP_CM_BZIP2));
  }
}
