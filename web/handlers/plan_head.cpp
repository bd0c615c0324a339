#include "web/handlers/plan_head.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/new_plan.hpp"
#include "service/plan_edits.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/intake_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_head.hpp"
#include "web/pages/plan_words.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

PlanHeading heading_in(const Request& request) {
  PlanHeading heading;
  heading.title = collapse_spaces(without_returns(field_of(request, "title")));
  for (std::size_t i = 0; i <= service::most_preamble_items; ++i) {
    const auto index = std::to_string(i);
    PreambleItem item;
    item.caption = field_of(request, "caption-" + index);
    item.text = without_returns(field_of(request, "text-" + index));
    if (!trim(item.caption).empty() || !trim(item.text).empty()) heading.preamble.push_back(std::move(item));
  }
  return heading;
}

PlanHeading heading_of(const Plan& plan) {
  return {plan.title, plan.preamble};
}

Reply heading_page(Services& services, const Request& request, const HeadingForm& form,
                   unsigned status = 200) {
  const auto frame = frame_of(services, request, plan_desk_path(form.plan) + "/heading");
  return private_page(request, frame, render_heading_form(form, frame), status);
}

// What is wrong with what was typed, in the reader's words.
std::string problem_text(const Error& error, Language language) {
  if (error.code == Errc::conflict)
    return tr(language, "Somebody changed the title or the preamble while you wrote.");
  if (error.code == Errc::limit_exceeded) return tr(language, "This is too long.");
  return tr(language, "A plan needs a title, and words that can be printed.");
}

// The list of plans with the form as it was typed.
awaitable<Reply> begin_again(Services& services, Request request, NewPlanForm form) {
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto frame = frame_of(services, request, "/manage/plans");
  co_return private_page(request, frame, render_plan_list(**snapshot, form, frame), 422);
}

}  // namespace

awaitable<Reply> begin_plan(Services& services, Request request) {
  NewPlanForm form;
  form.title = field_of(request, "title");
  form.year = field_of(request, "year");
  form.language = field_of(request, "language");
  form.organisation_name = field_of(request, "organisation_name");
  form.zone = std::string(trim(field_of(request, "zone")));
  form.today = today(services);
  const auto organisation = number_in(field_of(request, "organisation"));
  if (organisation) form.organisation = OrganisationId{*organisation};
  const Language reader = language_of_reader(request);
  const auto year = year_of_value(form.year);
  const bool known_language = language_of(form.language).has_value();
  if (!year || !known_language) {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  if (!form.zone->empty() && !check_zone(*form.zone)) {
    form.zone_problem = tr(reader, "This time zone is not known. It is written like Europe/Kyiv.");
    co_return co_await begin_again(services, std::move(request), std::move(form));
  }
  service::NewPlan plan;
  plan.title = form.title;
  plan.zone = *form.zone;
  plan.year = *year;
  plan.organisation = form.organisation;
  plan.organisation_name = form.organisation_name;
  plan.language = form.language;
  auto deferred = service::create_plan(services.context, editor_of(request), std::move(plan));
  const auto made = co_await await(std::move(deferred));
  if (made) co_return Reply::redirect(with_query(plan_desk_path(*made), "add", "end") + "&done=made#new");
  const auto code = made.error().code;
  if (code != Errc::invalid_input && code != Errc::conflict && code != Errc::limit_exceeded)
    co_return error_reply(request, made.error());
  form.problem = code == Errc::conflict ? tr(reader, "There is a plan of this title for this year already.")
                                        : tr(reader, "Say what the plan is called and whose it is.");
  co_return co_await begin_again(services, std::move(request), std::move(form));
}

awaitable<Reply> show_plan_heading(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::plan_table(services.context, PlanId{*number}, request.who->reach);
  const auto table = co_await await(std::move(deferred));
  if (!table) co_return error_reply(request, table.error());
  HeadingForm form;
  form.plan = table->plan.id;
  form.language = table->plan.language;
  form.title = table->plan.title;
  form.values = heading_of(table->plan);
  form.stamp = service::heading_stamp(form.values);
  co_return heading_page(services, request, form);
}

awaitable<Reply> save_plan_heading(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PlanId plan{*number};
  HeadingForm form;
  form.values = heading_in(request);
  form.stamp = field_of(request, "stamp");
  auto deferred =
      service::change_heading(services.context, editor_of(request), plan, form.values, form.stamp);
  const auto saved = co_await await(std::move(deferred));
  const auto desk = plan_desk_path(plan);
  if (saved) {
    const bool more = !field_of(request, "more").empty();
    co_return Reply::redirect(more ? desk + "/heading" : with_query(desk, "done", "saved"));
  }
  const auto code = saved.error().code;
  if (code != Errc::invalid_input && code != Errc::conflict && code != Errc::limit_exceeded)
    co_return error_reply(request, saved.error());
  auto reading = service::plan_table(services.context, plan, request.who->reach);
  const auto table = co_await await(std::move(reading));
  if (!table) co_return error_reply(request, table.error());
  form.plan = plan;
  form.language = table->plan.language;
  form.title = table->plan.title;
  form.problem = problem_text(saved.error(), language_of_reader(request));
  if (code == Errc::conflict) {
    form.theirs = heading_of(table->plan);
    form.stamp = service::heading_stamp(*form.theirs);
  }
  co_return heading_page(services, request, form, code == Errc::conflict ? 409 : 422);
}

awaitable<Reply> move_plan_section(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto row = number_in(request.captures.at(1));
  if (!row) co_return error_reply(request, row.error());
  const auto where = request.query_value("where").value_or("");
  if (where != "up" && where != "down") {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  auto deferred = service::move_section(services.context, editor_of(request), PlanId{*number}, EventId{*row},
                                        field_of(request, "expected"), where == "up");
  const auto moved = co_await await(std::move(deferred));
  const auto desk = plan_desk_path(PlanId{*number});
  if (moved) co_return Reply::redirect(with_query(desk, "done", "saved") + "#row-" + std::to_string(*row));
  if (moved.error().code != Errc::conflict) co_return error_reply(request, moved.error());
  co_return Reply::redirect(with_query(desk, "problem", "1"));
}

}  // namespace convoke::web
