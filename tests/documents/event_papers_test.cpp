// Certificates, badges and lists to sign, read back with other people's programs.
#include "documents/event_papers.hpp"
#include "documents/pdf_canvas.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pdf_file.hpp"

#include <fstream>

using namespace convoke;
using namespace convoke::documents;
using Catch::Matchers::Contains;
using tests::PdfFile;

namespace {

CertificateSheet sheet(const std::string& name) {
  CertificateSheet one;
  one.association = "Об’єднання бібліотек Вишневої громади";
  one.title = "Сертифікат";
  one.lead = "отримує";
  one.name = name;
  one.lines = {{"за участь у конференції", false}, {"Книга в дорозі", true}, {"24 вересня 2026 року", false}};
  one.signatory = "Голова об’єднання О. П. Калина";
  one.date = "25 вересня 2026";
  one.number = "№ 12/2026";
  one.address = "https://plans.example.org/certificate/0123-4567-89ab-cdef-0123";
  one.hint = "Перевірити:";
  return one;
}

Certificates certificates(const std::vector<std::string>& names) {
  Certificates all;
  all.title = "Сертифікати";
  all.language = "uk";
  for (const auto& name : names) all.sheets.push_back(sheet(name));
  return all;
}

std::string one_line(std::string text) {
  std::string line;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\f') line += c;
  return line;
}

std::string seed(const std::string& name) {
  std::ifstream file(CONVOKE_SOURCE_DIR "/tests/fuzz/corpus/picture_head/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int pages_of(const PdfFile& file) {
  const auto facts = file.ask("pdfinfo");
  const auto at = facts.find("Pages:");
  REQUIRE(at != std::string::npos);
  return std::atoi(facts.c_str() + at + 6);
}

}  // namespace

TEST_CASE("the name on a certificate can be read out of its file as it was written") {
  for (const std::string name :
       {"Дем’янчук-Їжакевич Юлія В’ячеславівна", "Аўгустыновіч Ірына Мікалаеўна", "Щукина-Ёлкина Наталья",
        "Зеʼєва Ґалина", "O’Neill-Fischer Zoë", "Office Affiliation Fluffy",
        "Староміщенко-Великопольська-Переяславська Олександра-Анастасія Святославівна"}) {
    CAPTURE(name);
    const PdfFile file(write_certificates(certificates({name})));
    CHECK_THAT(one_line(file.text()), Contains(one_line(name)));
  }
}

TEST_CASE("a name of a hundred and fifty letters without a space stays on its certificate") {
  std::string name;
  for (int i = 0; i < 150; ++i) name += "Щ";
  const PdfFile file(write_certificates(certificates({name})));
  CHECK(pages_of(file) == 1);
  CHECK_THAT(one_line(file.text()), Contains(name) && Contains("№12/2026"));
}

TEST_CASE("a certificate says its title and language and brings its fonts along") {
  const auto bytes = write_certificates(certificates({"Калина Ольга", "Явір Степан"}));
  const PdfFile file(bytes);
  CHECK_THAT(file.ask("pdfinfo"), Contains("Сертифікати") && Contains("841.89 x 595.276") &&
                                      !Contains("Error") && !Contains("Warning"));
  CHECK(pages_of(file) == 2);
  CHECK_THAT(bytes, Contains("/Lang (uk)"));
  const auto fonts = file.ask("pdffonts");
  CHECK_THAT(fonts, Contains("yes yes yes") && !Contains(" no "));
  CHECK(bytes == write_certificates(certificates({"Калина Ольга", "Явір Степан"})));
}

TEST_CASE("the language is put into a PDF once and nothing else is changed") {
  CHECK(with_language("no document at all", "uk") == "no document at all");
  CHECK(with_language("", "uk").empty());
  const auto bytes = write_badges("Badges", "en", {});
  CHECK(with_language(bytes, "en) /AA (") == bytes);
  CHECK(with_language(bytes, "") == bytes);
  CHECK(with_language(bytes, "be").starts_with(bytes));
}

TEST_CASE("eleven badges take two pages and each says who it is") {
  std::vector<Badge> badges(11);
  for (std::size_t i = 0; i < badges.size(); ++i)
    badges[i] = {"Конференція «Книга в дорозі»", "Учасник " + std::to_string(i + 1), "Бібліотека № 3",
                 "у залі", "https://plans.example.org/register/link/abc" + std::to_string(i)};
  const PdfFile file(write_badges("Бейджі", "uk", badges));
  CHECK(pages_of(file) == 2);
  const auto text = file.text();
  for (int i = 1; i <= 11; ++i) CHECK_THAT(text, Contains("Учасник " + std::to_string(i)));
  badges.pop_back();
  CHECK(pages_of(PdfFile(write_badges("Бейджі", "uk", badges))) == 1);
}

TEST_CASE("a list to sign repeats its head on each page and numbers rows and pages") {
  AttendanceList list;
  list.title = "Список учасників";
  list.language = "uk";
  list.head = {"Конференція «Книга в дорозі»", "24 вересня 2026", "Читальна зала"};
  list.headings = {"№", "Прізвище, ім’я", "Установа", "Підпис"};
  for (int i = 1; i <= 60; ++i) list.rows.push_back({"Учасник " + std::to_string(i), "Бібліотека № 3"});
  list.empty_rows = 5;
  const PdfFile file(write_attendance_list(list));
  const int pages = pages_of(file);
  CHECK(pages > 1);
  const auto text = file.text();
  int heads = 0;
  for (auto at = text.find("Підпис"); at != std::string::npos; at = text.find("Підпис", at + 1)) ++heads;
  CHECK(heads == pages);
  CHECK_THAT(text, Contains("Учасник 60") && Contains("65") && !Contains("66"));
  CHECK_THAT(one_line(text), Contains("1/" + std::to_string(pages)));
  list.rows.clear();
  list.empty_rows = 0;
  CHECK(pages_of(PdfFile(write_attendance_list(list))) == 1);
}

TEST_CASE("a background is decoded and bounded before anything of it is kept") {
  const auto png = read_picture(seed("two.png"));
  REQUIRE(png);
  CHECK(png->width == 2);
  CHECK(png->jpeg.starts_with("\xFF\xD8\xFF"));
  for (const char* name : {"eight.jpg", "progressive.jpg", "grey.jpg"}) {
    CAPTURE(name);
    const auto picture = read_picture(seed(name));
    REQUIRE(picture);
    CHECK(kept_picture(picture->jpeg));
    CHECK(read_picture(seed(name))->jpeg == picture->jpeg);
  }
  CHECK(read_picture(seed("cmyk.jpg")).error().code == Errc::unsupported_format);
  CHECK(read_picture("GIF89a").error().code == Errc::unsupported_format);
  CHECK(read_picture("<svg xmlns='http://www.w3.org/2000/svg'/>").error().code == Errc::unsupported_format);
  CHECK(read_picture("").error().code == Errc::unsupported_format);
  for (const std::string name : {"two.png", "eight.jpg"}) {
    const auto whole = seed(name);
    for (std::size_t size = 8; size + 2 < whole.size(); ++size) {
      CAPTURE(name, size);
      const auto cut = read_picture(whole.substr(0, size));
      // The last chunk of a PNG says nothing: its pixels are all there.
      if (name == "two.png" && size + 12 >= whole.size()) continue;
      CHECK_FALSE(cut);
    }
  }
  CHECK(read_picture(std::string(largest_picture_file + 1, 'x')).error().code == Errc::limit_exceeded);
}

TEST_CASE("a picture of too many pixels is refused by its head alone") {
  auto png = seed("two.png");
  const auto with_size = [&](int width, int height) {
    auto changed = png;
    for (int i = 0; i < 4; ++i) {
      changed[static_cast<std::size_t>(16 + i)] = static_cast<char>(width >> (24 - 8 * i));
      changed[static_cast<std::size_t>(20 + i)] = static_cast<char>(height >> (24 - 8 * i));
    }
    return changed;
  };
  CHECK(read_picture(with_size(10'001, 1)).error().code == Errc::limit_exceeded);
  CHECK(read_picture(with_size(6'000, 4'001)).error().code == Errc::limit_exceeded);
  CHECK(read_picture(with_size(0x7FFFFFFF, 0x7FFFFFFF)).error().code == Errc::limit_exceeded);
  CHECK(picture_head(with_size(0, 5)).error().code == Errc::invalid_input);
  const auto head = picture_head(with_size(6'000, 4'000));
  REQUIRE(head);
  CHECK(static_cast<long>(head->width) * head->height == most_picture_pixels);
  CHECK(read_picture(with_size(6'000, 4'000)).error().code == Errc::invalid_input);
}

TEST_CASE("a background is put into a file once however many certificates stand on it") {
  auto few = certificates({"Калина"}), many = certificates(std::vector<std::string>(20, "Калина"));
  const auto picture = read_picture(seed("eight.jpg"));
  REQUIRE(picture);
  few.background = many.background = std::make_shared<const Picture>(*picture);
  const auto images = [](const std::string& bytes) {
    int count = 0;
    for (auto at = bytes.find("/DCTDecode"); at != std::string::npos; at = bytes.find("/DCTDecode", at + 1))
      ++count;
    return count;
  };
  CHECK(images(write_certificates(few)) == 1);
  CHECK(images(write_certificates(many)) == 1);
}
