#include "tests/web/pages_sample.hpp"

namespace convoke::tests {
namespace {

Period vague(Precision precision, Date first, Date last, std::string text) {
  Period period;
  period.precision = precision;
  period.first = first;
  period.last = last;
  period.source_text = std::move(text);
  return period;
}

Period dated(Date day, std::string text, std::optional<TimeOfDay> time = {},
             std::optional<TimeOfDay> end = {}) {
  auto period = make_dated(day, time, end);
  period.source_text = std::move(text);
  return period;
}

Event event(std::string section, std::string number, std::string title, EventKind kind, Period period,
            std::string who) {
  Event out;
  out.section = std::move(section);
  out.number = std::move(number);
  out.title = std::move(title);
  out.kind = kind;
  out.period = std::move(period);
  out.zone = "Europe/Minsk";
  out.responsible_text = who;
  Responsible one;
  if (who.find('.') == std::string::npos)
    one.post = std::move(who);
  else
    one.name = std::move(who);
  out.responsible.push_back(std::move(one));
  return out;
}

const char* const organising = "Организация работы объединения";
const char* const skills = "Повышение мастерства";

std::vector<Event> first_section() {
  using std::chrono::minutes;
  std::vector<Event> events;
  events.push_back(event(organising, "1.", "Заседание № 1. Итоги лета и планы на год", EventKind::meeting,
                         dated(make_date(2024, 9, 12), "сентябрь 2024 года", minutes{600}, minutes{720}),
                         "Зимянина Т.Р."));
  events.back().status = EventStatus::held;
  events.push_back(event(
      organising, "2.", "Круглый стол «Библиотека и семья: разговор о чтении»", EventKind::round_table,
      dated(make_date(2024, 10, 24), "октябрь 2024 года", minutes{600}, minutes{750}), "Гордейчик О.В."));
  events.back().status = EventStatus::dated;
  events.back().place = "Средняя школа № 7, читальный зал";
  events.back().agenda = {"Семейное чтение: что показал опрос", "Опыт школы № 7", "Разное"};
  events.push_back(
      event(organising, "3.", "Семинар-практикум «Электронный каталог без страха»", EventKind::seminar,
            vague(Precision::month, make_date(2024, 11, 1), make_date(2024, 11, 30), "ноябрь 2024 года"),
            "Зимянина Т.Р."));
  events.back().place = "онлайн";
  events.push_back(event(organising, "4.", "Экскурсия в областной архив", EventKind::excursion,
                         dated(make_date(2024, 11, 14), "14.11.2024"), "Ласточкин И.И."));
  events.back().status = EventStatus::cancelled;
  return events;
}

std::vector<Event> second_section() {
  std::vector<Event> events;
  events.push_back(event(skills, "1.", "Конкурс чтецов «Живое слово»", EventKind::competition,
                         vague(Precision::month_range, make_date(2024, 10, 1), make_date(2024, 11, 30),
                               "октябрь – ноябрь 2024 года"),
                         "совет объединения"));
  events.push_back(event(skills, "2.", "Статистический отчёт за год", EventKind::report,
                         dated(make_date(2025, 1, 15), "до 15 января 2025"), "библиотекари"));
  events.back().period.deadline = true;
  events.push_back(
      event(skills, "3.", "Консультации по составлению актов", EventKind::consultation,
            vague(Precision::recurring, make_date(2024, 9, 1), make_date(2025, 5, 31), "ежеквартально"),
            "Гордейчик О.В."));
  events.back().period.recurrence = Recurrence{Frequency::quarterly, {}, {}, {}, false, {}};
  events.push_back(event(skills, "4.", "Обмен опытом с читальными залами", EventKind::ongoing_task,
                         vague(Precision::academic_year, make_date(2024, 9, 1), make_date(2025, 5, 31),
                               "в течение учебного года"),
                         "библиотекари"));
  Period other;
  other.precision = Precision::by_other_plan;
  other.source_text = "по плану работы библиотек";
  events.push_back(event(skills, "5.", "Книжные выставки", EventKind::event, other, "библиотекари"));
  events.push_back(
      event(skills, "6.", "Помогать молодым коллегам", EventKind::goal, Period{}, "библиотекари"));
  return events;
}

}  // namespace

Organisation sample_organisation() {
  Organisation organisation;
  organisation.name = "Методическое объединение библиотекарей Заречного района";
  organisation.zone = "Europe/Minsk";
  organisation.language = Language::ru;
  return organisation;
}

Plan sample_plan() {
  Plan plan;
  plan.title = "План работы методического объединения библиотекарей на 2024/2025 учебный год";
  plan.organisation_name = "Методическое объединение библиотекарей Заречного района";
  plan.language = "ru";
  plan.year = PlanContext::academic_year(2024);
  plan.approvals = {
      {"УТВЕРЖДАЮ", "Заведующий учебно-методическим кабинетом", "Журавель Л.С.", make_date(2024, 9, 5),
       "№ 27-д"},
      {"СОГЛАСОВАНО", "Председатель совета", "", std::nullopt, ""},
  };
  plan.preamble = {{"Методическая тема", "Чтение, которое объединяет"},
                   {"Задачи", "- помогать молодым библиотекарям;\n- обмениваться опытом"}};
  plan.source_name = "plan.docx";
  return plan;
}

std::vector<Event> sample_events() {
  auto events = first_section();
  for (auto& one : second_section()) events.push_back(std::move(one));
  for (std::size_t i = 0; i < events.size(); ++i) events[i].position = static_cast<int>(i) + 1;
  return events;
}

std::shared_ptr<service::Snapshot> sample_snapshot() {
  auto snapshot = std::make_shared<service::Snapshot>();
  auto organisation = sample_organisation();
  organisation.id = OrganisationId{1};
  auto plan = sample_plan();
  plan.id = PlanId{1};
  plan.organisation = organisation.id;
  std::int64_t id = 0;
  for (auto& one : sample_events()) {
    one.id = EventId{++id};
    one.plan = plan.id;
    one.organisation = organisation.id;
    one.uid = "00000000-0000-4000-8000-00000000000" + std::to_string(id % 10);
    snapshot->events.put(std::make_shared<const Event>(std::move(one)));
  }
  snapshot->plans.push_back(std::make_shared<const Plan>(std::move(plan)));
  snapshot->organisations.push_back(std::move(organisation));
  return snapshot;
}

}  // namespace convoke::tests
