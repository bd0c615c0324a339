// Plans written as files and read back: the same plan; nothing in them is a formula or breaks a format.
#include "documents/package_writer.hpp"
#include "documents/plan_writers.hpp"
#include "tests/documents/reading.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>

using namespace convoke;
using Catch::Matchers::Contains;

namespace {

std::vector<Event> schedulable(const ImportedPlan& plan) {
  std::vector<Event> rows;
  for (const auto& item : plan.items)
    if (item.schedulable) rows.push_back(item.event);
  return rows;
}

struct Format {
  const char* name;
  std::string (*write)(const documents::PlanLayout&);
};
const Format formats[] = {
    {"docx", documents::write_docx}, {"xlsx", documents::write_xlsx}, {"csv", documents::write_csv}};

ImportedPlan read_again(const std::string& bytes, const std::string& name, const PlanContext& year) {
  const auto document = documents::read_document(bytes, name);
  INFO((document.has_error() ? document.error().message : ""));
  REQUIRE(document.has_value());
  auto plan = documents::read_plan(*document, {reading::grammar, year, "Europe/Kyiv", name});
  INFO((plan.has_error() ? plan.error().message : ""));
  REQUIRE(plan.has_value());
  return std::move(*plan);
}

std::string approvals_text(const Plan& plan) {
  std::string text;
  for (const auto& one : plan.approvals)
    text += one.verb + "|" + one.post + "|" + one.name + "|" + (one.date ? format_iso(*one.date) : "-") +
            "|" + one.act + "\n";
  return text;
}

std::string preamble_text(const Plan& plan) {
  std::string text;
  for (const auto& one : plan.preamble) text += one.caption + "|" + one.text + "\n";
  return text;
}

// Everything that a plan's table says, one row a line.
std::string row_text(const Event& event) {
  std::string people;
  for (const auto& one : event.responsible)
    people += one.name + "/" + one.post + "/" + one.organisation + ";";
  std::string agenda;
  for (const auto& point : event.agenda) agenda += "{" + point + "}";
  const Period& period = event.period;
  return event.section + " | " + event.number + " | " + event.title + " | " + period.source_text + " = " +
         std::string(type_name(period.precision)) + " " + (period.first ? format_iso(*period.first) : "") +
         " " + (period.last ? format_iso(*period.last) : "") + " | " + people + " | " +
         std::string(name_of(event.kind)) + " | " + event.place + " | " + event.note + " | " + agenda;
}

void check_same(const ImportedPlan& before, const ImportedPlan& after) {
  CHECK(after.plan.title == before.plan.title);
  CHECK(after.plan.organisation_name == before.plan.organisation_name);
  CHECK(after.plan.language == before.plan.language);
  CHECK(after.plan.year == before.plan.year);
  CHECK(approvals_text(after.plan) == approvals_text(before.plan));
  CHECK(preamble_text(after.plan) == preamble_text(before.plan));
  const auto was = schedulable(before), now = schedulable(after);
  for (std::size_t i = 0; i < std::min(was.size(), now.size()); ++i)
    CHECK(row_text(now[i]) == row_text(was[i]));
  CHECK(now.size() == was.size());
}

void round_trip(const ImportedPlan& plan) {
  for (const auto& format : formats) {
    CAPTURE(format.name);
    const auto bytes = format.write(documents::lay_out(plan.plan, schedulable(plan)));
    CHECK(bytes == format.write(documents::lay_out(plan.plan, schedulable(plan))));
    check_same(plan, read_again(bytes, std::string("plan.") + format.name, plan.plan.year));
  }
}

const std::filesystem::path sources = CONVOKE_SOURCE_DIR "/../shared/plans";

void source_round_trip(const std::string& stem) {
  const auto path = sources / (stem + ".txt");
  if (!std::filesystem::exists(path)) {
    WARN("skipped: " << path.string() << " is not there");
    return;
  }
  const auto plan = reading::plan(reading::file(path.string()), stem + ".txt");
  REQUIRE(plan.has_value());
  round_trip(*plan);
}

}  // namespace

TEST_CASE("a source document of Chernihiv is the same plan after each export") {
  source_round_trip("chernihiv-2021");
}
TEST_CASE("a source document of Polotsk is the same plan after each export") {
  source_round_trip("polotsk-2024-2025");
}
TEST_CASE("a source document of Hlazov is the same plan after each export") {
  source_round_trip("hlazov-2020-2021");
}
TEST_CASE("a source document of Chuvashia is the same plan after each export") {
  source_round_trip("chuvashia-2024");
}

TEST_CASE("a source document of Kaluga is no plan and there is nothing of it to export") {
  const auto path = sources / "kaluga-department.txt";
  if (!std::filesystem::exists(path)) {
    WARN("skipped: " << path.string() << " is not there");
    return;
  }
  CHECK(reading::plan(reading::file(path.string()), "kaluga-department.txt").error().code ==
        Errc::not_a_plan);
}

namespace {

ImportedPlan small() {
  auto plan = reading::plan(
      "ЗАТВЕРДЖУЮ\nДиректор бібліотеки\nКалина О.П.\nНаказ № 27-д\n12.09.2026\n\n"
      "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n\n"
      "№\tЗахід\tТермін\tВідповідальний\tПримітка\n"
      "Засідання\t\t\t\t\n"
      "1.\tУстановче засідання\t24 вересня 2026 року\tКалина О.П., Явір С.М.\tвзяти звіти\n"
      "2.\tКруглий стіл «Книга в дорозі»\tлистопад 2026 року\tЯвір С.М., методист\t\n"
      "Постійна робота\t\t\t\t\n"
      "1.\tЗвіт про стан фонду\tщоквартально\tКалина О.П.\tонлайн\n",
      "plan.txt");
  REQUIRE(plan.has_value());
  return std::move(*plan);
}

}  // namespace

TEST_CASE("a plan with stamps and notes is the same after each export") {
  round_trip(small());
}

TEST_CASE("no cell of an exported table is a formula and comes back as it was written") {
  auto plan = small();
  const char* const hostile[] = {"=HYPERLINK(\"http://x.example\";\"так\")",
                                 "+380",
                                 "-1+1",
                                 "@сума(A1)",
                                 "＝1+1",
                                 "\u00a0=1",
                                 "рядок\n=2+2"};
  for (const char* text : hostile) {
    CAPTURE(text);
    plan.items[0].event.note = text;
    const auto layout = documents::lay_out(plan.plan, schedulable(plan));
    const auto csv = documents::write_csv(layout);
    for (const auto line : split(csv, '\n')) {
      for (const auto field : split(line, ';')) {
        auto inner = field;
        while (inner.starts_with('"')) inner.remove_prefix(1);
        CHECK_FALSE(documents::looks_like_formula(inner));
      }
    }
    const auto xlsx = documents::write_xlsx(layout);
    CHECK(xlsx.find("<f>") == std::string::npos);
    const auto again = read_again(csv, "plan.csv", plan.plan.year);
    CHECK(collapse_spaces(schedulable(again)[0].note) == collapse_spaces(text));
  }
}

TEST_CASE("texts that XML cannot hold are written as the mark for it and every format is still read") {
  auto plan = small();
  plan.items[0].event.title = "Засідання \x01\x0b<b>&\"' \xEF\xBF\xBE ]]> \xff кінець";
  plan.items[1].event.title = std::string(3'000, 'w');
  for (const auto& format : formats) {
    CAPTURE(format.name);
    const auto bytes = format.write(documents::lay_out(plan.plan, schedulable(plan)));
    const auto document = documents::read_document(bytes, std::string("plan.") + format.name);
    REQUIRE(document.has_value());
    CHECK(document->blocks.size() > 4);
  }
  CHECK(documents::xml_text("\x01<\xEF\xBF\xBF>") == "\xEF\xBF\xBD&lt;\xEF\xBF\xBD&gt;");
}

TEST_CASE("a printed plan has its pages and every row in it") {
  auto plan = small();
  for (int i = 0; i < 200; ++i) {
    auto item = plan.items[1];
    item.event.title = "Виїзд до бібліотеки " + std::to_string(i);
    plan.items.push_back(item);
  }
  plan.items[2].event.title = std::string(20'000, 'x') + " кінець";
  const auto pdf = documents::write_pdf(documents::lay_out(plan.plan, schedulable(plan)));
  CHECK(pdf.starts_with("%PDF-1."));
  CHECK(pdf.size() > 20'000);
  CHECK(pdf == documents::write_pdf(documents::lay_out(plan.plan, schedulable(plan))));
}
