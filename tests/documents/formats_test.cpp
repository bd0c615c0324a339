// The same plan as a word processor and a spreadsheet save it.
#include "documents/document.hpp"
#include "tests/documents/packages.hpp"
#include "tests/documents/reading.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using documents::Paragraph;
using documents::TableRow;
using packages::word_paragraph;
using packages::word_row;

namespace {

documents::Document document_of(const std::string& bytes, const std::string& name = "x") {
  auto document = documents::read_document(bytes, name);
  INFO((document.has_error() ? document.error().message : ""));
  REQUIRE(document.has_value());
  return *document;
}

const Paragraph& paragraph(const documents::Document& document, std::size_t at) {
  return std::get<Paragraph>(document.blocks.at(at));
}
const TableRow& row(const documents::Document& document, std::size_t at) {
  return std::get<TableRow>(document.blocks.at(at));
}

std::vector<std::string> plan_lines(const std::string& bytes, const std::string& name) {
  const auto plan = reading::plan(bytes, name);
  INFO((plan.has_error() ? plan.error().message : ""));
  REQUIRE(plan.has_value());
  return reading::lines(*plan);
}

const std::string numbering =
    R"(<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>)"
    R"(<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">)"
    R"(<w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>)"
    R"(<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>)";
const std::string counted = R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>)";
const std::string bullet = R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>)";

}  // namespace

TEST_CASE("a Word plan is read with numbers that only its list knows and cells merged both ways") {
  const std::string table =
      "<w:tbl>" + word_row({"№ з/п", "Захід", "Термін виконання", "Відповідальні"}) +
      R"(<w:tr><w:tc><w:tcPr><w:gridSpan w:val="4"/></w:tcPr>)" + word_paragraph("Організаційна робота") +
      "</w:tc></w:tr>" +
      word_row({word_paragraph("", counted), "Нарада завідувачів", "вересень",
                word_paragraph("Бойчук Н.П.,") + word_paragraph("методистка")}) +
      R"(<w:tr><w:tc>)" + word_paragraph("", counted) + "</w:tc><w:tc>" + word_paragraph("Семінар") +
      R"(</w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>)" + word_paragraph("листопад") +
      "</w:tc><w:tc>" + word_paragraph("Ковтун Р.С.") + "</w:tc></w:tr>" + R"(<w:tr><w:tc>)" +
      word_paragraph("", counted) + "</w:tc><w:tc>" + word_paragraph("Екскурсія") +
      R"(</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>)" + word_paragraph("Ковтун Р.С.") +
      "</w:tc></w:tr></w:tbl>";
  const std::string body = word_paragraph("ПЛАН РОБОТИ") +
                           word_paragraph("методичного об’єднання на 2024/2025 н.р.") +
                           word_paragraph("Завдання:") + word_paragraph("вчитися;", bullet) +
                           word_paragraph("ділитися.", bullet) + table;
  CHECK(plan_lines(packages::docx(body, numbering), "plan.docx") ==
        std::vector<std::string>{
            "Завдання||вчитися;|none||goal|", "Завдання||ділитися.|none||goal|",
            "Організаційна робота|1|Нарада завідувачів|month 2024-09-01 2024-09-30|Бойчук Н.П., "
            "методистка|meeting|",
            "Організаційна робота|2|Семінар|month 2024-11-01 2024-11-30|Ковтун Р.С.|seminar|",
            "Організаційна робота|3|Екскурсія|month 2024-11-01 2024-11-30|Ковтун Р.С.|excursion|"});
}

TEST_CASE("a heading of two rows names its columns and a title over several rows is an event each") {
  const auto tall = [](const std::string& text) {
    return R"(<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>)" + word_paragraph(text) + "</w:tc>";
  };
  const auto flat = [](const std::string& text) { return "<w:tc>" + word_paragraph(text) + "</w:tc>"; };
  const std::string under = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
  const std::string table = "<w:tbl><w:tr>" + tall("№ п/п") + tall("Мероприятие") +
                            R"(<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>)" +
                            word_paragraph("Срок и место") + "</w:tc></w:tr><w:tr>" + under + under +
                            flat("Дата") + flat("Место") + "</w:tr><w:tr>" + flat("1.") +
                            tall("Школа новичка") + flat("март") + flat("Зал") + "</w:tr><w:tr>" +
                            flat("2.") + under + flat("октябрь") + flat("Фонд") + "</w:tr></w:tbl>";
  CHECK(plan_lines(packages::docx(word_paragraph("План обучения на 2025 год") + table), "plan.docx") ==
        std::vector<std::string>{"|1|Школа новичка|month 2025-03-01 2025-03-31||task|Зал",
                                 "|2|Школа новичка|month 2025-10-01 2025-10-31||task|Фонд"});
}

TEST_CASE("a row halved by a page without a gap is put together") {
  const std::string table = "<w:tbl>" + word_row({"№", "Мероприятие", "Срок", "Ответственный"}) +
                            word_row({"1", "Семинар о новых", "март-апрель", "Лунина Е.Ю."}) +
                            word_row({"", "правилах учёта", "2025 года", ""}) + "</w:tbl>";
  CHECK(plan_lines(packages::docx(word_paragraph("План обучения на 2025 год") + table), "plan.docx") ==
        std::vector<std::string>{
            "|1|Семинар о новых правилах учёта|month_range 2025-03-01 2025-04-30|Лунина Е.Ю.|seminar|"});
}

TEST_CASE("stamps side by side in a Word table without lines are both read") {
  const std::string stamps =
      "<w:tbl>" +
      word_row({word_paragraph("ПОГОДЖЕНО") + word_paragraph("Голова ради") + word_paragraph("І.І. Сорока") +
                    word_paragraph("«__» ______ 2025 р."),
                word_paragraph("ЗАТВЕРДЖУЮ") + word_paragraph("Директор ліцею") +
                    word_paragraph("_____ О.П. Дуб") + word_paragraph("02.09.2025 р. Наказ № 14-к")}) +
      "</w:tbl>";
  const std::string body = stamps + word_paragraph("План роботи бібліотеки на 2025/2026 навчальний рік") +
                           "<w:tbl>" + word_row({"Зміст роботи", "Дата", "Виконавець"}) +
                           word_row({"Свято читача", "жовтень", "Дуб О.П."}) + "</w:tbl>";
  const auto plan = reading::plan(packages::docx(body), "plan.docx");
  REQUIRE(plan.has_value());
  REQUIRE(plan->plan.approvals.size() == 2);
  CHECK(plan->plan.approvals[0] == Approval{"ПОГОДЖЕНО", "Голова ради", "Сорока І.І.", std::nullopt, ""});
  CHECK(plan->plan.approvals[1].name == "Дуб О.П.");
  CHECK(plan->plan.approvals[1].date == make_date(2025, 9, 2));
  CHECK(plan->plan.approvals[1].act == "№ 14-к");
  CHECK(plan->items.size() == 1);
}

TEST_CASE("deleted text of a Word file is left out and inserted text and text boxes are read") {
  const auto document = document_of(packages::docx(
      R"(<w:p><w:r><w:t>Раз</w:t><w:tab/></w:r><w:del><w:r><w:delText>НЕМАЄ</w:delText><w:t>НІ</w:t></w:r></w:del><w:ins><w:r><w:t>два</w:t></w:r></w:ins>)"
      R"(<w:r><w:drawing><txbxContent><w:p><w:r><w:t>коробка</w:t></w:r></w:p></txbxContent></w:drawing></w:r><w:r><w:br/><w:t>три</w:t></w:r></w:p>)"));
  REQUIRE(document.blocks.size() == 2);
  CHECK(paragraph(document, 0).text == "коробка");
  CHECK(paragraph(document, 1).text == "Раз\tдва\nтри");
}

TEST_CASE("a table inside a cell of a Word table becomes lines of that cell") {
  const auto document = document_of(packages::docx(
      "<w:tbl>" + word_row({"a", "<w:tbl>" + word_row({"b", "c"}) + "</w:tbl>" + word_paragraph("d")}) +
      "</w:tbl>"));
  REQUIRE(document.blocks.size() == 1);
  CHECK(row(document, 0).cells.at(1).text == "b\nc\nd");
}

TEST_CASE("an OpenDocument plan is read with repeated and covered cells and numbered lists") {
  const std::string styles =
      R"(<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>)";
  const auto cell = [](const std::string& text) {
    return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>";
  };
  const std::string label =
      R"(<table:table-cell><text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p/></text:list-item></text:list></table:table-cell>)";
  const std::string body =
      "<text:h>План работы объединения на 2024 "
      "год</text:h><table:table><table:table-header-rows><table:table-row>" +
      cell("№") + cell("Мероприятие") + cell("Срок") + cell("Ответственный") +
      "</table:table-row></table:table-header-rows><table:table-row>" + label +
      cell("Семинар<text:line-break/>«Каталог»") +
      R"(<table:table-cell table:number-rows-spanned="2"><text:p>май<text:s text:c="2"/>2024<text:s/>г.</text:p></table:table-cell>)" +
      cell("Лунина Е.Ю.") + "</table:table-row><table:table-row>" + label + cell("Круглый стол") +
      "<table:covered-table-cell/>" + cell("методисты") + "</table:table-row>" +
      R"(<table:table-row><table:table-cell table:number-columns-repeated="4"/></table:table-row></table:table>)";
  CHECK(plan_lines(packages::odt(body, styles), "plan.odt") ==
        std::vector<std::string>{"|1|Семинар «Каталог»|month 2024-05-01 2024-05-31|Лунина Е.Ю.|seminar|",
                                 "|2|Круглый стол|month 2024-05-01 2024-05-31|методисты|round_table|"});
}

TEST_CASE("a spreadsheet plan is read with dates by their style and merged cells") {
  const auto inline_cell = [](const std::string& at, const std::string& text) {
    return "<c r=\"" + at + R"(" t="inlineStr"><is><t>)" + text + "</t></is></c>";
  };
  const std::string rows =
      R"(<row r="1">)" + inline_cell("A1", "Plan of events for 2024") +
      R"(</row><row r="3"><c r="A3" t="s"><v>0</v></c>)" + inline_cell("B3", "Date") +
      inline_cell("C3", "Person responsible") + R"(</row><row r="4">)" + inline_cell("A4", "Spring") +
      R"(</row><row r="5">)" + inline_cell("A5", "Webinar") +
      R"(<c r="B5" s="1"><v>45366</v></c><c r="C5" t="inlineStr"><is><r><t>Jane </t></r><r><t>Doe</t></r></is></c></row>)" +
      R"(<row r="6">)" + inline_cell("A6", "Book week") + R"(<c r="B6" s="2"><v>45383</v></c></row>)";
  const std::string merges =
      R"(<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A4:C4"/><mergeCell ref="C5:C6"/></mergeCells>)";
  CHECK(plan_lines(packages::xlsx(rows, merges, {"Activity"}), "plan.xlsx") ==
        std::vector<std::string>{"Spring||Webinar|exact_date 2024-03-15 2024-03-15|Jane Doe|seminar|",
                                 "Spring||Book week|month 2024-04-01 2024-04-30|Jane Doe|event|"});
}

TEST_CASE("a line break inside a cell of a text table cuts no row in two") {
  const auto document = document_of(
      "№\tЗахід\tТермін\tХто\n1.\tЗасідання\n«Нова книга»\tсерпень\tМалик Т.І.\n2.\tЗвіт\tтравень\n",
      "x.txt");
  REQUIRE(document.blocks.size() == 3);
  CHECK(row(document, 1).cells.at(1).text == "Засідання\n«Нова книга»");
  CHECK(row(document, 1).cells.at(3).text == "Малик Т.І.");
  CHECK(row(document, 2).cells.size() == 3);
}

TEST_CASE("a text file is read whatever Cyrillic encoding it was saved in") {
  const std::string expected = "План занять";
  const std::vector<std::pair<const char*, std::string>> files = {
      {"UTF-8", "План занять"},
      {"UTF-8 with a mark", "\xEF\xBB\xBFПлан занять"},
      {"UTF-16LE",
       std::string(
           "\xFF\xFE\x1F\x04\x3B\x04\x30\x04\x3D\x04\x20\x00\x37\x04\x30\x04\x3D\x04\x4F\x04\x42\x04\x4C\x04",
           24)},
      {"UTF-16BE",
       std::string(
           "\xFE\xFF\x04\x1F\x04\x3B\x04\x30\x04\x3D\x00\x20\x04\x37\x04\x30\x04\x3D\x04\x4F\x04\x42\x04\x4C",
           24)},
      {"windows-1251", "\xCF\xEB\xE0\xED \xE7\xE0\xED\xFF\xF2\xFC"},
      {"KOI8-U", "\xF0\xCC\xC1\xCE \xDA\xC1\xCE\xD1\xD4\xD8"},
  };
  for (const auto& [name, bytes] : files) {
    CAPTURE(name);
    CHECK(paragraph(document_of(bytes, "x.txt"), 0).text == expected);
  }
}

TEST_CASE("CSV fields may be quoted and hold the separator and quotes and line breaks") {
  const auto document = document_of("a;\"b;\"\"c\"\"\nd\";e\r\n1;2;3\n", "x.csv");
  REQUIRE(document.blocks.size() == 2);
  CHECK(row(document, 0).cells.at(1).text == "b;\"c\"\nd");
  CHECK(row(document, 1).cells.at(2).text == "3");
}

TEST_CASE("text with bars of Markdown is a table and its rule line is none of its rows") {
  const auto document = document_of("| a | b |\n|---|:--|\n| 1 | 2 |\n", "x.txt");
  REQUIRE(document.blocks.size() == 2);
  CHECK(row(document, 1).cells.at(0).text == "1");
}

TEST_CASE("the format is found by content whatever the file is called") {
  const auto bytes = packages::docx(word_paragraph("Текст"));
  CHECK(paragraph(document_of(bytes, "plan.txt"), 0).text == "Текст");
  CHECK(paragraph(document_of("Просто текст", "plan.docx"), 0).text == "Просто текст");
}
