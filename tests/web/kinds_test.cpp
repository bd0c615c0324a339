// What each kind of event adds to its page.
#include "tests/support/catch.hpp"
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"

#include <map>

using namespace convoke;
using namespace convoke::web;

namespace {

const Date today = make_date(2025, 3, 10);

Responsible person(const std::string& name, int id = 0) {
  return {PersonId{id}, name, "", ""};
}

Answer done_by(const std::string& who, const std::string& name, Decision decision = Decision::pending) {
  Answer answer;
  answer.who = who;
  answer.name = name;
  answer.kind = AnswerKind::done;
  answer.decision = decision;
  return answer;
}

// The facts by their labels.
std::map<std::string, KindFact> facts_of(const Event& event, KindView view) {
  std::map<std::string, KindFact> found;
  const auto& descriptor = descriptor_of(event.kind);
  if (descriptor.facts == nullptr) return found;
  view.event = &event;
  view.today = today;
  for (auto& fact : descriptor.facts(view, Language::en)) found.emplace(fact.label, fact);
  return found;
}

KindView organiser() {
  KindView view;
  view.organiser = true;
  return view;
}

}  // namespace

TEST_CASE("every kind of event has a descriptor whose words are translated") {
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    const auto& descriptor = descriptor_of(kind);
    CAPTURE(name_of(kind));
    CHECK(descriptor.kind == kind);
    for (const char* word : {descriptor.agenda, descriptor.parts, descriptor.minutes})
      for (const Language language : {Language::uk, Language::be, Language::ru})
        CHECK(tr(language, word) != word);
  }
}

TEST_CASE("a report says until when and organisers see who has not handed it in") {
  Event event;
  event.kind = EventKind::report;
  event.period = make_dated(make_date(2025, 3, 12));
  event.period.deadline = true;
  event.responsible = {person("Явір С.М.", 7), person("Калина О.П."), person("Верба Т.І.", 9)};
  CHECK(facts_of(event, {}).size() == 1);
  CHECK(facts_of(event, {}).at("Due by").text.find("2 days left") != std::string::npos);
  auto view = organiser();
  view.answers = {done_by("person:7", "Явір"), done_by("token:1", "Калина О.П."),
                  done_by("person:9", "Верба Т.І.", Decision::declined)};
  const auto facts = facts_of(event, view);
  CHECK(facts.at("Handed in").text == "Явір С.М., Калина О.П.");
  CHECK(facts.at("Not handed in yet").text == "Верба Т.І.");
  CHECK_FALSE(facts.at("Not handed in yet").late);
  event.period.first = event.period.last = make_date(2025, 3, 9);
  const auto late = facts_of(event, view);
  CHECK(late.at("Due by").late);
  CHECK(late.at("Due by").text.find("1 day late") != std::string::npos);
  CHECK(late.at("Not handed in yet").late);
  event.status = EventStatus::held;
  CHECK(facts_of(event, view).count("Not handed in yet") == 0);
}

TEST_CASE("a meeting that is over asks organisers for its minutes and nobody else") {
  Event event;
  event.kind = EventKind::meeting;
  event.period = make_dated(make_date(2025, 3, 9));
  CHECK(facts_of(event, organiser()).at("Minutes").late);
  CHECK(facts_of(event, {}).empty());
  event.minutes_url = "https://example.org/minutes";
  CHECK(facts_of(event, organiser()).empty());
  event.minutes_url.clear();
  event.period = make_dated(today);
  CHECK(facts_of(event, organiser()).empty());
  event.period = make_dated(make_date(2025, 3, 9));
  event.status = EventStatus::cancelled;
  CHECK(facts_of(event, organiser()).empty());
}

TEST_CASE("a competition names its jury and asks for the decision once it was held") {
  Event event;
  event.kind = EventKind::competition;
  event.responsible = {person("Явір С.М."), person("Калина О.П."), {PersonId{}, "", "рада", ""}};
  CHECK(facts_of(event, {}).at("Jury and organisers").text == "Калина О.П., рада");
  event.status = EventStatus::held;
  CHECK(facts_of(event, {}).count("Decision of the jury") == 0);
  CHECK(facts_of(event, organiser()).at("Decision of the jury").late);
  event.outcome = "Перемогла Степанівка";
  CHECK(facts_of(event, organiser()).count("Decision of the jury") == 0);
}

TEST_CASE("whom to visit and how to reach them is for organisers") {
  Event event;
  event.kind = EventKind::consultation;
  auto view = organiser();
  view.institutions = {{"Бібліотека № 4", "вул. Шкільна 1, (04) 123-45"}, {"Ліцей", ""}};
  CHECK(facts_of(event, view).at("Whom to visit").text == "Бібліотека № 4, вул. Шкільна 1, (04) 123-45");
  view.organiser = false;
  CHECK(facts_of(event, view).empty());
}
