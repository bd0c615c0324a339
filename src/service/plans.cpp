#include "service/plans.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"
#include "documents/document.hpp"
#include "documents/plan_reader.hpp"
#include "service/calendar_import.hpp"
#include "service/plan_import.hpp"

namespace convoke::service {
namespace {

// The name alone: a path says where somebody keeps files.
std::string base_name(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  return ellipsize(to_valid_utf8(slash == std::string::npos ? path : path.substr(slash + 1)), 200);
}

Deferred<ImportSummary> import_plan(Context& context, const Actor& actor, const ImportRequest& request) {
  auto imported = read_document(request, context.settings.default_zone);
  if (!imported) return Deferred<ImportSummary>::ready(imported.error());
  const Instant now = context.clock.now();
  auto work = [imported = std::move(*imported), rules = rules_of(context.settings), now](db::Unit& unit) {
    return store_plan({unit, rules, now}, imported);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace

bool is_calendar_file(const ImportRequest& request) {
  std::string_view bytes = request.bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return trim(bytes.substr(0, 4096)).starts_with("BEGIN:VCALENDAR");
}

Result<ImportedPlan> read_document(const ImportRequest& request, const std::string& default_zone) {
  const std::string zone = request.zone.empty() ? default_zone : request.zone;
  if (const auto known = check_zone(zone); !known) return known.error();
  const auto document = documents::read_document(request.bytes, request.file_name);
  if (!document) return document.error();
  documents::PlanReadOptions options;
  options.period_reader = [](std::string_view text, std::string_view language, const PlanContext& year) {
    return calendar::read_period(text, language, year);
  };
  options.year = request.year;
  options.assumed_year = request.assumed_year;
  options.zone = zone;
  options.source_name = base_name(request.file_name);
  return documents::read_plan(*document, options);
}

Deferred<ImportedPlan> preview_document(Context& context, ImportRequest request) {
  return begun_elsewhere<ImportedPlan>(context, [&context, request = std::move(request)] {
    return Deferred<ImportedPlan>::ready(read_document(request, context.settings.default_zone));
  });
}

Deferred<ImportSummary> import_document(Context& context, Actor actor, ImportRequest request) {
  if (actor.role != Role::editor)
    return Deferred<ImportSummary>::ready(
        Error{Errc::forbidden, "importing needs a token with the scope write"});
  return begun_elsewhere<ImportSummary>(context,
                                        [&context, actor = std::move(actor), request = std::move(request)] {
                                          if (is_calendar_file(request))
                                            return import_calendar(context, actor, request);
                                          return import_plan(context, actor, request);
                                        });
}

}  // namespace convoke::service
