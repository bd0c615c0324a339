#include "service/my_work.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/directory.hpp"
#include "notify/recipients.hpp"
#include "service/due_items.hpp"
#include "service/reach.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace convoke::service {
namespace {

using notify::LinkPurpose;

// Whether a mail about the event would reach this person today.
bool reaches(const notify::AddressBook& book, const Event& event, PersonId person, Date today) {
  const auto own = notify::person_key(person);
  const auto keys = notify::recipient_keys(event);
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    if (key == own) return true;
    const auto reached = book.resolve(key, notify::occasion_of(event, today));
    return std::any_of(reached.to.begin(), reached.to.end(),
                       [&](const notify::Addressee& one) { return one.person.id == person; });
  });
}

std::vector<LinkPurpose> steps_for(const ControlRow& row, Date today) {
  if (row.event.period.is_vague() && row.occurrence.empty())
    return {LinkPurpose::name_day, LinkPurpose::done, LinkPurpose::hand_over};
  if (is_work(row.event) || row.due <= today)
    return {LinkPurpose::done, LinkPurpose::postpone, LinkPurpose::hand_over};
  return {LinkPurpose::acknowledge, LinkPurpose::postpone, LinkPurpose::hand_over};
}

// Turns rows into items, each once, with the links of `who`.
class Items {
 public:
  Items(std::string key, std::string who, Instant now, Date today)
      : key_(std::move(key)), who_(std::move(who)), expires_(now + my_link_lifetime), today_(today) {}

  std::vector<MyItem> of(std::vector<ControlRow> rows, const std::vector<ControlRow>& unanswered) {
    std::vector<MyItem> items;
    for (auto& row : rows) {
      if (!seen_.emplace(row.event.id, row.occurrence).second) continue;
      MyItem item;
      item.asked = std::any_of(unanswered.begin(), unanswered.end(), [&](const ControlRow& one) {
        return one.event.id == row.event.id && one.occurrence == row.occurrence;
      });
      for (const auto purpose : steps_for(row, today_)) item.steps.push_back({purpose, token(purpose, row)});
      item.row = std::move(row);
      items.push_back(std::move(item));
    }
    return items;
  }

 private:
  std::string token(LinkPurpose purpose, const ControlRow& row) const {
    notify::AnswerLink link;
    link.purpose = purpose;
    link.event = row.event.id;
    link.occurrence = row.occurrence;
    link.who = who_;
    link.expires = expires_;
    return notify::token_of(key_, link);
  }

  std::string key_, who_;
  Instant expires_;
  Date today_;
  std::set<std::pair<EventId, std::string>> seen_;
};

// Answers about events of the association (0: of all) that nobody has decided about.
int waiting_for(db::Unit& unit, OrganisationId within) {
  const Reach reach(unit, within);
  int waiting = 0;
  for (const auto& answer : unit.answers().pending()) {
    const auto event = unit.events().find(answer.event);
    if (event && reach.holds(event->organisation)) ++waiting;
  }
  return waiting;
}

}  // namespace

Deferred<MyWork> work_of(Context& context, const SignedIn& who, std::string link_key) {
  const Instant now = context.clock.now();
  const Date today = civil_date(now, context.settings.default_zone);
  return context.store.read([who, now, today, key = std::move(link_key)](db::Unit& unit) {
    MyWork work;
    work.today = today;
    if (who.role >= AccountRole::organiser) work.waiting = waiting_for(unit, who.organisation);
    if (!who.person) return work;
    work.known = true;
    const notify::AddressBook book(notify::read_directory(unit));
    ControlScope scope;
    scope.chosen = [&](const Event& event) { return reaches(book, event, who.person, today); };
    auto control = control_in(unit, scope, today, now);
    Items items(key, notify::person_key(who.person), now, today);
    work.overdue = items.of(std::move(control.overdue), control.unanswered);
    work.to_date = items.of(std::move(control.undated), control.unanswered);
    work.coming = items.of(std::move(control.coming), control.unanswered);
    work.asked = items.of(control.unanswered, control.unanswered);
    return work;
  });
}

}  // namespace convoke::service
