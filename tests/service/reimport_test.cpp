// A plan that is brought in again, corrected or not, over what people made of it since.
#include "service/events.hpp"
#include "service/plan_title.hpp"
#include "service/row_match.hpp"
#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string heading =
    "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n\n"
    "№\tЗахід\tТермін\tВідповідальний\tМісце\tПримітки\n"
    "Засідання\t\t\t\t\t\n";

void change(Fixture& fixture, EventId id, const EventChange& wanted) {
  const auto changed = change_event(fixture.context, editor, id, wanted).wait();
  if (!changed) FAIL(changed.error().message);
}

Event row(const std::string& number, const std::string& title, const std::string& section = "Засідання") {
  Event event;
  event.number = number;
  event.title = title;
  event.section = section;
  return event;
}

using Matches = std::vector<std::optional<std::size_t>>;

}  // namespace

TEST_CASE("a row that was put before others takes no event from them") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto meeting = event_called(fixture, "Установче засідання");
  const auto table = event_called(fixture, "Круглий стіл «Книга в дорозі»");
  EventChange fixed;
  fixed.date = make_date(2026, 11, 12);
  change(fixture, table.id, fixed);

  const auto summary = fixture.import(
      with(with(with(small_plan, "2.\tКруглий", "3.\tКруглий"), "1.\tУстановче", "2.\tУстановче"),
           "2.\tУстановче", "1.\tОгляд літніх читань\t10 вересня 2026 року\tЯвір С.М.\n2.\tУстановче"));
  CHECK(summary.events == 1);
  CHECK(event_called(fixture, "Установче засідання").uid == meeting.uid);
  const auto after = event_called(fixture, "Круглий стіл «Книга в дорозі»");
  CHECK(after.uid == table.uid);
  CHECK(after.number.starts_with("3"));
  CHECK(after.position == 3);
  CHECK(after.period.first == make_date(2026, 11, 12));
}

TEST_CASE("rows are matched by title before any of them by number") {
  const std::vector<Event> known = {row("1", "Вибори голови"), row("2", "Огляд літературних новинок")};
  CHECK(match_rows(known, {row("1", "Свято першої книги"), row("2", "Вибори голови"),
                           row("3", "Огляд літературних новинок")}) == Matches{{}, 0, 1});
  CHECK(match_rows(known, {row("1", "Вибори нового голови"), row("2", "День словника")}) == Matches{0, {}});
  CHECK(match_rows(known, {row("7", "Вибори голови", "Інше")}) == Matches{0});
  CHECK(match_rows(known, {row("1", "Вибори нового голови", "Інше")}) == Matches{{}});
}

TEST_CASE("a renamed row of the same number is the same event when its month and people are the same") {
  auto before = row("4", "Майстерня закладок");
  before.period.precision = Precision::month;
  before.period.first = make_date(2026, 11, 1);
  before.period.last = make_date(2026, 11, 30);
  before.period.source_text = "листопад";
  before.responsible_text = "Явір С.М.";
  auto after = before;
  after.title = "Творчий вечір";
  CHECK(match_rows({before}, {after}) == Matches{0});
  after.responsible_text = "Калина О.П.";
  CHECK(match_rows({before}, {after}) == Matches{{}});
  after.responsible_text = before.responsible_text;
  before.period.precision = after.period.precision = Precision::ongoing;
  CHECK(match_rows({before}, {after}) == Matches{{}});
}

TEST_CASE("meetings of one name keep their months when one more is put before them") {
  auto march = row("1", "Засідання ради"), may = row("2", "Засідання ради"),
       january = row("1", "Засідання ради");
  march.period.source_text = "березень";
  may.period.source_text = "травень";
  january.period.source_text = "січень";
  CHECK(match_rows({march, may}, {january, march, may}) == Matches{{}, 0, 1});
}

TEST_CASE("titles are similar from half of the longer one's words on") {
  CHECK(are_similar_titles("Звіт про стан фонду", "Звіт про стан книжкового фонду"));
  CHECK(are_similar_titles("День книги", "День музею"));
  CHECK_FALSE(are_similar_titles("День дитячої книги", "День музею"));
  CHECK_FALSE(are_similar_titles("", ""));
}

TEST_CASE("the unchanged document brought in again leaves what people changed") {
  Fixture fixture;
  const std::string plan =
      heading + "1.\tУстановче засідання\t24 вересня 2026 року\tКалина О.П.\tчитальна зала\tвзяти звіт\n" +
      "2.\tКруглий стіл про книги\tлистопад 2026 року\tЯвір С.М.\t\t\n";
  fixture.import(plan);
  const auto before = event_called(fixture, "Установче засідання");
  CHECK(before.place == "читальна зала");
  EventChange edit;
  edit.title = "Перше засідання";
  edit.place = "актова зала";
  edit.note = "";
  edit.kind = EventKind::seminar;
  edit.period = "1 жовтня 2026 року";
  edit.level = Level::region;
  edit.audience = std::vector<std::string>{"завідувачі"};
  edit.contact = "каб. 4";
  edit.attachments = std::vector<Attachment>{{"https://example.org/p.pdf", "Програма", "application/pdf"}};
  change(fixture, before.id, edit);
  const auto edited = event_called(fixture, "Перше засідання");

  CHECK(fixture.import(plan).unchanged == 2);
  const auto after = event_called(fixture, "Перше засідання");
  CHECK(after.uid == before.uid);
  CHECK(after.sequence == edited.sequence);
  CHECK(after.place == "актова зала");
  CHECK(after.note.empty());
  CHECK(after.kind == EventKind::seminar);
  CHECK(after.period.first == make_date(2026, 10, 1));
  CHECK(same_to_readers(after, edited));
}

TEST_CASE("a correction in the document reaches an event whose other fields people changed") {
  Fixture fixture;
  const std::string plan =
      heading + "1.\tУстановче засідання\t24 вересня 2026 року\tКалина О.П.\tчитальна зала\tвзяти звіт\n" +
      "2.\tКруглий стіл про книги\tлистопад 2026 року\tЯвір С.М.\t\t\n";
  fixture.import(plan);
  const auto before = event_called(fixture, "Установче засідання");
  EventChange edit;
  edit.place = "актова зала";
  edit.note = "взяти протокол";
  change(fixture, before.id, edit);
  CHECK(fixture.import(with(plan, "взяти звіт", "взяти список")).updated == 1);
  const auto after = event_called(fixture, "Установче засідання");
  CHECK(after.uid == before.uid);
  CHECK(after.place == "актова зала");
  CHECK(after.note == "взяти список");
}

TEST_CASE("a plan whose title was corrected is the same plan") {
  Fixture fixture;
  const auto first = fixture.import(small_plan);
  const auto again = fixture.import(with(small_plan, "навчальний рік", "н. р."));
  CHECK(again.plan == first.plan);
  CHECK(again.events == 0);
  CHECK(all_events(fixture).size() == 4);
}

TEST_CASE("another plan of the same association and year is a new one that names the like") {
  Fixture fixture;
  const auto first = fixture.import(small_plan);
  auto other = with(small_plan, "План роботи", "План заходів");
  other = with(other, "Круглий стіл «Книга в дорозі»", "Бібліоніч");
  other = with(other, "Звіт про стан фонду", "Підписка на журнали");
  other = with(other, "Інформування бібліотек", "Сторінка в мережі");
  const auto second = fixture.import(other);
  CHECK(second.plan != first.plan);
  CHECK(second.events == 4);
  CHECK(has_warning(second.warnings, "looks like plan " + std::to_string(first.plan.value)));
  CHECK(all_organisations(fixture).size() == 1);
}

TEST_CASE("a title gives its association without its plan and its year") {
  const std::vector<std::pair<const char*, const char*>> titles = {
      {"План роботи ради бібліотек на 2026/2027 навчальний рік", "Ради бібліотек"},
      {"Річний план роботи ради бібліотек на 2027 р.", "Ради бібліотек"},
      {"План работы методического объединения на 2026-2027 учебный год", "Методического объединения"},
      {"ПЛАН РАБОТЫ на 2027 год методического объединения", "Методического объединения"},
      {"Гадавы план працы рады бібліятэк на 2027 год", "Рады бібліятэк"},
      {"Annual plan of work of the Library Council for the academic year 2026/2027", "Library Council"},
      {"Work plan of the Library Council for 2027", "Library Council"},
      {"Рада бібліотек", "Рада бібліотек"},
      {"План роботи на 2027 рік", ""},
      {"Plan of work for 2027", ""},
      {"", ""},
  };
  for (const auto& [title, name] : titles) {
    CAPTURE(title);
    CHECK(organisation_in_title(title) == name);
  }
}

TEST_CASE("a plan that names nobody at all is entered under the program's name and says so") {
  Fixture fixture;
  const auto summary = fixture.import(
      with(small_plan, "План роботи методичного об’єднання бібліотекарів Вишневої громади", "План роботи"));
  CHECK(all_organisations(fixture).at(0).name == "Convoke");
  CHECK(has_warning(summary.warnings, "organisation: "));
}
