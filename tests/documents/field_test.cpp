// Plans as associations write them, in every format and disorder they come in, against what a reader of them
// would note down; and papers that look like plans and are none.
#include "documents/plan_json.hpp"
#include "tests/documents/reading.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <set>

using namespace convoke;
namespace json = boost::json;

namespace {

const std::string folder = CONVOKE_SOURCE_DIR "/tests/documents/field/";

// Compared after white space, dashes and quotes are one; case and the rest must agree.
std::string same(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if (c != ' ' && c != '"') out += c;
  return out;
}

std::string text_at(const json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

struct Score {
  int right = 0, all = 0;
  void add(const Score& other) {
    right += other.right;
    all += other.all;
  }
  double share() const { return all == 0 ? 1 : static_cast<double>(right) / all; }
};

using Scores = std::map<std::string, Score>;

void count(Scores& scores, const char* name, const std::string& expected, const std::string& found) {
  auto& score = scores[name];
  ++score.all;
  const bool good = same(expected) == same(found);
  score.right += good ? 1 : 0;
  if (!good) std::printf("  %s: expected \"%s\", found \"%s\"\n", name, expected.c_str(), found.c_str());
}

std::string period_of(const json::object& row) {
  const auto& period = row.at("period").as_object();
  return text_at(period, "type") + " " + text_at(period, "start") + " " + text_at(period, "end");
}

void compare(const json::object& expected, const json::object& found, Scores& scores) {
  for (const char* key : {"number", "place", "section"})
    count(scores, key, text_at(expected, key), text_at(found, key));
  count(scores, "kind", text_at(expected, "kind"), text_at(found, "kind"));
  count(scores, "period", period_of(expected), period_of(found));
  const auto& truth = expected.at("responsible").as_array();
  const auto& read = found.at("responsible").as_array();
  // Every person, and every office without a name, at its place; one too many is a mistake too.
  for (std::size_t i = 0; i < std::max(truth.size(), read.size()); ++i) {
    const auto one = [&](const json::array& list, std::string_view key) {
      return i < list.size() ? text_at(list[i].as_object(), key) : std::string("(nobody)");
    };
    count(scores, "name", one(truth, "name"), one(read, "name"));
    count(scores, "post", one(truth, "post"), one(read, "post"));
  }
}

std::vector<json::object> expected_rows(const std::string& name) {
  std::vector<json::object> rows;
  std::ifstream file(folder + name + ".jsonl");
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) rows.push_back(json::parse(line).as_object());
  return rows;
}

// Rows are matched by title, each found row once, in order.
Scores score(const std::string& name) {
  Scores scores;
  std::printf("%s\n", name.c_str());
  const auto plan = reading::plan(reading::file(folder + name), name);
  const auto truth = expected_rows(name);
  REQUIRE(truth.size() > 5);
  if (!plan) {
    std::printf("  refused: %s\n", plan.error().message.c_str());
    scores["row"].all = static_cast<int>(truth.size());
    return scores;
  }
  const auto printed = json::parse(documents::plan_json(*plan)).as_object();
  const auto& items = printed.at("items").as_array();
  std::set<std::size_t> used;
  for (const auto& expected : truth) {
    std::size_t match = 0;
    for (; match < items.size(); ++match) {
      const auto& item = items[match].as_object();
      if (!used.contains(match) && item.at("schedulable") == expected.at("schedulable") &&
          same(text_at(item, "title")) == same(text_at(expected, "title")))
        break;
    }
    count(scores, "row", text_at(expected, "title"),
          match < items.size() ? text_at(expected, "title") : "nothing");
    if (match == items.size()) continue;
    used.insert(match);
    if (expected.at("schedulable").as_bool()) compare(expected, items[match].as_object(), scores);
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!used.contains(i)) {
      ++scores["invented"].all;
      std::printf("  invented: %s\n", text_at(items[i].as_object(), "title").c_str());
    }
  return scores;
}

void expect_thresholds(Scores& scores) {
  CHECK(scores["row"].share() >= 0.99);
  CHECK(scores["invented"].all == 0);
  CHECK(scores["period"].share() >= 0.98);
  CHECK(scores["name"].share() >= 0.97);
  CHECK(scores["kind"].share() >= 0.90);
}

const char* const plans[] = {"be-broken-rows.txt",   "be-cyclogram.odt",    "be-sheet.xlsx",
                             "en-programme.txt",     "ru-month.txt",        "ru-two-row-heading.docx",
                             "ru-year-in-stamp.txt", "uk-excel.csv",        "uk-mediaplan.txt",
                             "uk-months-days.txt",   "uk-rozdil-prose.txt", "uk-schedule.docx"};

}  // namespace

TEST_CASE("plans from the field are read as people read them") {
  Scores all;
  for (const char* name : plans) {
    INFO(name);
    auto scores = score(name);
    for (const auto& [what, one] : scores) all[what].add(one);
    expect_thresholds(scores);
  }
  for (const auto& [what, one] : all)
    std::printf("%-10s %3d of %3d  %5.1f %%\n", what.c_str(), one.right, one.all, 100 * one.share());
  expect_thresholds(all);
  for (const char* what : {"number", "section", "place", "post"}) {
    INFO(what);
    CHECK(all[what].share() >= 0.95);
  }
}

TEST_CASE("papers that are no plans are refused with one line") {
  for (const char* name :
       {"bibliography.txt", "invitation.txt", "libraries.txt", "minutes.txt", "opening-hours.txt",
        "order.txt", "poem.txt", "price-list.txt", "report.txt", "staff-list.txt"}) {
    INFO(name);
    const auto plan = reading::plan(reading::file(folder + "not-plans/" + name), name);
    CHECK(plan.has_error());
    if (plan) {
      std::printf("%s was taken for a plan of %zu rows\n", name, plan->items.size());
      continue;
    }
    CHECK(plan.error().code == Errc::not_a_plan);
    CHECK(plan.error().message.size() > 10);
    CHECK(plan.error().message.find('\n') == std::string::npos);
    std::printf("%s: %s\n", name, plan.error().message.c_str());
  }
}

TEST_CASE("a plan is a plan under any of its names") {
  for (const char* title :
       {"План-графік роботи бібліотек на 2026 рік", "Календарный план на 2026 год",
        "Циклограмма деятельности библиотекаря на 2026 год", "Дорожная карта на 2026 год",
        "Медіаплан бібліотеки на 2026 рік", "План заходів на 2026 рік", "Programme of activities for 2026",
        "Мероприятия библиотеки на 2026 год", "Перспективный план работы на 2026 год",
        "План подготовки отчёта и списка литературы на 2026 год",
        "План навчання за наказом № 5 на 2026 рік"}) {
    INFO(title);
    const auto plan = reading::plan(std::string(title) +
                                        "\n\n№\tМероприятие\tСрок\tОтветственный\n"
                                        "1\tСеминар для библиотекарей\tмарт\tИванова А.А.\n"
                                        "2\tЗаседание совета\t12 мая\tПетрова Б.Б.\n",
                                    "plan.txt");
    INFO((plan ? "" : plan.error().message));
    REQUIRE(plan.has_value());
    CHECK(plan->items.size() == 2);
    CHECK(plan->plan.title == title);
  }
}

TEST_CASE("a plan is not refused for a stamp with minutes or a heading without the word plan") {
  const auto rows = [](const std::string& text) {
    const auto plan = reading::plan(text, "plan.txt");
    INFO((plan ? "" : plan.error().message));
    CHECK(plan.has_value());
    return plan ? reading::lines(*plan) : std::vector<std::string>{};
  };
  CHECK(rows("ПРИНЯТО\t\tУТВЕРЖДАЮ\nна заседании МО\t\tДиректор школы\nпротокол № 1 от 28.08.2025\t\t_____ "
             "И.П. Зуев\n\nПЛАН РАБОТЫ\nметодического объединения библиотекарей\nна 2025/26 уч. год\n\n"
             "Сентябрь\n1. Оформление стенда. Отв. Котова Л.М.\n") ==
        std::vector<std::string>{
            "Сентябрь|1|Оформление стенда.|month 2025-09-01 2025-09-30|Котова Л.М.|task|"});
  CHECK(rows("Графік проведення засідань методичного об'єднання на 2025-2026 н.р.\n\n"
             "№\tТема засідання\tДата проведення\tДоповідачі\n"
             "1\tНарада про новий рік\t28.08.2025\tМороз І.В.\n2\tЗасідання за підсумками\t28.05.2026\tМороз "
             "І.В.\n")
            .size() == 2);
  CHECK(rows("ПЛАН\nосновных мероприятий\nна 2026 год\n\n№ п/п | Наименование | Срок | Исполнитель\n"
             "1 | Семинар | 1 квартал | Администрация\n") ==
        std::vector<std::string>{"|1|Семинар|quarter 2026-01-01 2026-03-31|Администрация|seminar|"});
}

TEST_CASE("periods are found where a sentence or an empty cell leaves them") {
  const auto prose = reading::plan(
      "План работы РМО на 2026 год\n\n"
      "1. Организовать конкурс чтецов. Срок: март. Ответственный: Ивина А.А.\n"
      "2. Подготовить отчёт до 1 июня.\n"
      "3. Семинар «Фонд», 17 октября, Котова Л.М.\n"
      "4. Обзор книг от А до Я.\n",
      "plan.txt");
  REQUIRE(prose.has_value());
  CHECK(reading::lines(*prose) ==
        std::vector<std::string>{
            "|1|Организовать конкурс чтецов.|month 2026-03-01 2026-03-31|Ивина А.А.|competition|",
            "|2|Подготовить отчёт|exact_date 2026-06-01 2026-06-01||report|",
            "|3|Семинар «Фонд»|exact_date 2026-10-17 2026-10-17|Котова Л.М.|seminar|",
            "|4|Обзор книг от А до Я.|none||task|"});
  const auto months = reading::plan(
      "План работы РМО на 2025-2026 учебный год\n\n"
      "Месяц\tТема\tФорма\tОтветственный\n"
      "Август\tАнализ за год\tЗаседание\tИвина А.А.\n"
      "\tПланирование\tКруглый стол\tКотова Л.М.\n",
      "plan.txt");
  REQUIRE(months.has_value());
  CHECK(reading::lines(*months) ==
        std::vector<std::string>{"||Анализ за год|month 2025-08-01 2025-08-31|Ивина А.А.|meeting|",
                                 "||Планирование|month 2025-08-01 2025-08-31|Котова Л.М.|round_table|"});
}

TEST_CASE("a plan is the association's that its title names and every stamp keeps its own signature") {
  const auto plan = [](const std::string& name) {
    auto read = reading::plan(reading::file(folder + name), name);
    REQUIRE(read.has_value());
    return read->plan;
  };
  const std::map<std::string, std::string> organisations = {
      {"be-broken-rows.txt", "Раённае метадычнае аб'яднанне бібліятэкараў"},
      {"be-cyclogram.odt", "Метадычнае аб’яднанне сельскіх бібліятэк"},
      {"en-programme.txt", "Moorland Association of School Librarians"},
      {"ru-month.txt", "Городское методическое объединение библиотекарей"},
      {"ru-two-row-heading.docx", "РМО школьных библиотекарей Заречного района"},
      {"uk-mediaplan.txt", "Методичне об'єднання бібліотек закладів вищої освіти Зарічної області"},
      {"uk-rozdil-prose.txt", "Обласне методичне об'єднання бібліотекарів фахових коледжів"}};
  for (const auto& [name, organisation] : organisations) {
    CAPTURE(name);
    CHECK(plan(name).organisation_name == organisation);
  }
  const auto spaced = plan("be-broken-rows.txt").approvals;
  REQUIRE(spaced.size() == 3);
  CHECK(spaced[0] ==
        Approval{"УЗГОДНЕНА", "Старшыня прафсаюзнага камітэта", "Лапко В.М.", make_date(2024, 8, 30), ""});
  CHECK(spaced[1] == Approval{"ЗАЦВЯРДЖАЮ", "Дырэктар ДУ «Заслаўскі вучэбна-метадычны кабінет»", "Шыбут Т.Я.",
                              make_date(2024, 9, 2), ""});
  const auto tabbed = plan("uk-months-days.txt").approvals;
  REQUIRE(tabbed.size() >= 2);
  CHECK(tabbed[0].name == "Ірина СТЕПОВА");
  CHECK_FALSE(tabbed[0].date.has_value());
  CHECK(tabbed[1] ==
        Approval{"ПОГОДЖЕНО", "Начальник відділу освіти", "Тихий О.Д.", make_date(2025, 9, 2), ""});
  CHECK(plan("be-cyclogram.odt").approvals[0].act == "№ 61");
  CHECK(plan("be-sheet.xlsx").approvals[0].name == "Гай П.П.");
}

TEST_CASE("an institution keeps its legal form whether it is abbreviated or spelled out") {
  for (const auto& [post, organisation] : std::map<std::string, std::string>{
           {"Директор ГУ «Озёрный центр»", "ГУ «Озёрный центр»"},
           {"Директорка КЗ «Міська бібліотека»", "КЗ «Міська бібліотека»"},
           {"Директор МБУК «Приозёрская ЦБС»", "МБУК «Приозёрская ЦБС»"},
           {"Заведующий государственным учреждением «Озёрный центр»", "ГУ «Озёрный центр»"},
           {"Директор муниципального бюджетного учреждения культуры «ЦБС»", "МБУК «ЦБС»"},
           {"Директор комунального закладу «Міська бібліотека»", "КЗ «Міська бібліотека»"}}) {
    CAPTURE(post);
    const auto read = reading::plan("УТВЕРЖДАЮ\n" + post +
                                        "\nА.А. Ивина\n01.01.2026\n\nПлан работы на 2026 год\n\n"
                                        "№\tМероприятие\tСрок\n1\tСеминар\tмарт\n",
                                    "plan.txt");
    REQUIRE(read.has_value());
    CHECK(read->plan.organisation_name == organisation);
  }
}

// No clock here: a reader whose cost grew with the square of these would outlive the time a test is given.
TEST_CASE("documents made to keep the reader busy are read or refused") {
  const auto times = [](std::size_t count, std::string_view text) {
    std::string out;
    while (count-- > 0) out += text;
    return out;
  };
  const std::string heading = "План роботи на 2025 рік\n\n№\tЗахід\tТермін\tВідповідальний\n";
  const std::string wide = times(252, "\tx") + "\n";
  const std::vector<std::pair<std::string, std::size_t>> cases = {
      {heading + "1\tСемінар\tмай\t" + times(6000, "Іваненко І.І., ") + "\n", 1},
      {heading + "1\tа\tмай\tІ\n" + times(18'000, "\tа\t\tб\n"), 1},
      {heading + times(4'990, "1\tСемінар «Книга»\t12.03.2025\tІваненко І.І., методист\n"), 4'990},
      {"План роботи на 2025 рік\n\n№\tЗахід\tТермін\tВідповідальний" + times(252, "\t") + "\n" +
           times(200, "1\tСемінар\tтравень\tІваненко І.І." + wide),
       200},
      {"План роботи на 2025 рік\n\n" + times(200, "1\tСемінар\tтравень\tІваненко І.І." + wide), 200},
      {"План роботи на 2025 рік\n\n" + times(19'990, "а б в\n"), 0},
      {"План роботи на 2025 рік\n\n" + times(200 * 1024 / 4, "- «"), 1},
      {times(20'000, "УТВЕРЖДАЮ "), 0},
      {"План на 2025 рік " + times(14'000, "на 2025 рік, "), 0}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    CAPTURE(i);
    const auto read = reading::plan(cases[i].first, "plan.txt");
    CHECK((read ? read->items.size() : 0) == cases[i].second);
  }
}
