// A copy that does not say who wrote it.
#include "documents/anonymous_copy.hpp"

#include "documents/archive.hpp"
#include "documents/readers.hpp"
#include "tests/documents/packages.hpp"
#include "tests/support/catch.hpp"

#include <fstream>

using namespace convoke;
using Catch::Matchers::Contains;
using documents::Archive;
using documents::UploadFormat;
using documents::without_properties;

namespace {

const std::string types = "<Types/>";
const std::string core =
    "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>Калина Ольга</dc:creator>"
    "<cp:lastModifiedBy>Явір Степан</cp:lastModifiedBy></cp:coreProperties>";
const std::string app = "<Properties><Company>Бібліотека № 3</Company><Manager>Явір</Manager></Properties>";

std::string part(const std::string& bytes, const std::string& name) {
  auto archive = Archive::open(bytes);
  REQUIRE(archive);
  return archive->read(name).value();
}

// Nobody's name is in any part.
void check_nobody(const std::string& bytes) {
  auto archive = Archive::open(bytes);
  REQUIRE(archive);
  for (const auto& name : archive->names()) {
    CAPTURE(name);
    CHECK_THAT(archive->read(name).value(),
               !Contains("Калина") && !Contains("Явір") && !Contains("Бібліотека № 3"));
  }
}

}  // namespace

TEST_CASE("a copy of a text document for reviewers has no author and no company and the same text") {
  const std::string document =
      "<w:document xmlns:w=\"w\"><w:body><w:p><w:ins w:author=\"Калина Ольга\" "
      "w:date=\"2026-01-01T00:00:00Z\"><w:r>"
      "<w:t xml:space=\"preserve\"> Книга в дорозі </w:t></w:r></w:ins></w:p></w:body></w:document>";
  const std::string comments =
      "<w:comments xmlns:w=\"w\"><w:comment w:author=\"Явір Степан\" "
      "w:initials=\"Явір\"><w:t>так</w:t></w:comment>"
      "</w:comments>";
  const std::string people =
      "<w15:people xmlns:w15=\"p\"><w15:person w15:author=\"Явір Степан\"><w15:presenceInfo "
      "w15:userId=\"Явір\"/></w15:person></w15:people>";
  const std::string styles = "<w:styles xmlns:w=\"w\"/>";
  const auto given =
      packages::zip({{"[Content_Types].xml", types},
                     {"docProps/core.xml", core},
                     {"docProps/app.xml", app},
                     {"docProps/custom.xml", "<Properties><property>Калина</property></Properties>"},
                     {"word/document.xml", document},
                     {"word/comments.xml", comments},
                     {"word/people.xml", people},
                     {"word/styles.xml", styles}});
  const auto copy = without_properties(given, UploadFormat::docx);
  REQUIRE(copy);
  check_nobody(*copy);
  CHECK_THAT(part(*copy, "word/document.xml"),
             Contains("<w:t xml:space=\"preserve\"> Книга в дорозі </w:t>") && Contains("w:author=\"-\""));
  CHECK_THAT(part(*copy, "word/comments.xml"), Contains("<w:t>так</w:t>"));
  CHECK(part(*copy, "word/styles.xml") == styles);
  CHECK(documents::check_upload(*copy, "file-1.docx").value() == UploadFormat::docx);
  CHECK(without_properties(*copy, UploadFormat::docx).has_value());
}

TEST_CASE("a copy of an open document for reviewers has no author and stays an open document") {
  const auto given = packages::zip(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml",
        "<office:document-content xmlns:office=\"o\" xmlns:dc=\"d\" xmlns:text=\"t\"><text:changed-region>"
        "<dc:creator>Калина "
        "Ольга</dc:creator></text:changed-region><text:p>Книга</text:p></office:document-content>"},
       {"meta.xml",
        "<office:document-meta xmlns:office=\"o\" xmlns:dc=\"d\" xmlns:meta=\"m\"><office:meta>"
        "<meta:initial-creator>Явір Степан</meta:initial-creator><dc:creator>Калина</dc:creator>"
        "</office:meta></office:document-meta>"}});
  const auto copy = without_properties(given, UploadFormat::odt);
  REQUIRE(copy);
  check_nobody(*copy);
  CHECK_THAT(part(*copy, "content.xml"), Contains("<text:p>Книга</text:p>"));
  CHECK(Archive::open(*copy)->names().front() == "mimetype");
  CHECK(copy->substr(30, 8) == "mimetype");
  CHECK(documents::check_upload(*copy, "file-1.odt").value() == UploadFormat::odt);
}

TEST_CASE("the first part of an open document stays unpacked in its copy") {
  std::ifstream file(CONVOKE_SOURCE_DIR "/tests/fuzz/corpus/anonymous_copy/odt", std::ios::binary);
  const std::string given{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(given.substr(38, 15) == "application/vnd");
  const auto copy = without_properties(given, UploadFormat::odt);
  REQUIRE(copy);
  CHECK(copy->substr(30, 23) == "mimetypeapplication/vnd");
  CHECK(without_properties(given, UploadFormat::odt).value() == *copy);
  CHECK_THAT(part(*copy, "content.xml"), Contains("creator>-<"));
}

TEST_CASE("the authors of a presentation's comments are not named") {
  const auto given = packages::zip(
      {{"[Content_Types].xml", types},
       {"docProps/core.xml", core},
       {"ppt/presentation.xml", "<p:presentation xmlns:p=\"p\"/>"},
       {"ppt/commentAuthors.xml",
        "<p:cmAuthorLst xmlns:p=\"p\"><p:cmAuthor id=\"0\" name=\"Калина Ольга\" "
        "initials=\"Калина\"/></p:cmAuthorLst>"},
       {"ppt/slides/slide1.xml", "<p:sld xmlns:p=\"p\"><p:cNvPr name=\"Заголовок 1\"/></p:sld>"}});
  const auto copy = without_properties(given, UploadFormat::pptx);
  REQUIRE(copy);
  check_nobody(*copy);
  CHECK_THAT(part(*copy, "ppt/slides/slide1.xml"), Contains("Заголовок 1"));
}

TEST_CASE("a document without properties stays as it is and what is none is refused") {
  const auto plain =
      packages::zip({{"[Content_Types].xml", types}, {"word/document.xml", "<w:p xmlns:w=\"w\"/>"}});
  CHECK(without_properties(plain, UploadFormat::docx).value() == plain);
  CHECK(without_properties("%PDF-1.7\n%%EOF", UploadFormat::pdf).error().code == Errc::unsupported_format);
  CHECK_FALSE(without_properties("PK\x03\x04 broken", UploadFormat::docx));
}

TEST_CASE("a document whose text cannot be read has no copy for reviewers") {
  const std::string good = "<w:document xmlns:w=\"w\"/>";
  const auto copy_of = [&](const std::string& name, const std::string& xml) {
    return without_properties(
        packages::zip({{"[Content_Types].xml", types},
                       {"docProps/core.xml", core},
                       {name == "word/document.xml" ? "word/header0.xml" : "word/document.xml", good},
                       {name, xml}}),
        UploadFormat::docx);
  };
  const std::string doctype = "<!DOCTYPE a><w:hdr/>", utf16{"\xff\xfe<\0a\0/\0>\0", 10};
  for (const auto& xml : {std::string("<w:p"), std::string("<w:p w:author=\"Калина\">"),
                          std::string("\xcf\xf0"), std::string(), doctype, utf16})
    for (const char* name : {"word/document.xml", "word/header1.xml", "word/_rels/settings.xml.rels"}) {
      CAPTURE(name, xml);
      const auto copy = copy_of(name, xml);
      CHECK((!copy && copy.error().code == Errc::invalid_input));
      CHECK(copy_of(name, good));
    }
  // Properties are not looked at: they go whatever they are.
  const auto odd = copy_of("docProps/app.xml", "<broken Калина");
  REQUIRE(odd);
  check_nobody(*odd);
  const auto twice =
      packages::zip({{"word/document.xml", good}, {"word/docuMent.xml", "<w:p w:author=\"Калина\"/>"}});
  auto same = twice;
  for (auto at = same.find("docuMent"); at != std::string::npos; at = same.find("docuMent"))
    same[at + 4] = 'm';
  CHECK(without_properties(twice, UploadFormat::docx));
  CHECK_FALSE(without_properties(same, UploadFormat::docx));
}

TEST_CASE("a list of comments or people or changes that cannot be read is empty in the copy") {
  const struct {
    const char *name, *root;
  } lists[] = {{"word/comments.xml", "w:comments"},
               {"word/Comments.xml", "w:comments"},
               {"word/glossary/comments.xml", "w:comments"},
               {"word/commentsExtended.xml", "w15:commentsEx"},
               {"word/commentsIds.xml", "w16cid:commentsIds"},
               {"word/commentsExtensible.xml", "w16cex:commentsExtensible"},
               {"word/people.xml", "w15:people"},
               {"ppt/commentAuthors.xml", "p:cmAuthorLst"},
               {"ppt/authors.xml", "p188:authorLst"},
               {"ppt/comments/comment1.xml", "p:cmLst"},
               {"ppt/comments/modernComment_7_0.xml", "p188:cmLst"},
               {"ppt/changesInfos/changesInfo1.xml", "pc:chgInfo"},
               {"ppt/revisionInfo.xml", "p1510:revInfo"}};
  for (const auto& list : lists) {
    CAPTURE(list.name);
    const bool slides = std::string(list.name).starts_with("ppt/");
    const auto given = packages::zip({{"[Content_Types].xml", types},
                                      {slides ? "ppt/presentation.xml" : "word/document.xml", "<a/>"},
                                      {list.name, "<x author=\"Калина Ольга\"> Явір"}});
    const auto copy = without_properties(given, slides ? UploadFormat::pptx : UploadFormat::docx);
    REQUIRE(copy);
    check_nobody(*copy);
    CHECK_THAT(part(*copy, list.name), Catch::Matchers::StartsWith("<" + std::string(list.root) + " xmlns:"));
  }
}

TEST_CASE("properties at paths of other programs are taken out") {
  const auto office = packages::zip({{"[Content_Types].xml", types},
                                     {"package/services/metadata/core-properties/5f.psmdcp", core},
                                     {"DocProps/Core1.xml", core},
                                     {"props/other.xml", core},
                                     {"docMetadata/LabelInfo.xml", "<l siteId=\"Калина\"/>"},
                                     {"customXml/item1.xml", "<a>"},
                                     {"word/document.xml", "<w:document xmlns:w=\"w\"/>"}});
  const auto copy = without_properties(office, UploadFormat::docx);
  REQUIRE(copy);
  check_nobody(*copy);
  CHECK(part(*copy, "customXml/item1.xml") == "<a>");
  const std::string content = "<office:document-content xmlns:office=\"o\"/>";
  const std::string formula =
      "<!DOCTYPE math:math PUBLIC \"-//OpenOffice.org//DTD\" \"math.dtd\"><math:math/>";
  const auto odt_with = [&](const std::string& object) {
    return without_properties(
        packages::zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                       {"content.xml", content},
                       {"Object 1/meta.xml", "<a><dc:creator>Калина Ольга"},
                       {"Object 1/content.xml", object},
                       {"Object 2/content.xml", "<a xmlns:dc=\"d\"><dc:creator>Явір</dc:creator></a>"}}),
        UploadFormat::odt);
  };
  const auto open = odt_with(formula);
  REQUIRE(open);
  check_nobody(*open);
  CHECK(part(*open, "Object 1/content.xml") == formula);
  CHECK_THAT(part(*open, "Object 1/meta.xml"), Contains("<office:meta/>"));
  CHECK_FALSE(odt_with("<a><dc:creator>Калина"));
}

TEST_CASE("a copy has no signatures and nothing that points to them") {
  const std::string rels =
      "<Relationships><Relationship Id=\"rId1\" Type=\"http://o/officeDocument\" "
      "Target=\"word/document.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"http://o/package/2006/relationships/digital-signature/origin\" "
      "Target=\"_xmlsignatures/origin.sigs\"/></Relationships>";
  const std::string signed_types =
      "<Types><Override PartName=\"/word/document.xml\" ContentType=\"d\"/><Override "
      "PartName=\"/_xmlsignatures/sig1.xml\" ContentType=\"s\"/></Types>";
  const auto copy = without_properties(packages::zip({{"[Content_Types].xml", signed_types},
                                                      {"_rels/.rels", rels},
                                                      {"_xmlsignatures/origin.sigs", "Калина"},
                                                      {"_xmlsignatures/sig1.xml", "<S>Калина"},
                                                      {"_xmlsignatures/_rels/origin.sigs.rels", "<S>Калина"},
                                                      {"package/services/digital-signature/1.cer", "Калина"},
                                                      {"word/document.xml", "<w:document xmlns:w=\"w\"/>"}}),
                                       UploadFormat::docx);
  REQUIRE(copy);
  CHECK(Archive::open(*copy)->names() ==
        std::vector<std::string>{"[Content_Types].xml", "_rels/.rels", "word/document.xml"});
  CHECK_THAT(part(*copy, "_rels/.rels"), Contains("word/document.xml") && !Contains("signature"));
  CHECK_THAT(part(*copy, "[Content_Types].xml"), Contains("/word/document.xml") && !Contains("signature"));
  const auto open = without_properties(packages::zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                                      {"content.xml", "<a/>"},
                                                      {"META-INF/documentsignatures.xml", "<S>Калина</S>"},
                                                      {"META-INF/manifest.xml", "<!DOCTYPE a><manifest/>"}}),
                                       UploadFormat::odt);
  REQUIRE(open);
  CHECK(Archive::open(*open)->names() ==
        std::vector<std::string>{"mimetype", "content.xml", "META-INF/manifest.xml"});
}

TEST_CASE("a copy says neither who changed a slide nor where a template lies") {
  const auto slides = without_properties(
      packages::zip({{"[Content_Types].xml", types},
                     {"ppt/presentation.xml", "<p:presentation xmlns:p=\"p\"/>"},
                     {"ppt/changesInfos/changesInfo1.xml",
                      "<pc:chgInfo xmlns:pc=\"c\"><pc:docChgLst><pc:chgData name=\"Калина Ольга\" "
                      "userId=\"Калина\"/></pc:docChgLst></pc:chgInfo>"}}),
      UploadFormat::pptx);
  REQUIRE(slides);
  check_nobody(*slides);
  CHECK_THAT(part(*slides, "ppt/changesInfos/changesInfo1.xml"), Contains("name=\"-\""));
  const std::string path = "file:///C:\\Users\\Калина\\Templates\\lib.dotx";
  const auto text = without_properties(
      packages::zip(
          {{"[Content_Types].xml", types},
           {"word/document.xml", "<w:document xmlns:w=\"w\"/>"},
           {"word/_rels/settings.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://o/relationships/attachedTemplate\" "
            "Target=\"" +
                path +
                "\" TargetMode=\"External\"/><Relationship Id=\"rId2\" "
                "Type=\"http://o/relationships/hyperlink\" Target=\"http://library.example/\" "
                "TargetMode=\"External\"/></Relationships>"}}),
      UploadFormat::docx);
  REQUIRE(text);
  check_nobody(*text);
  CHECK_THAT(part(*text, "word/_rels/settings.xml.rels"),
             Contains("Id=\"rId1\"") && Contains("\"External\"") && Contains("http://library.example/") &&
                 !Contains("Users"));
  CHECK(without_properties(*text, UploadFormat::docx).value() == *text);
}
