// A plan whose responsible people are known, and the links that their mails would carry.
#pragma once

#include "notify/answer_links.hpp"
#include "notify/recipients.hpp"
#include "service/answers.hpp"
#include "service/people.hpp"
#include "tests/service/account_fixture.hpp"

#include <string>
#include <vector>

namespace convoke::service::testing {

using notify::LinkPurpose;

// Invented. On 1 September 2026: a meeting, a report by a day, a month, a quarterly report, all-year work.
inline const char* const answered_plan =
    "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n"
    "\n"
    "№\tЗахід\tТермін\tВідповідальний\n"
    "Засідання\t\t\t\n"
    "1.\tУстановче засідання\t24 вересня 2026 року\tКалина О.П.\n"
    "2.\tКруглий стіл «Книга в дорозі»\tлистопад 2026 року\tЯвір С.М., Калина О.П.\n"
    "3.\tЗвіт про передплату\tдо 20 жовтня 2026 року\tЯвір С.М.\n"
    "Постійна робота\t\t\t\n"
    "1.\tЗвіт про стан фонду\tщоквартально\tЯвір С.М.\n"
    "2.\tІнформування бібліотек\tпротягом року\tбібліотекарі\n";

struct AnswersFixture : AccountFixture {
  std::string key;

  AnswersFixture() {
    clock.set(parse_iso_instant("2026-09-01T06:00:00Z").value());
    import(answered_plan);
    key = link_key(context).wait().value();
    give_address("Явір С.М.", "yavir@example.org");
    give_address("Калина О.П.", "kalyna@example.org");
  }

  void give_address(const std::string& name, const std::string& email) {
    PersonChange person;
    person.name = name;
    person.email = email;
    const auto saved = save_person(context, editor, person).wait();
    if (!saved) FAIL(saved.error().message);
  }
  Person person_called(const std::string& name) {
    for (const auto& person : all_people(*this))
      if (person.name == name) return person;
    FAIL("nobody is called " + name);
    return {};
  }
  std::string key_of(const std::string& name) { return notify::person_key(person_called(name).id); }
  Event event(const std::string& title) { return event_called(*this, title); }

  notify::AnswerLink link(LinkPurpose purpose, const std::string& title, const std::string& name,
                          const std::string& occurrence = "") {
    notify::AnswerLink one;
    one.purpose = purpose;
    one.event = event(title).id;
    one.occurrence = occurrence;
    one.who = key_of(name);
    one.expires = clock.now() + notify::link_lifetime;
    return one;
  }
  std::string token(LinkPurpose purpose, const std::string& title, const std::string& name,
                    const std::string& occurrence = "") {
    return notify::token_of(key, link(purpose, title, name, occurrence));
  }
  std::string decide_token(const Answer& answer, const std::string& who) {
    notify::AnswerLink one;
    one.purpose = LinkPurpose::decide;
    one.event = answer.event;
    one.who = who;
    one.answer = answer.id;
    one.expires = clock.now() + notify::link_lifetime;
    return notify::token_of(key, one);
  }

  LinkView view(const std::string& token) {
    const auto link = view_link(context, token).wait();
    if (!link) FAIL(link.error().message);
    return *link;
  }
  StepOutcome press(const std::string& token, const AnswerForm& form = {}) {
    const auto outcome = answer_link(context, token, form).wait();
    if (!outcome) FAIL(outcome.error().message);
    return *outcome;
  }
  std::vector<Answer> answers(const std::string& title) {
    const auto all = answers_of(context, editor, event(title).id).wait();
    REQUIRE(all);
    return *all;
  }
  std::vector<Reminder> rows(const std::string& title) {
    const auto id = event(title).id;
    return context.store
        .read([id](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.event = id;
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }
  // Steps of the ladder that still wait, of one occurrence when it is named.
  int waiting(const std::string& title, const std::string& occurrence = "") {
    int count = 0;
    for (const auto& row : rows(title))
      if (is_ladder_step(row.reason) && row.state == ReminderState::planned &&
          row.key.occurrence.starts_with(occurrence))
        ++count;
    return count;
  }
  // Mails that an answer or a decision has put into the queue: "answer.decide duty:chair".
  std::vector<std::string> owed(const std::string& title) {
    std::vector<std::string> keys;
    for (const auto& row : rows(title))
      if (row.key.occurrence.starts_with("answer/") && row.state == ReminderState::planned)
        keys.push_back(row.key.rule + " " + row.key.recipient);
    return keys;
  }
  void make_chair(const std::string& name) {
    Roster roster;
    roster.name = "голова об’єднання";
    roster.duty = Duty::chair;
    Tenure tenure;
    tenure.person = person_called(name).id;
    roster.tenures = {tenure};
    context.store
        .write(db::Author("test", clock.now()),
               [roster](db::Unit& unit) { return unit.rosters().save(roster).value; })
        .wait()
        .value();
  }
};

inline AnswerForm reason(const std::string& note) {
  AnswerForm form;
  form.note = note;
  return form;
}

inline AnswerForm another_day(const std::string& date, const std::string& note = "хворіють доповідачі") {
  AnswerForm form = reason(note);
  form.date = date;
  return form;
}

}  // namespace convoke::service::testing
