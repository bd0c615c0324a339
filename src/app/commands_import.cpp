// Commands that read: a plan or calendar file, a period, a feed.
#include "app/commands.hpp"
#include "app/session.hpp"
#include "calendar/period_batch.hpp"
#include "calendar/period_format.hpp"
#include "calendar/period_grammar.hpp"
#include "documents/plan_json.hpp"
#include "service/calendar_import.hpp"
#include "service/feeds.hpp"
#include "service/plans.hpp"
#include "service/query_string.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <iostream>

namespace convoke::app {
namespace {

// The year of --year or --academic-year; nothing when neither is given.
Result<std::optional<PlanContext>> year_of(const Options& options) {
  const auto calendar = options.given("year");
  const auto academic = options.given("academic-year");
  if (!calendar && !academic) return std::optional<PlanContext>();
  if (calendar && academic) return Error{Errc::invalid_input, "give --year or --academic-year, not both"};
  const std::string& text = calendar ? *calendar : *academic;
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc{} || end != text.data() + text.size() || year < first_year || year >= last_year)
    return Error{Errc::invalid_input, "a year is written with four digits, for example 2024"};
  return std::optional(calendar ? PlanContext::calendar_year(year) : PlanContext::academic_year(year));
}

void print_summary(const service::ImportSummary& summary) {
  for (const auto& warning : summary.warnings) std::cerr << "warning: " << warning << "\n";
  if (summary.plan) std::cout << "plan " << summary.plan.value << ": ";
  std::cout << summary.events << " events added, " << summary.updated << " updated, " << summary.unchanged
            << " unchanged; " << summary.reminders_planned << " reminders planned, "
            << summary.reminders_missed << " already past\n";
}

// --json or --dry-run of a plan: what was read, as the interface describes it.
int print_document(const ImportedPlan& imported, bool as_json) {
  if (as_json) {
    std::cout << documents::plan_json(imported) << "\n";
    return exit_ok;
  }
  for (const auto& warning : imported.warnings) std::cerr << "warning: " << warning << "\n";
  std::cout << imported.plan.title << "\n";
  for (const auto& item : imported.items) {
    std::cout << (item.schedulable ? "" : "  (") << item.event.number << "\t" << item.event.title << "\t"
              << calendar::format_period(item.event.period, Language::en) << "\t" << name_of(item.event.kind)
              << (item.schedulable ? "" : ")") << "\n";
    for (const auto& warning : item.warnings) std::cout << "\t! " << warning << "\n";
  }
  return exit_ok;
}

// {"events":[{"uid","title","period":{"type","start","end"}}…],"warnings":[…]}: what a calendar file says.
std::string calendar_json(const calendar::ImportedCalendar& calendar) {
  namespace json = boost::json;
  const auto date = [](const std::optional<Date>& day) {
    return day ? json::value(format_iso(*day)) : json::value(nullptr);
  };
  json::array events, warnings;
  for (const auto& imported : calendar.events) {
    const Event& event = imported.event;
    events.push_back(json::object{{"uid", event.uid},
                                  {"title", event.title},
                                  {"period", json::object{{"type", type_name(event.period.precision)},
                                                          {"start", date(event.period.first)},
                                                          {"end", date(event.period.last)}}}});
  }
  for (const auto& warning : service::warnings_of(calendar)) warnings.push_back(json::value(warning));
  return json::serialize(json::object{{"events", std::move(events)}, {"warnings", std::move(warnings)}});
}

int print_calendar(const calendar::ImportedCalendar& calendar, bool as_json) {
  if (as_json) {
    std::cout << calendar_json(calendar) << "\n";
    return exit_ok;
  }
  for (const auto& warning : service::warnings_of(calendar)) std::cerr << "warning: " << warning << "\n";
  for (const auto& imported : calendar.events)
    std::cout << imported.event.title << "\t" << calendar::format_period(imported.event.period, Language::en)
              << "\t" << imported.event.uid << "\n";
  return exit_ok;
}

// Prints what the file says and stores nothing.
int print_reading(const Options& options, const service::ImportRequest& request) {
  if (service::is_calendar_file(request)) {
    const auto calendar = service::read_calendar_file(request, options.get("timezone"));
    return calendar ? print_calendar(*calendar, options.has("json")) : report(calendar.error());
  }
  const auto imported = service::read_document(request, options.get("timezone"));
  return imported ? print_document(*imported, options.has("json")) : report(imported.error());
}

int read_batch() {
  std::string line;
  for (int number = 1; std::getline(std::cin, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (number == 1 && line.starts_with("text\tlang\tcontext")) continue;
    // A line that cannot be used is answered with none, so that answers stay beside their questions.
    const auto answer = calendar::period_batch_line(line);
    if (!answer) std::cerr << "warning: line " << number << ": " << answer.error().message << "\n";
    std::cout << (answer ? *answer : std::string("none\t\t")) << "\n";
  }
  return exit_ok;
}

}  // namespace

int run_import(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1) return report({Errc::invalid_input, "name the file: convoke import FILE"});
  auto bytes = read_file(arguments[0]);
  if (!bytes) return report(bytes.error());
  const auto year = year_of(options);
  if (!year) return report(year.error());
  service::ImportRequest request;
  request.bytes = std::move(*bytes);
  request.file_name = arguments[0];
  request.year = *year;
  request.zone = options.get("timezone");
  if (options.has("dry-run")) return print_reading(options, request);
  if (options.has("json"))
    if (const int code = print_reading(options, request); code != exit_ok) return code;
  return with_session(options, Use::writing, [&](service::Context& context, const service::Actor& actor) {
    const auto summary = service::import_document(context, actor, request).wait();
    if (!summary) return report(summary.error());
    if (!options.has("json")) print_summary(*summary);
    return exit_ok;
  });
}

int run_period(const Options& options, std::span<const std::string> arguments) {
  if (options.has("batch")) return read_batch();
  if (arguments.empty())
    return report({Errc::invalid_input, "write the period: convoke period --year 2024 'ноябрь'"});
  const auto year = year_of(options);
  if (!year) return report(year.error());
  std::string text = arguments[0];
  for (const auto& word : arguments.subspan(1)) text += " " + word;
  const auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  const auto this_year = PlanContext::calendar_year(
      static_cast<int>(Date{std::chrono::floor<std::chrono::days>((*clock)->now())}.year()));
  const auto reading =
      calendar::read_period(text, options.given("lang").value_or(""), year->value_or(this_year));
  const auto& period = reading.period;
  std::cout << type_name(period.precision);
  if (period.recurrence) std::cout << "(" << name_of(period.recurrence->frequency) << ")";
  std::cout << "\t" << (period.first ? format_iso(*period.first) : "") << "\t"
            << (period.last ? format_iso(*period.last) : "") << "\n";
  for (const auto& warning : reading.warnings) std::cerr << "warning: " << warning << "\n";
  return exit_ok;
}

int run_feed(const Options& options, std::span<const std::string>) {
  const auto query = service::parse_query_string(options.given("filter").value_or(""));
  if (!query) return report(query.error());
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor&) {
    service::Snapshots snapshots(context);
    service::Feeds feeds(context, snapshots);
    const auto body = feeds.body(*query).wait();
    if (!body) return report(body.error());
    for (const auto& piece : (*body)->identity.pieces()) std::cout << *piece;
    return exit_ok;
  });
}

}  // namespace convoke::app
