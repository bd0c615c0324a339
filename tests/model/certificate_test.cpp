// What stands on a certificate, and the codes by which one is found.
#include "model/certificate.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;

namespace {

CertificateValues values() {
  return {"Книга в дорозі", "24 вересня 2026", "Читальна зала", "",
          "Бібліотека № 3", "у залі",          "№ 1/2026",      "Об’єднання"};
}

std::string text_of(const std::string& words) {
  std::string text;
  for (const auto& line : fill_certificate(words, values()))
    text += (line.strong ? "*" : "") + line.text + "|";
  return text;
}

}  // namespace

TEST_CASE("a certificate's text is filled in and lines that have nothing to say are left out") {
  CHECK(text_of("за участь у\n{event}\n{dates}, {place}\nГодин: {hours}\n\nвід {association}") ==
        "за участь у|*Книга в дорозі|24 вересня 2026, Читальна зала|від Об’єднання|");
  CHECK(text_of("{event}.").front() != '*');
  CHECK(text_of("").empty());
  CHECK(text_of("{") == "{|");
  CHECK(text_of("{}{event") == "{}{event|");
  CHECK(text_of("{salary} {Event}") == "{salary} {Event}|");
  CHECK(unknown_place("{event} {salary}") == "salary");
  CHECK_FALSE(unknown_place("{event} { salary } {Event} {}"));
  // What is filled in is never read as a place.
  auto sly = values();
  sly[0] = "{place}";
  CHECK(fill_certificate("{event}", sly).front().text == "{place}");
}

TEST_CASE("the shipped words are there in each language and name no place that there is not") {
  const CertificateSettings none;
  for (const auto language : all_languages) {
    const auto words = words_in(none, language);
    CHECK_FALSE(words.title.empty());
    CHECK_FALSE(words.lead.empty());
    CHECK(words.text.find("{event}") != std::string::npos);
    CHECK_FALSE(unknown_place(words.text));
  }
  CertificateSettings own;
  own.words[0].signatory = "О. П. Калина";
  own.words[0].title = "Диплом";
  CHECK(words_in(own, Language::uk).title == "Диплом");
  CHECK(words_in(own, Language::be).title == words_in(none, Language::be).title);
  CHECK(words_in(own, Language::en).signatory == "О. П. Калина");
}

TEST_CASE("a certificate's code is found however it is typed and nothing else is taken for one") {
  std::set<std::string> codes;
  for (int i = 0; i < 50; ++i) {
    const auto code = new_certificate_code();
    CHECK(code.size() == 24);
    CHECK(certificate_code_of(code) == code);
    codes.insert(code);
  }
  CHECK(codes.size() == 50);
  CHECK(certificate_code_of("0123456789ABCDEF0123") == "0123-4567-89ab-cdef-0123");
  CHECK(certificate_code_of("0123 4567 89ab cdef 0123") == "0123-4567-89ab-cdef-0123");
  for (const char* no :
       {"", "0123-4567-89ab-cdef-012", "0123-4567-89ab-cdef-01234", "0123-4567-89ab-cdef-012g",
        "../../etc/passwd", "0123-4567-89ab-cdef-0123\n", "certificate"}) {
    CAPTURE(no);
    CHECK_FALSE(certificate_code_of(no));
  }
}

TEST_CASE("a certificate's code is read as people type it off paper") {
  const std::string code = "0f3a-11b2-c3d4-e5f6-7890";
  const TypedCertificate bare = {code, ""}, numbered = {code, "12/2026"};
  const std::vector<std::pair<const char*, TypedCertificate>> typed = {
      {"0f3a-11b2-c3d4-e5f6-7890", bare},
      {"  0F3A 11B2 C3D4 E5F6 7890 ", bare},
      {"0f3a11b2c3d4e5f67890", bare},
      {"0f3a–11b2—c3d4‑e5f6−7890", bare},
      {"О f 3а - 11в2 - СЗd4 - Е5f6 - 789О", bare},  // Cyrillic
      {"of3a-llb2-c3d4-e5f6-789O", bare},
      {"№ 12/2026 0f3a-11b2-c3d4-e5f6-7890", numbered},
      {"No. 12/2026, 0f3a-11b2-c3d4-e5f6-7890", numbered},
      {"012 / 2026\n0f3a-11b2-c3d4-e5f6-7890", numbered},
      {"0f3a-11b2-c3d4-e5f6-7890 № 12/2026", numbered},
      {"0f3a-11b2-c3d4-e5f6-7890, No. 12/2026", numbered},
      {"https://plans.example.org/certificate/0f3a-11b2-c3d4-e5f6-7890", bare},
      {"plans.example.org/certificate/0F3A-11B2-C3D4-E5F6-789О ", bare},
      {"№ 12/2026", {"", "12/2026"}},
  };
  for (const auto& [text, expected] : typed) {
    CAPTURE(text);
    const auto read = typed_certificate(text);
    REQUIRE(read);
    CHECK(read->code == expected.code);
    CHECK(read->number == expected.number);
  }
}

TEST_CASE("what is no code of a certificate is told from one") {
  for (const char* text :
       {"", "Явір Степан", "0f3a-11b2-c3d4-e5f6-789", "0f3a-11b2-c3d4-e5f6-78901", "12/20",
        "0f3a-11b2-c3d4-e5f6-789g", "/certificate/", "\xFF\xD0", "a 12/2026 b", "1234567890/2026"}) {
    CAPTURE(text);
    CHECK_FALSE(typed_certificate(text));
  }
  const std::string code = "0f3a-11b2-c3d4-e5f6-7890";
  CHECK(typed_certificate(std::string(longest_typed_certificate - code.size(), ' ') + code));
  CHECK_FALSE(typed_certificate(std::string(longest_typed_certificate - code.size() + 1, ' ') + code));
}
