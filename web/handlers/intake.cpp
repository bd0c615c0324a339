#include "web/handlers/intake.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/intake.hpp"
#include "service/periods.hpp"
#include "web/await.hpp"
#include "web/handlers/clashes.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/fault_words.hpp"
#include "web/pages/intake_fields.hpp"
#include "web/pages/intake_page.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/new_event_page.hpp"
#include "web/pages/plan_desk.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

constexpr std::size_t longest_live_text = 2'000;  // bytes of a period that is being typed

bool is_input_error(const Error& error) {
  return error.code == Errc::invalid_input || error.code == Errc::limit_exceeded ||
         error.code == Errc::not_a_plan || error.code == Errc::unsupported_format ||
         error.code == Errc::conflict;
}

Result<IntakeId> intake_in(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return IntakeId{*number};
}

// What the list shows: of the query of a page, or of the form that leads back to it.
struct Shown {
  bool only_doubtful = false;
  std::size_t page = 0;

  Shown() = default;
};

Shown shown_in(const Request& request) {
  const bool form = request.method == Method::post;
  const std::string only =
      form ? field_of(request, "only") : std::string(request.query_value("only").value_or(""));
  const std::string page =
      form ? field_of(request, "page") : std::string(request.query_value("page").value_or(""));
  Shown shown;
  shown.only_doubtful = only == "doubtful";
  std::size_t number = 1;
  std::from_chars(page.data(), page.data() + page.size(), number);
  shown.page = number > 0 && number < 10'000 ? number - 1 : 0;
  return shown;
}

// The document of the form: the file, or else the text.
service::IntakeUpload upload_in(const Request& request) {
  service::IntakeUpload upload;
  for (const auto& file : request.files) {
    if (file.field != "file" || !upload.bytes.empty()) continue;
    upload.bytes = request.body.substr(file.begin, file.size);
    upload.file_name = file.file_name;
  }
  if (upload.bytes.empty()) upload.bytes = field_of(request, "text");
  upload.year = year_of_value(field_of(request, "year"));
  if (const auto number = number_in(field_of(request, "organisation")))
    upload.organisation = OrganisationId{*number};
  return upload;
}

awaitable<Reply> start_page(Services& services, Request request, std::string problem) {
  auto deferred = service::list_intakes(services.context, *request.who);
  auto open = co_await await(std::move(deferred));
  if (!open) co_return error_reply(request, open.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  IntakeStartView view;
  view.open = std::move(*open);
  view.of_all = !request.who->organisation;
  view.organisations = reached_organisations((*snapshot)->organisations, request.who.get());
  view.organisation = request.who->organisation;
  view.today = today(services);
  view.zone = services.context.settings.default_zone;
  if (!problem.empty()) {
    view.problem = std::move(problem);
    view.text = field_of(request, "text");
    view.year = field_of(request, "year");
    if (const auto number = number_in(field_of(request, "organisation")))
      view.organisation = OrganisationId{*number};
  }
  const auto frame = frame_of(services, request, "/manage/intake");
  const unsigned status = view.problem.empty() ? 200 : 422;
  co_return private_page(request, frame, render_intake_start(view, frame), status);
}

// The preview; `change` sets what was entered and could not be used.
awaitable<Reply> preview(Services& services, Request request, IntakeId id, IntakeView view) {
  auto deferred = service::open_intake(services.context, *request.who, id);
  auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  view.desk = std::move(*desk);
  const auto shown = shown_in(request);
  view.only_doubtful = shown.only_doubtful;
  view.page = shown.page;
  view.today = today(services);
  const auto frame = frame_of(services, request, intake_path(id, shown.only_doubtful, shown.page, 0));
  const unsigned status = view.problem.empty() ? 200 : 422;
  co_return with_fetching(private_page(request, frame, render_intake(view, frame), status));
}

service::RowEntry row_in(const Request& request) {
  service::RowEntry entry;
  entry.section = field_of(request, "section");
  entry.number = field_of(request, "number");
  entry.title = field_of(request, "title");
  entry.period = field_of(request, "period");
  entry.responsible = field_of(request, "responsible");
  entry.place = field_of(request, "place");
  entry.note = field_of(request, "note");
  entry.kind = event_kind_of(field_of(request, "kind")).value_or(EventKind::event);
  return entry;
}

service::NameEntry name_in(const Request& request) {
  service::NameEntry entry;
  entry.key = field_of(request, "key");
  const auto who = field_of(request, "who");
  entry.person = std::string(trim(field_of(request, "person")));
  if (!entry.person.empty()) return entry;  // what was typed is meant
  if (who.starts_with("person:")) entry.person = who.substr(7);
  if (who.starts_with("same:")) entry.same_as = who.substr(5);
  entry.open = who == "open";
  return entry;
}

const Error incomplete(Errc::invalid_input, "the form is not complete");

}  // namespace

awaitable<Reply> show_intake_start(Services& services, Request request) {
  std::string none;
  co_return co_await start_page(services, std::move(request), std::move(none));
}

awaitable<Reply> begin_intake(Services& services, Request request) {
  auto upload = upload_in(request);
  std::string problem;
  if (trim(upload.bytes).empty()) {
    problem = tr(language_of_reader(request), "Choose a file or paste the plan.");
  } else {
    auto deferred = service::begin_intake(services.context, *request.who, std::move(upload));
    const auto id = co_await await(std::move(deferred));
    if (id) co_return Reply::redirect(intake_path(*id));
    if (!is_input_error(id.error())) co_return error_reply(request, id.error());
    problem = intake_error_text(id.error(), language_of_reader(request));
  }
  co_return co_await start_page(services, std::move(request), std::move(problem));
}

awaitable<Reply> show_intake(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  IntakeView view;
  if (const auto row = request.query_value("row"))
    if (const auto number = number_in(*row))
      view.open_row = static_cast<int>(std::min<std::int64_t>(*number, 1'000'000));
  co_return co_await preview(services, std::move(request), *id, std::move(view));
}

awaitable<Reply> change_intake(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  const auto year = year_of_value(field_of(request, "year"));
  service::PlanEntry entry;
  entry.title = field_of(request, "title");
  entry.organisation_name = field_of(request, "organisation_name");
  entry.zone = field_of(request, "zone");
  if (const auto number = number_in(field_of(request, "organisation")))
    entry.organisation = OrganisationId{*number};
  if (!year) co_return error_reply(request, incomplete);
  entry.year = *year;
  auto deferred = service::change_intake(services.context, *request.who, *id, std::move(entry));
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return Reply::redirect(intake_path(*id));
  if (!is_input_error(changed.error())) co_return error_reply(request, changed.error());
  IntakeView view;
  view.problem = fault_text(changed.error(), language_of_reader(request));
  co_return co_await preview(services, std::move(request), *id, std::move(view));
}

awaitable<Reply> change_intake_row(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  const auto row = number_in(request.captures.at(1));
  if (!row || *row > 1'000'000) co_return error_reply(request, 404, "there is no such row");
  const auto step = service::draft_step_of(field_of(request, "do"));
  if (!step) co_return error_reply(request, incomplete);
  const int key = static_cast<int>(*row);
  auto entry = row_in(request);
  auto deferred = service::change_row(services.context, *request.who, *id, key, *step, entry);
  const auto changed = co_await await(std::move(deferred));
  const auto shown = shown_in(request);
  if (changed) co_return Reply::redirect(intake_path(*id, shown.only_doubtful, shown.page, key));
  if (!is_input_error(changed.error())) co_return error_reply(request, changed.error());
  IntakeView view;
  view.open_row = key;
  view.entered = std::move(entry);
  view.problem = fault_text(changed.error(), language_of_reader(request));
  co_return co_await preview(services, std::move(request), *id, std::move(view));
}

awaitable<Reply> decide_intake_name(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  auto entry = name_in(request);
  const std::string key = entry.key;
  auto deferred = service::decide_name(services.context, *request.who, *id, std::move(entry));
  const auto decided = co_await await(std::move(deferred));
  const auto shown = shown_in(request);
  if (decided) co_return Reply::redirect(intake_path(*id, shown.only_doubtful, 0, 0) + "#names");
  const bool unknown_person = decided.error().code == Errc::not_found && !field_of(request, "person").empty();
  if (!is_input_error(decided.error()) && !unknown_person) co_return error_reply(request, decided.error());
  IntakeView view;
  view.open_name = key;
  view.problem = fault_text(decided.error(), language_of_reader(request));
  co_return co_await preview(services, std::move(request), *id, std::move(view));
}

awaitable<Reply> enter_intake(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  auto deferred = service::commit_intake(services.context, *request.who, *id);
  const auto plan = co_await await(std::move(deferred));
  if (!plan) {
    if (!is_input_error(plan.error())) co_return error_reply(request, plan.error());
    IntakeView view;
    view.problem = fault_text(plan.error(), language_of_reader(request));
    co_return co_await preview(services, std::move(request), *id, std::move(view));
  }
  auto looking = service::past_rows(services.context, *request.who, *plan);
  const auto past = co_await await(std::move(looking));
  if (past && !past->rows.empty())
    co_return Reply::redirect("/manage/plans/" + std::to_string(plan->value) + "/past");
  co_return Reply::redirect(plan_path(*plan));
}

awaitable<Reply> drop_intake(Services& services, Request request) {
  const auto id = intake_in(request);
  if (!id) co_return error_reply(request, id.error());
  auto deferred = service::drop_intake(services.context, *request.who, *id);
  const auto dropped = co_await await(std::move(deferred));
  if (!dropped) co_return error_reply(request, dropped.error());
  co_return Reply::redirect("/manage/intake");
}

awaitable<Reply> begin_next_year(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::begin_next_year(services.context, *request.who, PlanId{*number});
  const auto id = co_await await(std::move(deferred));
  if (!id) co_return error_reply(request, id.error());
  co_return Reply::redirect(intake_path(*id));
}

awaitable<Reply> show_past_rows(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::past_rows(services.context, *request.who, PlanId{*number});
  const auto past = co_await await(std::move(deferred));
  if (!past) co_return error_reply(request, past.error());
  const auto frame = frame_of(services, request, "/manage/plans/" + std::to_string(*number) + "/past");
  co_return private_page(request, frame, render_past_rows(*past, frame));
}

awaitable<Reply> understand_period(Services& services, Request request) {
  const Language language = language_of_reader(request);
  const auto text = request.query_value("text").value_or("");
  const auto asked = request.query_value("year").value_or("");
  const bool coming = asked == coming_year;  // of no plan
  const auto year = year_of_value(asked);
  if ((!year && !coming) || text.size() > longest_live_text) co_return error_reply(request, incomplete);
  const auto plan_language = request.query_value("language").value_or("");
  const auto read = coming ? service::understand_coming_period(text, today(services))
                           : service::understand_period(text, plan_language, *year);
  json::array warnings;
  service::Certainty worst = service::Certainty::certain;
  for (const auto& warning : read.warnings) {
    worst = std::max(worst, service::certainty_of_warning(warning));
    warnings.push_back(json::value(say_warning(warning, language).text));
  }
  json::object said;
  said["words"] = trim(text).empty() ? std::string() : period_words(read.period, language);
  said["certainty"] = std::string(name_of(worst));
  said["first"] = read.period.first ? json::value(format_iso(*read.period.first)) : json::value(nullptr);
  said["last"] = read.period.last ? json::value(format_iso(*read.period.last)) : json::value(nullptr);
  said["warnings"] = std::move(warnings);
  said["text"] = coming ? coming_period_text(read, language) : reading_text(read, language);
  said["read"] = read.period.precision != Precision::none;
  const auto clashes = co_await typed_clashes(services, request);
  said["clashes"] = clash_lines_json(clashes, language);
  auto reply = json_reply(said);
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

}  // namespace convoke::web
