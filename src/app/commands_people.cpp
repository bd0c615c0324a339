// Commands about people and events.
#include "app/commands.hpp"
#include "app/session.hpp"
#include "service/events.hpp"
#include "service/people.hpp"
#include "service/reminders.hpp"
#include "service/rule_sets.hpp"
#include "service/unreachable.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <iostream>

namespace convoke::app {
namespace {

Result<EventId> event_id(std::span<const std::string> arguments) {
  std::int64_t id = 0;
  if (arguments.size() != 1 ||
      std::from_chars(arguments[0].data(), arguments[0].data() + arguments[0].size(), id).ec != std::errc{})
    return Error{Errc::invalid_input, "name the event by its number, as in the address of its page"};
  return EventId{id};
}

// An option that must parse if it is there.
template<class T>
Result<std::optional<T>> optional_of(const Options& options, std::string_view name,
                                     Result<T> (*parse)(std::string_view)) {
  const auto text = options.given(name);
  if (!text) return std::optional<T>();
  auto value = parse(*text);
  if (!value) return Error{Errc::invalid_input, "--" + std::string(name) + ": " + value.error().message};
  return std::optional<T>(*value);
}

int print_changed(const Result<Event>& event) {
  if (!event) return report(event.error());
  std::cout << event->title << "\t" << (event->period.first ? format_iso(*event->period.first) : "") << "\t"
            << name_of(event->status) << "\n";
  return exit_ok;
}

boost::json::object row_json(const service::ReminderRow& row) {
  boost::json::object out;
  out["due"] = format_iso(row.reminder.due);
  out["event"] = row.event_title;
  out["event_id"] = row.reminder.key.event.value;
  out["occurrence"] = row.reminder.key.occurrence;
  out["rule"] = row.reminder.key.rule;
  out["reason"] = name_of(row.reminder.reason);
  boost::json::array names;
  for (const auto& name : row.recipients) names.emplace_back(name);
  out["recipients"] = std::move(names);
  out["problem"] = row.problem;
  return out;
}

void print_row(const service::ReminderRow& row) {
  std::cout << format_iso(row.reminder.due) << "\t" << name_of(row.reminder.reason) << "\t"
            << row.reminder.key.rule << "\t";
  for (std::size_t i = 0; i < row.recipients.size(); ++i) std::cout << (i ? ", " : "") << row.recipients[i];
  if (row.recipients.empty()) std::cout << row.reminder.key.recipient << " (" << row.problem << ")";
  std::cout << "\t" << row.event_title << "\n";
}

}  // namespace

int run_event_fix(const Options& options, std::span<const std::string> arguments) {
  const auto id = event_id(arguments);
  if (!id) return report(id.error());
  const auto date = optional_of<Date>(options, "date", parse_iso_date);
  const auto time = optional_of<TimeOfDay>(options, "time", parse_iso_time);
  const auto end_time = optional_of<TimeOfDay>(options, "end-time", parse_iso_time);
  if (!date) return report(date.error());
  if (!time) return report(time.error());
  if (!end_time) return report(end_time.error());
  if (!*date) return report({Errc::invalid_input, "name the day: convoke event fix ID --date 2024-11-14"});
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor& actor) {
    service::EventChange change;
    change.date = *date;
    change.time = *time;
    change.end_time = *end_time;
    change.place = options.given("place");
    return print_changed(service::change_event(context, actor, *id, change).wait());
  });
}

int run_event_cancel(const Options& options, std::span<const std::string> arguments) {
  const auto id = event_id(arguments);
  if (!id) return report(id.error());
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor& actor) {
    service::EventChange change;
    change.status = EventStatus::cancelled;
    return print_changed(service::change_event(context, actor, *id, change).wait());
  });
}

int run_people_import(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1)
    return report({Errc::invalid_input, "name the file: convoke people import FILE.csv"});
  auto csv = read_file(arguments[0]);
  if (!csv) return report(csv.error());
  return with_session(options, Use::writing, [&](service::Context& context, const service::Actor& actor) {
    const auto summary = service::import_people(context, actor, std::move(*csv)).wait();
    if (!summary) return report(summary.error());
    for (const auto& warning : summary->warnings) std::cerr << "warning: " << warning << "\n";
    std::cout << summary->added << " added, " << summary->updated << " updated, " << summary->linked
              << " responsibles found in plans\n";
    return exit_ok;
  });
}

int run_people_list(const Options& options, std::span<const std::string>) {
  return with_session(options, Use::reading, [](service::Context& context, const service::Actor& actor) {
    const auto directory = service::view_directory(context, {actor, {}}).wait();
    if (!directory) return report(directory.error());
    for (const auto& [person, trouble, away] : directory->people) {
      std::cout << person.id.value << "\t" << person.name << "\t" << person.post << "\t" << person.email;
      if (trouble != service::Unreached::none)
        std::cout << (person.email.empty() ? "(" : " (") << service::text_of(trouble) << ")";
      std::cout << "\t" << tag_of(person.language) << (away ? "\ton leave" : "") << "\n";
    }
    // Offices and names of coming events that nobody stands behind.
    const auto rows = service::list_unreachable(context, {actor, {}}).wait();
    if (!rows) return report(rows.error());
    for (const auto& row : *rows)
      if (!row.person.id && !row.name.empty())
        std::cout << "-\t" << row.name << "\t\t(" << service::text_of(row.why) << ")\n";
    return exit_ok;
  });
}

int run_reminders_preview(const Options& options, std::span<const std::string>) {
  const auto from = optional_of<Date>(options, "from", parse_iso_date);
  const auto to = optional_of<Date>(options, "to", parse_iso_date);
  if (!from) return report(from.error());
  if (!to) return report(to.error());
  if (!*from || !*to || **to < **from)
    return report(
        {Errc::invalid_input, "name the days: convoke reminders preview --from 2024-11-01 --to 2024-11-30"});
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor&) {
    const auto rows = service::preview_reminders(context, **from, **to).wait();
    if (!rows) return report(rows.error());
    if (options.has("json")) {
      boost::json::array out;
      for (const auto& row : *rows) out.push_back(row_json(row));
      std::cout << out << "\n";
    } else {
      for (const auto& row : *rows) print_row(row);
    }
    return exit_ok;
  });
}

int run_reminders_replan(const Options& options, std::span<const std::string>) {
  return with_session(options, Use::writing, [&](service::Context& context, const service::Actor&) {
    const auto events = service::replan_all(context);
    if (!events) return report(events.error());
    std::cout << "the reminders of " << *events << " events follow the rules\n";
    return exit_ok;
  });
}

}  // namespace convoke::app
