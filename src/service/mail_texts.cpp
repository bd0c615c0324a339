#include "service/mail_texts.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/mail_texts.hpp"
#include "notify/planner.hpp"
#include "notify/sample_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace convoke::service {
namespace {

std::optional<Error> refusal(const Actor& actor, ReminderReason kind) {
  if (actor.role != Role::editor)
    return Error(actor.role == Role::anonymous ? Errc::unauthenticated : Errc::forbidden,
                 "only those who organise may change the texts of mails");
  if (notify::places_of(kind).empty()) return Error(Errc::not_found, "there is no such kind of mail");
  return std::nullopt;
}

MailTextState state_of(db::Unit& unit, MailTextKey key) {
  MailTextState state;
  state.key = key;
  state.own = unit.mail_templates().find(key.organisation, key.kind, key.language).has_value();
  state.text = notify::text_of(unit, key.organisation, key.kind, key.language);
  return state;
}

// The open event of the association whose day comes next.
std::optional<Event> next_event(db::Unit& unit, OrganisationId organisation, Date today) {
  std::optional<Event> next;
  unit.events().each([&](Event event) {
    if (!is_open(event.status) || event.source || event.kind == EventKind::goal) return;
    if (organisation && event.organisation != organisation) return;
    if (!event.period.first || !event.period.last || *event.period.last < today) return;
    if (!next || *event.period.last < *next->period.last) next = std::move(event);
  });
  return next;
}

}  // namespace

std::string describe(const notify::TemplateProblem& problem) {
  using Kind = notify::TemplateProblem::Kind;
  const std::string field = problem.in_subject ? "the subject" : "the text";
  switch (problem.kind) {
    case Kind::unknown_place:
      return fmt::format("{} in {}, line {}, column {}: there is no such place", problem.place, field,
                         problem.line, problem.column);
    case Kind::block_in_sentence:
      return fmt::format("{} in {}, line {}, column {}: it stands in a line of its own", problem.place, field,
                         problem.line, problem.column);
    case Kind::subject_empty:
      return "the subject is empty";
    case Kind::subject_too_long:
      return fmt::format("the subject is longer than {} characters", notify::longest_subject_text);
    case Kind::subject_lines:
      return "the subject is one line";
    case Kind::body_empty:
      return "the text is empty";
    case Kind::body_too_long:
      return fmt::format("the text is longer than {} characters", notify::longest_body_text);
    case Kind::place_missing:
      break;
  }
  return fmt::format("{} does not stand in the text: the reader will miss it", problem.place);
}

Deferred<std::vector<MailTextState>> list_mail_texts(Context& context, Actor actor,
                                                     OrganisationId organisation) {
  return context.store.read([=](db::Unit& unit) -> Result<std::vector<MailTextState>> {
    if (const auto no = refusal(actor, ReminderReason::upcoming)) return *no;
    std::vector<MailTextState> all;
    for (std::size_t i = 0; i < reminder_reason_count; ++i) {
      const auto kind = static_cast<ReminderReason>(i);
      if (notify::places_of(kind).empty()) continue;
      for (const auto language : all_languages) all.push_back(state_of(unit, {organisation, kind, language}));
    }
    return all;
  });
}

Deferred<MailTextState> mail_text(Context& context, Actor actor, MailTextKey key) {
  return context.store.read([=](db::Unit& unit) -> Result<MailTextState> {
    if (const auto no = refusal(actor, key.kind)) return *no;
    return state_of(unit, key);
  });
}

Deferred<std::vector<notify::TemplateProblem>> save_mail_text(Context& context, Actor actor, MailTextKey key,
                                                              notify::TemplateText text) {
  const Instant now = context.clock.now();
  return context.store.write(
      db::Author{actor.name, now}, [=](db::Unit& unit) -> Result<std::vector<notify::TemplateProblem>> {
        if (const auto no = refusal(actor, key.kind)) return *no;
        auto problems = notify::check_template(text, key.kind);
        const auto worst =
            std::find_if(problems.begin(), problems.end(), [](const auto& one) { return !one.is_warning(); });
        if (worst != problems.end()) return Error(Errc::invalid_input, describe(*worst));
        unit.mail_templates().save({key.organisation, key.kind, key.language, text.subject, text.body});
        return problems;
      });
}

Deferred<bool> reset_mail_text(Context& context, Actor actor, MailTextKey key) {
  return context.store.write(db::Author{actor.name, context.clock.now()},
                             [=](db::Unit& unit) -> Result<bool> {
                               if (const auto no = refusal(actor, key.kind)) return *no;
                               return unit.mail_templates().remove(key.organisation, key.kind, key.language);
                             });
}

Deferred<MailTextPreview> preview_mail_text(Context& context, Actor actor, MailTextKey key,
                                            notify::TemplateText text) {
  const auto work = [=, settings = context.settings,
                     now = context.clock.now()](db::Unit& unit) -> Result<MailTextPreview> {
    if (const auto no = refusal(actor, key.kind)) return *no;
    notify::MailSettings mail;
    mail.base_url = settings.base_url;
    const auto own = unit.organisations().find(key.organisation);
    const auto all = unit.organisations().list();
    if (own)
      mail.association = own->name;
    else if (!all.empty())
      mail.association = all.front().name;
    const Date today = civil_date(now, settings.default_zone);
    const auto next = next_event(unit, key.organisation, today);
    const Event event = next ? *next : notify::sample_event(key.language, today);
    const auto written = notify::sample_mail(key.kind, key.language, text, event, mail, now);
    return MailTextPreview{written.subject, notify::render_text(written.blocks),
                           notify::render_html(written.blocks, key.language)};
  };
  return context.store.read(work);
}

}  // namespace convoke::service
