// Forms with files, as browsers send them and as nobody should.
#include "web/multipart.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::web;

namespace {

std::string part(const std::string& disposition, const std::string& content, const std::string& more = "") {
  return "--b1\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n" + content + "\r\n";
}

const std::string end = "--b1--\r\n";

Errc refusal(const std::string& body, const std::string& boundary = "b1") {
  const auto form = parse_multipart(body, boundary);
  REQUIRE_FALSE(form);
  return form.error().code;
}

}  // namespace

TEST_CASE("a form with a file gives its fields and says where the file lies") {
  const std::string content("PK\3\4\0\xff\r\n--b2\r\n", 14);
  const std::string body =
      part("name=\"csrf\"", "abc") +
      part("name=\"file\"; filename=\"план.docx\"", content, "Content-Type: Application/X\r\n") +
      part("name=\"text\"", "1.\tРада\r\n2.\tЗвіт\r\n") + end;
  const auto form = parse_multipart(body, "b1");
  REQUIRE(form);
  CHECK(form->fields == Pairs{{"csrf", "abc"}, {"text", "1.\tРада\r\n2.\tЗвіт\r\n"}});
  REQUIRE(form->files.size() == 1);
  const auto& file = form->files[0];
  CHECK(file.field == "file");
  CHECK(file.file_name == "план.docx");
  CHECK(file.type == "application/x");
  CHECK(body.substr(file.begin, file.size) == content);
}

TEST_CASE("a file that was not chosen is no file and an empty one with a name is") {
  const auto form = parse_multipart(
      part("name=\"a\"; filename=\"\"", "") + part("name=\"b\"; filename=\"x.txt\"", "") + end, "b1");
  REQUIRE(form);
  REQUIRE(form->files.size() == 1);
  CHECK(form->files[0].file_name == "x.txt");
  CHECK(form->files[0].size == 0);
}

TEST_CASE("the name of a file is its last component without control characters") {
  for (const auto& [given, kept] : {std::pair<std::string, std::string>{"../../etc/passwd", "passwd"},
                                    {"C:\\plans\\план 1.docx", "план 1.docx"},
                                    {"a\\\"b.txt", "a\"b.txt"},
                                    {"x\1y.txt", "xy.txt"},
                                    {"/", ""}}) {
    CAPTURE(given);
    const auto form = parse_multipart(part("name=f; filename=\"" + given + "\"", "1") + end, "b1");
    REQUIRE(form);
    REQUIRE(form->files.size() == 1);
    CHECK(form->files[0].file_name == kept);
  }
}

TEST_CASE("what a clipboard brings besides text becomes spaces and broken UTF-8 is refused") {
  const auto form = parse_multipart(part("name=t",
                                         "a\x0b"
                                         "b\tc\x7f\r\nd") +
                                        end,
                                    "b1");
  REQUIRE(form);
  CHECK(form->fields[0].second == "a b\tc \r\nd");
  CHECK(refusal(part("name=t", "\xff\xfe") + end) == Errc::invalid_input);
}

TEST_CASE("lines around the parts are passed over and parts may follow one another at once") {
  const auto form =
      parse_multipart("preamble\r\n" + part("name=a", "1") +
                          "--b1 \t\r\ncontent-disposition:form-data;name=e\r\n\r\n" + end + "epilogue",
                      "b1");
  REQUIRE(form);
  CHECK(form->fields == Pairs{{"a", "1"}, {"e", ""}});
}

TEST_CASE("a form cut off at any byte is refused and never read beyond its end") {
  const std::string whole = part("name=a", "one") +
                            part("name=\"file\"; filename=\"x\"", "two", "Content-Type: a/b\r\n") + "--b1--";
  REQUIRE(parse_multipart(whole, "b1"));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const std::string cut = whole.substr(0, length);  // of its own, so that a sanitizer sees its end
    CHECK_FALSE(parse_multipart(cut, "b1"));
  }
}

TEST_CASE("a form that is none is refused with words") {
  CHECK(refusal("") == Errc::invalid_input);
  CHECK(refusal("--b1--", "") == Errc::invalid_input);
  CHECK(refusal(part("filename=\"x\"", "1") + end) == Errc::invalid_input);
  CHECK(refusal(part("name=a; name=b", "1") + end) == Errc::invalid_input);
  CHECK(refusal(part("name=\"a", "1") + end) == Errc::invalid_input);
  CHECK(refusal("--b1\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" + end) == Errc::invalid_input);
  CHECK(refusal("--b1\r\nContent-Type: a/b\r\n\r\n1\r\n" + end) == Errc::invalid_input);
  CHECK(refusal("--b1\r\n: x\r\n\r\n1\r\n" + end) == Errc::invalid_input);
  CHECK(refusal("--b1\n\n1\n--b1--") == Errc::invalid_input);
}

TEST_CASE("the limits of a form with files hold on both sides") {
  MultipartLimits limits;
  limits.parts = 3;
  limits.file_name = 8;
  std::string body = part("name=a", "1") + part("name=b", "2") + part("name=c; filename=\"12345678\"", "3");
  CHECK(parse_multipart(body + end, "b1", limits));
  const auto many = parse_multipart(body + part("name=d", "4") + end, "b1", limits);
  REQUIRE_FALSE(many);
  CHECK(many.error().code == Errc::limit_exceeded);
  const auto named = parse_multipart(part("name=c; filename=\"123456789\"", "3") + end, "b1", limits);
  REQUIRE_FALSE(named);
  CHECK(named.error().code == Errc::limit_exceeded);
  const std::string longest(limits.part_header - 100, 'x');
  CHECK(parse_multipart(part("name=a", "1", "X-A: " + longest + "\r\n") + end, "b1", limits));
  const std::string longer(limits.part_header, 'x');
  const auto headed = parse_multipart(part("name=a", "1", "X-A: " + longer + "\r\n") + end, "b1", limits);
  REQUIRE_FALSE(headed);
  CHECK(headed.error().code == Errc::limit_exceeded);
}

TEST_CASE("a hundred thousand parts and a body full of half boundaries end in no time") {
  std::string parts, halves = "--b1\r\nContent-Disposition: form-data; name=a\r\n\r\n";
  for (int i = 0; i < 100'000; ++i) parts += part("name=a", "");
  CHECK(refusal(parts + end) == Errc::limit_exceeded);
  for (int i = 0; i < 1'000'000; ++i) halves += "\r\n--b";
  CHECK(refusal(halves) == Errc::invalid_input);
  CHECK(parse_multipart(halves + "\r\n" + end, "b1"));
}

TEST_CASE("a boundary is read from the content type alone when it can be one") {
  CHECK(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryAB12") ==
        "----WebKitFormBoundaryAB12");
  CHECK(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a:b\"") == "a:b");
  CHECK(multipart_boundary("multipart/form-data; boundary=" + std::string(70, 'a')).size() == 70);
  for (const auto& type : {"multipart/form-data", "multipart/mixed; boundary=a",
                           "multipart/form-data; boundary=", "multipart/form-data; boundary=a b",
                           "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a",
                           "text/plain; boundary=a"}) {
    CAPTURE(type);
    CHECK(multipart_boundary(type).empty());
  }
  CHECK(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')).empty());
}
