// A report is due by a day, and organisers see who has handed it in and who has not.
#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"
#include "web/pages/when.hpp"

#include <algorithm>
#include <set>

namespace convoke::web {
namespace {

// How somebody who is responsible is named among the answers.
std::string key_of(const Responsible& one) {
  return one.person ? "person:" + std::to_string(one.person.value) : "name:" + fold(one.name);
}

KindFact fact_of(std::string label, std::string text, bool plan_words) {
  KindFact fact;
  fact.label = std::move(label);
  fact.text = std::move(text);
  fact.plan_words = plan_words;
  return fact;
}

void add_deadline(std::vector<KindFact>& found, const KindView& view, Language language) {
  const Event& event = *view.event;
  if (!event.period.last || !is_open(event.status) || event.period.precision == Precision::recurring) return;
  const auto left = (to_days(*event.period.last) - to_days(view.today)).count();
  auto text = date_text(*event.period.last, language);
  if (left >= 0)
    text += " · " + trn(language, "{n} day left", "{n} days left", static_cast<long>(left));
  else
    text += " · " + trn(language, "{n} day late", "{n} days late", static_cast<long>(-left));
  auto fact = fact_of(tr(language, "Due by"), std::move(text), false);
  fact.late = left < 0;
  found.push_back(std::move(fact));
}

std::vector<KindFact> facts(const KindView& view, Language language) {
  std::vector<KindFact> found;
  add_deadline(found, view, language);
  const Event& event = *view.event;
  if (!view.organiser || event.period.precision == Precision::recurring) return found;
  std::set<std::string> handed;
  for (const auto& answer : view.answers)
    if (closes(answer)) {
      handed.insert(answer.who);
      handed.insert("name:" + fold(answer.name));
    }
  std::vector<std::string> in, missing;
  for (const auto& one : event.responsible) {
    if (one.name.empty()) continue;
    const bool there = handed.contains(key_of(one)) || handed.contains("name:" + fold(one.name));
    (there || event.status == EventStatus::held ? in : missing).push_back(one.name);
  }
  if (!in.empty()) found.push_back(fact_of(tr(language, "Handed in"), join(in, ", "), true));
  if (!missing.empty() && is_open(event.status)) {
    auto fact = fact_of(tr(language, "Not handed in yet"), join(missing, ", "), true);
    fact.late = event.period.last && *event.period.last < view.today;
    found.push_back(std::move(fact));
  }
  return found;
}

}  // namespace

const KindDescriptor report_kind = {EventKind::report, "What is to be told", "Parts", "The report", facts};

}  // namespace convoke::web
