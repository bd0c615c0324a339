// The report of a plan as a document: its words are there as they were given, whatever they are.
#include "documents/document.hpp"
#include "documents/report_document.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::documents;

namespace {

ReportDocument sample(const std::string& words) {
  ReportDocument report;
  report.language = "ru";
  report.title = "Отчёт о выполнении плана";
  report.head = {words, "на 7 октября 2024 года"};
  ReportTable table;
  table.caption = "По строкам";
  table.headings = {"№", "Мероприятие"};
  table.shares = {1, 4};
  ReportTable::Line section;
  section.section = true;
  section.cells = {"Заседания"};
  ReportTable::Line line;
  line.cells = {"1.", words};
  table.lines = {section, line};
  report.tables.push_back(table);
  report.picture_caption = "По месяцам";
  report.bars.planned = "запланировано";
  report.bars.done = "выполнено";
  report.bars.months = {{"09.24", 3, 2}, {"10.24", 0, 0}, {"11.24", 1, 4}};
  return report;
}

std::string text_of(const std::string& bytes) {
  const auto document = read_document(bytes, "report.docx");
  REQUIRE(document.has_value());
  std::string text;
  for (const auto& block : document->blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) text += paragraph->text + "\n";
    if (const auto* row = std::get_if<TableRow>(&block))
      for (const auto& cell : row->cells) text += cell.text + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a report says what it was given and nothing of it is markup") {
  for (const std::string words : {"Семинар «Каталог»", "</w:t><w:p> & \"x\" <!--", "=1+1"}) {
    CAPTURE(words);
    const auto text = text_of(write_report_docx(sample(words)));
    CHECK(text.find(words) != text.rfind(words));  // in the head and in its row
    CHECK(text.find("Заседания") != std::string::npos);
    CHECK(text.find("По месяцам") != std::string::npos);
  }
}

TEST_CASE("the same report gives the same bytes") {
  CHECK(write_report_docx(sample("а")) == write_report_docx(sample("а")));
}

TEST_CASE("a report without months has no picture and opens all the same") {
  auto report = sample("а");
  const auto with = write_report_docx(report).size();
  report.bars.months.clear();
  const auto bytes = write_report_docx(report);
  CHECK(bytes.size() < with);
  CHECK(bytes.find("image1.png") == std::string::npos);
  CHECK(text_of(bytes).find("Мероприятие") != std::string::npos);
}

TEST_CASE("the picture of the months is as large as it says") {
  const auto bars = sample("а").bars;
  const auto png = draw_months(bars);
  REQUIRE(png.size() > 24);
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(png.at(i));
    return value;
  };
  const auto size = size_of(bars);
  CHECK(number(16) == 2 * size.width);
  CHECK(number(20) == 2 * size.height);
}
