#include "web/pages/webhooks_page.hpp"

#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

struct TypeWord {
  const char* type;
  const char* word;
};
constexpr std::array types = {
    TypeWord{"reminder", "reminder"},
    TypeWord{"event.dated", "the day is known"},
    TypeWord{"event.moved", "the event is moved"},
    TypeWord{"event.changed", "the event is changed"},
    TypeWord{"event.cancelled", "the event is cancelled"},
    TypeWord{"answer.given", "somebody has answered"},
    TypeWord{"answer.decided", "an answer is decided on"},
    TypeWord{"test", "trial"},
};

std::string type_text(const std::string& type, Language language) {
  for (const auto& one : types)
    if (type == one.type) return tr(language, one.word);
  return type;
}

std::string state_text(ReminderState state, Language language) {
  switch (state) {
    case ReminderState::sent:
      return tr(language, "request taken");
    case ReminderState::failed:
      return tr(language, "request not taken");
    case ReminderState::retrying:
      return tr(language, "request is tried again");
    default:
      return tr(language, "request waits");
  }
}

std::string moment_text(Instant instant, const std::string& zone, Language language) {
  const auto civil = to_civil(instant, zone);
  return date_text(civil.date, language) + ", " +
         format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

void fill_delivery(TemplateDictionary& values, const service::HookDelivery& one, const std::string& zone,
                   Language language) {
  values["HREF"] = "/manage/outbox/" + std::to_string(one.row.id.value);
  values["WHAT"] = type_text(one.type, language);
  values["TYPE"] = one.type;
  values["AT"] = moment_text(one.last ? one.last->at : one.row.due, zone, language);
  values["STATE"] = state_text(one.row.state, language);
  values["STATE_CLASS"] = one.row.state == ReminderState::failed ? "chip chip-cancelled"
                          : one.row.state == ReminderState::sent ? "chip chip-held"
                                                                 : "chip";
  show_text(values, "EVENT", one.event_title);
  show_text(values, "REPLY", one.last ? one.last->reply : one.row.last_error);
}

std::string problem_text(WebhookProblem problem, Language language) {
  switch (problem) {
    case WebhookProblem::name:
      return tr(language, "The name is missing or too long.");
    case WebhookProblem::address:
      return tr(
          language,
          "Requests cannot be sent to this address. It must be https:// or http:// and lead to a server of "
          "the public internet.");
    case WebhookProblem::too_many:
      return tr(language, "There are as many webhooks as there may be. Remove one first.");
  }
  return {};
}

void add_form(TemplateDictionary& values, const char* section, const Webhook& hook, const char* action,
              const Frame& frame) {
  auto& form = *values.AddSectionDictionary(section);
  form["ACTION"] = webhook_path(hook.id) + action;
  form["CSRF"] = frame.csrf;
}

}  // namespace

std::string webhook_path(WebhookId hook) {
  return "/manage/webhooks/" + std::to_string(hook.value);
}

std::string render_webhooks(const WebhooksView& view, const Frame& frame) {
  TemplateDictionary values("webhooks");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "Webhooks"), Desk::webhooks);
  if (view.hooks.empty()) values.ShowSection("NONE");
  for (const auto& one : view.hooks) {
    auto& row = *values.AddSectionDictionary("HOOK");
    row["HREF"] = webhook_path(one.hook.id);
    row["NAME"] = one.hook.name;
    row["URL"] = one.hook.url;
    if (one.hook.removed)
      show_text(row, "REMOVED", date_text(civil_date(*one.hook.removed, view.zone), language));
    if (one.last)
      fill_delivery(*row.AddSectionDictionary("LAST"), *one.last, view.zone, language);
    else
      row.ShowSection("SILENT");
  }
  values["CSRF"] = frame.csrf;
  values["NAME_ENTERED"] = view.name;
  values["URL_ENTERED"] = view.url;
  values["LONGEST"] = std::to_string(service::longest_webhook_name);
  if (view.problem) show_text(values, "PROBLEM", problem_text(*view.problem, language));
  return render_template("webhooks.html", language, values);
}

std::string render_webhook_made(const Webhook& hook, const Frame& frame) {
  TemplateDictionary values("webhook_made");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "Webhooks"), Desk::webhooks);
  values["NAME"] = hook.name;
  values["URL"] = hook.url;
  values["SECRET"] = hook.secret;
  values["HREF"] = webhook_path(hook.id);
  add_form(values, "TEST", hook, "/test", frame);
  return render_template("webhook_made.html", language, values);
}

std::string render_webhook(const service::WebhookDesk& desk, const std::string& zone, const Frame& frame) {
  TemplateDictionary values("webhook");
  const Language language = frame.language;
  fill_manage_frame(values, frame, desk.hook.name, Desk::webhooks);
  values["NAME"] = desk.hook.name;
  values["URL"] = desk.hook.url;
  if (desk.hook.removed) {
    show_text(values, "REMOVED", date_text(civil_date(*desk.hook.removed, zone), language));
  } else {
    add_form(values, "TEST", desk.hook, "/test", frame);
    add_form(values, "REMOVE", desk.hook, "/remove", frame);
  }
  if (desk.deliveries.empty()) values.ShowSection("NONE");
  for (const auto& one : desk.deliveries)
    fill_delivery(*values.AddSectionDictionary("DELIVERY"), one, zone, language);
  if (desk.waiting > 0)
    show_text(values, "WAITING",
              tr(language, "Planned for later: {count}", {{"count", std::to_string(desk.waiting)}}));
  return render_template("webhook.html", language, values);
}

}  // namespace convoke::web
