#include "service/unreachable.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "model/programme.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/directory_scope.hpp"
#include "service/people.hpp"
#include "service/people_store.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace convoke::service {
namespace {

// Days after the last one of an event: later nobody is told any more that it is overdue.
constexpr std::chrono::days asked_for{31};

constexpr std::string_view name_prefix = "name:", post_prefix = "post:";

// The office or the person as the plan writes it.
std::string written(const Responsible& one) {
  if (!trim(one.name).empty()) return one.name;
  if (trim(one.organisation).empty()) return one.post;
  return one.post + ", " + one.organisation;
}

bool sooner(const std::optional<Date>& a, const std::optional<Date>& b) {
  return a && (!b || *a < *b);
}

// Gathers rows while the events go by.
class Survey {
 public:
  Survey(notify::Directory directory, Instant now) : book_(std::move(directory)), now_(now) {}

  void visit(const Event& event) {
    if (!is_open(event.status) || event.kind == EventKind::goal || event.source || is_talk(event)) return;
    const auto occasion = notify::occasion_of(event, civil_date(now_, notify::zone_of(event)));
    if (event.period.last && *event.period.last < occasion.day) return note_overdue(event, occasion);
    days_.try_emplace(event.organisation, occasion);
    for (const auto& responsible : event.responsible) {
      const std::string key = notify::recipient_key(responsible);
      if (!key.empty()) examine(event, occasion, key, written(responsible));
    }
  }

  std::vector<UnreachableRow> finished() {
    for (const auto& [organisation, occasion] : days_) add_controller(organisation, occasion);
    std::vector<UnreachableRow> rows;
    for (auto& [key, row] : rows_) {
      std::stable_sort(row.events.begin(), row.events.end(),
                       [](const AffectedEvent& a, const AffectedEvent& b) { return sooner(a.last, b.last); });
      rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const UnreachableRow& a, const UnreachableRow& b) {
      return sooner(first_day(a), first_day(b));
    });
    return rows;
  }

 private:
  static std::optional<Date> first_day(const UnreachableRow& row) {
    return row.events.empty() ? std::nullopt : row.events.front().last;
  }

  void examine(const Event& event, const notify::Occasion& occasion, const std::string& key,
               const std::string& name) {
    const auto found = book_.resolve(key, occasion);
    for (const auto& missed : found.missed) {
      auto& row = row_of(event.organisation, notify::person_key(missed.person.id), missed.why);
      row.person = missed.person;
      row.name = missed.person.name;
      row.others_reached = row.others_reached || found.reached();
      affect(row, event);
    }
    if (found.reached() || !found.missed.empty()) return;
    auto& row = row_of(event.organisation, key, found.why);
    row.name = name;
    affect(row, event);
  }

  // The chair hears of it, and the head of the section before; a head who is missing is the chair's share.
  void note_overdue(const Event& event, const notify::Occasion& occasion) {
    if (to_days(occasion.day) - to_days(*event.period.last) > asked_for) return;
    days_.try_emplace(event.organisation, occasion);
    overdue_[event.organisation].push_back({event.id, event.title, event.period.last});
  }

  // A chair who is known and cannot be reached is a row like others; one who is not is a duty to fill.
  void add_controller(OrganisationId organisation, const notify::Occasion& occasion) {
    const auto found = book_.resolve(notify::chair_key, occasion);
    for (const auto& missed : found.missed) {
      auto& row = row_of(organisation, notify::person_key(missed.person.id), missed.why);
      row.person = missed.person;
      row.name = missed.person.name;
      row.others_reached = row.others_reached || found.reached();
    }
    if (found.reached() || !found.missed.empty()) return;
    auto& row = row_of(organisation, std::string(notify::chair_key), Unreached::no_controller);
    row.events = overdue_[organisation];
  }

  // A person is one row, whatever associations they work for.
  UnreachableRow& row_of(OrganisationId organisation, const std::string& key, Unreached why) {
    const bool person = notify::is_person_key(key);
    auto& row = rows_[{person ? OrganisationId{} : organisation, key}];
    row.key = key;
    row.why = why;
    row.organisation = organisation;
    return row;
  }

  static void affect(UnreachableRow& row, const Event& event) {
    if (row.events.empty() || row.events.back().id != event.id)
      row.events.push_back({event.id, event.title, event.period.last});
  }

  const notify::AddressBook book_;
  const Instant now_;
  std::map<std::pair<OrganisationId, std::string>, UnreachableRow> rows_;
  std::map<OrganisationId, notify::Occasion> days_;  // of associations with open events
  std::map<OrganisationId, std::vector<AffectedEvent>> overdue_;
};

// Whether a keeper sees the row: the events are theirs, and so is the person behind it.
bool shows(const Keeper& keeper, const UnreachableRow& row) {
  return keeps(keeper, row.person.organisation);
}

Result<Person> enter(const Writing& writing, const Keeper& keeper, const std::string& name,
                     const std::string& email, OrganisationId organisation) {
  PersonChange person;
  person.name = collapse_spaces(name);
  person.email = email;
  person.organisation = organisation;
  if (person.name.empty() || length(person.name) > longest_name)
    return Error{Errc::invalid_input, "a person needs a name of up to 200 characters"};
  if (!keeps(keeper, organisation)) return Error{Errc::not_found, "there is no such organisation"};
  auto entered = enter_person(writing.unit, person);
  if (!entered) return entered.error();
  link_events(writing, {entered->first});
  return std::move(entered->first);
}

// The office of that name gets one more holder from today; one that nobody has entered is made.
Result<void> fill_office(db::Unit& unit, const Keeper& keeper, const Remedy& remedy, PersonId holder,
                         Date today) {
  Roster roster;
  roster.name = remedy.office;
  roster.organisation = remedy.organisation;
  const auto bar = remedy.key.find('|');
  if (bar != std::string::npos) {
    // As the address book looks for it: the office of a known association, else one of the whole name.
    const auto organisation = unit.organisations().find_by_name(remedy.key.substr(bar + 1));
    const auto comma = roster.name.rfind(", ");
    if (comma != std::string::npos && organisation) roster.name.erase(comma);
    if (comma != std::string::npos && !organisation) roster.name.erase(comma, 1);
    if (organisation) roster.organisation = organisation->id;
  }
  const std::string name = fold(roster.name);
  for (auto& known : unit.rosters().list())
    if (known.organisation == roster.organisation && fold(known.name) == name) roster = std::move(known);
  if (!roster.id)
    roster.tenures.push_back({holder, {}, {}});
  else
    roster.tenures.push_back({holder, today, {}});
  auto checked = checked_roster(unit, keeper, std::move(roster));
  if (!checked) return checked.error();
  unit.rosters().save(*checked);
  return {};
}

Result<Person> mend(const Writing& writing, const Keeper& keeper, const Remedy& remedy, Date today) {
  auto& unit = writing.unit;
  const std::string_view key = remedy.key;
  if (const auto id = notify::person_of_key(key)) {
    auto person = kept_person(unit, keeper, *id);
    if (!person) return person;
    person->email = remedy.email;
    unit.people().update(*person);
    return person;
  }
  if (!is_valid_utf8(remedy.office) || !is_valid_utf8(remedy.name) || !is_valid_utf8(key))
    return Error{Errc::invalid_input, "the name is not valid UTF-8"};
  if (key.starts_with(name_prefix) && key.substr(name_prefix.size()) == name_key(remedy.office))
    return enter(writing, keeper, remedy.office, remedy.email, remedy.organisation);
  if (!key.starts_with(post_prefix)) return Error{Errc::not_found, "nothing is to be mended there"};
  auto holder = enter(writing, keeper, remedy.name, remedy.email, remedy.organisation);
  if (!holder) return holder;
  if (const auto filled = fill_office(unit, keeper, remedy, holder->id, today); !filled)
    return filled.error();
  return holder;
}

}  // namespace

Deferred<std::vector<UnreachableRow>> list_unreachable(Context& context, Keeper keeper) {
  using Rows = std::vector<UnreachableRow>;
  if (const auto may = check_may_read(keeper); !may) return Deferred<Rows>::ready(may.error());
  return context.store.read([keeper, now = context.clock.now()](db::Unit& unit) {
    Survey survey(notify::read_directory(unit), now);
    unit.events().each([&](const Event& event) {
      if (!keeper.organisation || event.organisation == keeper.organisation || !event.organisation)
        survey.visit(event);
    });
    auto rows = survey.finished();
    std::erase_if(rows, [&](const UnreachableRow& row) { return !shows(keeper, row); });
    return rows;
  });
}

Deferred<Person> mend_unreachable(Context& context, Keeper keeper, Remedy remedy) {
  if (const auto may = check_may_edit(keeper); !may) return Deferred<Person>::ready(may.error());
  auto email = check_email(remedy.email);
  if (!email) return Deferred<Person>::ready(email.error());
  remedy.email = std::move(*email);
  const Instant now = context.clock.now();
  const auto work = [=, rules = rules_of(context.settings),
                     today = today_of(context)](db::Unit& unit) -> Result<Person> {
    auto person = mend({unit, rules, now}, keeper, remedy, today);
    if (person) unit.address_troubles().clear(remedy.email);
    return person;
  };
  return context.store.write(db::Author(keeper.actor.name, now), work)
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
