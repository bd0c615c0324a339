// Plans of invented associations in the layouts that real ones have, row by row.
#include "tests/documents/reading.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <map>

using namespace convoke;

namespace {

const std::string folder = CONVOKE_SOURCE_DIR "/tests/documents/plans/";

// Each row as reading::line() prints it: section|number|title|period|people|kind|place.
const std::map<std::string, std::vector<std::string>> expected = {
    {"be-roman.txt",
     {"I Арганізацыйная работа|1|Пасяджэнне № 1 «Новы навучальны год»|month 2024-08-01 2024-08-31|Лапцёнак "
      "С.І.|meeting|",
      "I Арганізацыйная работа|2|Прыём і апрацоўка новых падручнікаў|academic_year 2024-09-01 "
      "2025-05-31|бібліятэкары|ongoing_task|",
      "II Метадычная работа|1|Круглы стол «Чытанне ў лічбавы час»|month 2024-12-01 2024-12-31|Лапцёнак С.І., "
      "кіраўнік МА; Гурская А.В.|round_table|",
      "II Метадычная работа|2|Удзел у абласной канферэнцыі «Кніга і край»|month_range 2025-03-01 "
      "2025-04-30|Гурская А.В.|conference|",
      "II Метадычная работа|3|Справаздача за год|exact_date 2025-05-25 2025-05-25|Жук Т.А.|report|"}},
    {"en-plan.csv",
     {"|1|Committee meeting: budget, venues|exact_date 2025-01-15 2025-01-15|Jane Doe, chair|meeting|Room 4",
      "|2|Webinar on cataloguing|month 2025-03-01 2025-03-31|Mary Smith; John R. Brown|seminar|online",
      "|3|Participation in the county book festival|quarter 2025-04-01 2025-06-30|Working group|competition|",
      "|4|Annual report is due|exact_date 2025-11-30 2025-11-30|Committee secretary|report|",
      "|5|Update the shared reading list|calendar_year 2025-01-01 2025-12-31|All members|ongoing_task|"}},
    {"ru-combined.txt",
     {"||Открытая лекция «Как читать карты»|exact_date 2023-03-14 2023-03-14|Совет молодых библиотекарей; "
      "Центральная библиотека|event|Музей связи",
      "||Экскурсия в типографию|month 2023-04-01 2023-04-30|Орлов П.Д., председатель Совета|excursion|",
      "||Участие в фестивале «Ночь чтения»|exact_date 2023-05-27 2023-05-27|Орлов П.Д.; Ким А.|competition|",
      "||Заседание совета|recurring 2023-01-01 2023-12-31|Секретарь Совета|meeting|"}},
    {"ru-noheading.txt",
     {"|1|Семинар для новых сотрудников|month 2024-02-01 2024-02-29|Лунина Е.Ю.|seminar|",
      "|2|Консультация по учёту фонда|exact_date 2024-04-12 2024-04-12|методист|consultation|",
      "|3|Подготовка годового отчета|month 2024-12-01 2024-12-31|Лунина Е.Ю.|report|"}},
    {"ru-prose.txt",
     {"Задачи||поддержать чтение в малых сёлах;|none||goal|", "Задачи||обменяться опытом.|none||goal|",
      "||Заседание № 1|month 2022-02-01 2022-02-28||meeting|",
      "||Заседание № 2|month 2022-10-01 2022-10-31||meeting|",
      "Массовые мероприятия||День открытых дверей;|exact_date 2022-05-27 2022-05-27||event|",
      "Массовые мероприятия||Литературный вечер «Голос степи»|month 2022-11-01 2022-11-30|Зимина Л.Ф.|event|",
      "Массовые мероприятия||Обновление стенда.|none|Рябов К.С.|task|"}},
    {"uk-month.txt",
     {"|1|Тиждень дитячого читання|date_range 2026-03-16 2026-03-20|Ковтун Р.С.|event|",
      "|2|Година поезії|exact_date 2026-03-21 2026-03-21|Ковтун Р.С.|event|",
      "|3|Підготовка звіту за квартал|exact_date 2026-03-31 2026-03-31|завідувачка бібліотеки|report|"}},
    {"uk-months.txt",
     {"Завдання|1|Навчити колег працювати з новим каталогом.|none||goal|",
      "Завдання|2|Зібрати усну історію громади.|none||goal|",
      "Січень||Засідання № 1|exact_date 2025-01-15 2025-01-15|Олена ГАЙДУК; члени ради МО|meeting|читальна "
      "зала",
      "Січень||Подання статистичного звіту 6-НК|exact_date 2025-01-20 2025-01-20|Бойчук Н.П.|report|",
      "Лютий||Конкурс «Бібліотекар року»|month 2025-02-01 2025-02-28|Бойчук Н.П., методистка|competition|",
      "Лютий||Виїзд до бібліотек-філій з метою надання практичної допомоги|date_range 2025-02-22 "
      "2025-02-24|Бойчук Н.П., методистка|consultation|с. Повч",
      "Квітень||Майстер-клас «Закладка з бісеру»|month 2025-04-01 2025-04-30|Іваненко Марія "
      "Петрівна|training|Центральна бібліотека"}},
    {"uk-order.csv",
     {"|1|«Сучасна книга в школі»|month 2024-10-01 2024-10-31|Шульга В.Д.; Кравець О.С.|seminar|",
      "|2|«Огляд новинок»|half_year 2024-09-01 2024-12-31|Рада МО|seminar|",
      "|3|Нарада \"Замовлення підручників\"|exact_date 2025-03-20 2025-03-20|Кравець О.С., завідувач "
      "бібліотеки @ КЗ «Ліцей № 2»|meeting|",
      "|4|Поповнення електронного каталогу|academic_year 2024-09-01 2025-05-31|Шульга В.Д.|ongoing_task|"}}};

ImportedPlan read(const std::string& name) {
  auto plan = reading::plan(reading::file(folder + name), name);
  INFO((plan.has_error() ? plan.error().message : ""));
  REQUIRE(plan.has_value());
  return *plan;
}

bool warned(const ImportedItem& item, std::string_view beginning) {
  return std::any_of(item.warnings.begin(), item.warnings.end(),
                     [&](const std::string& text) { return text.starts_with(beginning); });
}

}  // namespace

TEST_CASE("plans in many layouts and four languages give the rows that a person sees in them") {
  for (const auto& [name, rows] : expected) {
    CAPTURE(name);
    CHECK(reading::lines(read(name)) == rows);
  }
}

TEST_CASE("a plan says its title and organisation and language and year and who approved it") {
  const auto plan = read("uk-months.txt").plan;
  CHECK(plan.title == "ПЛАН РОБОТИ методичного об’єднання бібліотекарів громади на 2025 рік");
  CHECK(plan.organisation_name == "Лугинська публічна бібліотека імені О. Ольжича");
  CHECK(plan.language == "uk");
  CHECK(plan.year == PlanContext::calendar_year(2025));
  REQUIRE(plan.approvals.size() == 1);
  CHECK(plan.approvals[0] ==
        Approval{"ЗАТВЕРДЖУЮ", "Директорка бібліотеки", "Олена ГАЙДУК", make_date(2024, 12, 5), ""});
  REQUIRE(plan.preamble.size() == 3);
  CHECK(plan.preamble[0] == PreambleItem{"Мета", "підтримати бібліотеки, що відкрилися після ремонту."});
  CHECK(plan.preamble[1].caption == "Завдання");
}

TEST_CASE("the year of a plan is found as academic or calendar or a month") {
  CHECK(read("be-roman.txt").plan.year == PlanContext::academic_year(2024));
  CHECK(read("en-plan.csv").plan.year == PlanContext::calendar_year(2025));
  CHECK(read("uk-month.txt").plan.year == PlanContext::one_month(2026, 3));
}

TEST_CASE("what was joined or taken from elsewhere is said in a warning of its row") {
  const auto months = read("uk-months.txt");
  CHECK(warned(months.items[2], "period: its month was taken"));
  CHECK(warned(months.items[5], "person: \"- // -\""));
  CHECK(warned(months.items[6], "period: taken from the section"));
  CHECK(warned(read("be-roman.txt").items[2], "joined: "));
  CHECK(warned(read("ru-prose.txt").items[4], "period: taken out of the sentence"));
  const auto guessed = read("ru-noheading.txt");
  REQUIRE(guessed.warnings.size() == 1);
  CHECK(guessed.warnings[0].starts_with("columns: "));
}

TEST_CASE("numbered points of a meeting become its agenda") {
  const auto item = read("uk-months.txt").items[2];
  CHECK(item.event.agenda == std::vector<std::string>{"Підсумки року.", "Затвердження плану."});
  const auto prose = read("ru-prose.txt").items[2];
  CHECK(prose.event.agenda == std::vector<std::string>{"Итоги прошлого года.", "Выборы председателя."});
}

TEST_CASE("taking part in an event of somebody else is told from holding one") {
  CHECK(read("be-roman.txt").items[3].event.involvement == Involvement::participate);
  CHECK(read("en-plan.csv").items[2].event.involvement == Involvement::participate);
  CHECK(read("be-roman.txt").items[2].event.involvement == Involvement::host);
}

TEST_CASE("the audience and the form of an event stand in its note and the form gives the kind") {
  const auto item = read("uk-order.csv").items[0];
  CHECK(item.event.note == "шкільні бібліотекарі; семінар-практикум");
  CHECK(item.event.kind == EventKind::seminar);
}

TEST_CASE("a plan without a year asks for one and takes the one that is given") {
  const std::string text =
      "План работы кружка\n\n№\tМероприятие\tСрок\tОтветственный\n1\tСеминар\tмарт\tЛунина Е.Ю.\n";
  const auto without = reading::plan(text, "plan.txt");
  REQUIRE(without.has_error());
  CHECK(without.error().code == Errc::invalid_input);
  CHECK(without.error().message.find("--academic-year") != std::string::npos);
  const auto document = documents::read_document(text, "plan.txt");
  const auto with = documents::read_plan(
      *document, {reading::grammar, PlanContext::academic_year(2023), "Europe/Minsk", "plan.txt"});
  REQUIRE(with.has_value());
  CHECK(with->items.at(0).event.period.first == make_date(2024, 3, 1));
  CHECK(with->items.at(0).event.zone == "Europe/Minsk");
}

TEST_CASE("what is no plan is refused with one line") {
  const std::vector<std::pair<const char*, std::string>> documents = {
      {"a letter",
       "Уважаемые коллеги!\n\nПросим до 15 мая 2024 года прислать:\n- отчёт за квартал;\n- список "
       "участников.\n"},
      {"a list of books",
       "Новинки 2024 года\n\nАвтор\tНазвание\tГод\nБыкаў В.\tЗнак бяды\t1982\nКараткевіч У.\tКаласы\t1965\n"},
      {"a price list", "№\tНаименование\tЦена\n1\tСтеллаж\t12000\n2\tСтол\t8000\n"},
      {"a staff list",
       "Штатний розпис на 2024 рік\n\n№\tПІБ\tПосада\n1\tБойчук Н.П.\tметодист\n2\tКовтун "
       "Р.С.\tбібліотекар\n"},
      {"minutes",
       "Протокол № 3 засідання МО\nвід 12.03.2024\n\n№\tЗахід\tТермін\tВідповідальний\n1\tЗібрати дані\tдо 1 "
       "травня\tБойчук Н.П.\n"},
      {"a poem", "Реве та стогне\nДніпр широкий\n"},
  };
  for (const auto& [what, text] : documents) {
    CAPTURE(what);
    const auto plan = reading::plan(text, "x.txt");
    REQUIRE(plan.has_error());
    CHECK(plan.error().code == Errc::not_a_plan);
    CHECK(plan.error().message.starts_with("no planned events found: "));
    CHECK(plan.error().message.find('\n') == std::string::npos);
  }
}
