#include "service/event_details.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "model/programme.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace convoke::service {
namespace {

constexpr std::size_t stamp_digits = 16;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n'))
    if (auto clean = collapse_spaces(line); !clean.empty()) lines.push_back(std::move(clean));
  return lines;
}

std::string files_as_typed(const Event& event) {
  std::vector<std::string> lines;
  for (const auto& one : event.attachments)
    lines.push_back(one.name.empty() ? one.url : one.url + " " + one.name);
  return join(lines, "\n");
}

// The type of a document that stands already is kept: the page does not show it.
std::vector<Attachment> files_in(const std::string& text, const std::vector<Attachment>& before) {
  std::vector<Attachment> files;
  for (const auto& line : lines_of(text)) {
    Attachment one;
    const auto space = line.find(' ');
    one.url = line.substr(0, space);
    if (space != std::string::npos) one.name = line.substr(space + 1);
    const auto known = std::ranges::find(before, one.url, &Attachment::url);
    if (known != before.end()) one.media_type = known->media_type;
    files.push_back(std::move(one));
  }
  return files;
}

// One field of the page: what it makes of the change. False: it cannot be understood.
struct Field {
  const char* name;
  std::function<bool(EventChange&)> apply;
};

bool take_times(const Event& before, const EventDetails& typed, EventChange& change) {
  const auto shown = details_of(before);
  if (typed.time == shown.time && typed.end_time == shown.end_time) return true;
  change.date = before.period.first;
  if (before.period.deadline) change.deadline = true;
  if (typed.time.empty()) return typed.end_time.empty();
  const auto time = parse_iso_time(typed.time);
  if (!time) return false;
  change.time = *time;
  if (typed.end_time.empty()) return true;
  const auto end = parse_iso_time(typed.end_time);
  if (end) change.end_time = *end;
  return end.has_value();
}

// Those that say something else than what stands.
std::vector<Field> changed_fields(const Event& before, const EventDetails& typed) {
  const auto shown = details_of(before);
  std::vector<Field> fields;
  const auto text = [&](const char* name, std::string EventDetails::*from,
                        std::optional<std::string> EventChange::*to) {
    if (trim(typed.*from) != trim(shown.*from))
      fields.push_back({name, [&typed, from, to](EventChange& change) {
                          change.*to = typed.*from;
                          return true;
                        }});
  };
  if (has_own_title(before)) {
    text("title", &EventDetails::title, &EventChange::title);
    if (typed.kind && typed.kind != shown.kind)
      fields.push_back({"kind", [&typed](EventChange& change) { return change.kind = typed.kind, true; }});
  }
  if (has_own_time(before))
    fields.push_back({"time", [&](EventChange& change) { return take_times(before, typed, change); }});
  text("place", &EventDetails::place, &EventChange::place);
  text("online_url", &EventDetails::online_url, &EventChange::online_url);
  if (lines_of(typed.agenda) != before.agenda)
    fields.push_back(
        {"agenda", [&typed](EventChange& change) { return change.agenda = lines_of(typed.agenda), true; }});
  text("description", &EventDetails::description, &EventChange::description);
  if (lines_of(typed.audience) != before.audience)
    fields.push_back({"audience", [&typed](EventChange& change) {
                        return change.audience = lines_of(typed.audience), true;
                      }});
  if (typed.level != before.level)
    fields.push_back(
        {"level", [&typed](EventChange& change) { return change.level.emplace(typed.level), true; }});
  text("contact", &EventDetails::contact, &EventChange::contact);
  if (lines_of(typed.files) != lines_of(shown.files))
    fields.push_back({"files", [&](EventChange& change) {
                        change.attachments = files_in(typed.files, before.attachments);
                        return true;
                      }});
  text("image_url", &EventDetails::image_url, &EventChange::image_url);
  return fields;
}

}  // namespace

Result<Event> event_to_detail(db::Unit& unit, const Editor& editor, EventId id) {
  auto event = unit.events().find(id);
  if (!event || !reaches(editor.within, event->organisation) || event->source || is_talk(*event))
    return Error(Errc::not_found, "there is no such event");
  return std::move(*event);
}

std::optional<Error> detail_refusal(const Editor& editor) {
  if (editor.actor.role == Role::editor) return std::nullopt;
  return Error(Errc::forbidden, "only organisers write what an event is about");
}

EventDetails details_of(const Event& event) {
  EventDetails details;
  details.title = event.title;
  details.kind = event.kind;
  details.place = event.place;
  details.online_url = event.online_url;
  details.agenda = join(event.agenda, "\n");
  details.description = event.description;
  details.audience = join(event.audience, "\n");
  details.level = event.level;
  details.contact = event.contact;
  details.image_url = event.image_url;
  details.files = files_as_typed(event);
  if (event.period.time) details.time = format_iso(*event.period.time);
  if (event.period.end_time) details.end_time = format_iso(*event.period.end_time);
  return details;
}

std::string details_stamp(const Event& event) {
  const auto details = details_of(event);
  std::string all;
  for (const auto* text : {&details.title, &details.place, &details.online_url, &details.agenda,
                           &details.description, &details.audience, &details.contact, &details.image_url,
                           &details.files, &details.time, &details.end_time}) {
    all += std::to_string(text->size());
    all += ':';
    all += *text;
  }
  all += name_of(event.kind);
  if (event.level) all += name_of(*event.level);
  if (event.period.first) all += format_iso(*event.period.first);
  return hex_of(digest_of(all)).substr(0, stamp_digits);
}

bool has_own_title(const Event& event) {
  return !event.plan;
}

bool has_own_time(const Event& event) {
  return event.period.is_dated();
}

Deferred<Event> event_to_detail(Context& context, Editor editor, EventId id) {
  if (auto no = detail_refusal(editor)) return Deferred<Event>::ready(std::move(*no));
  return context.store.read(
      [editor = std::move(editor), id](db::Unit& unit) { return event_to_detail(unit, editor, id); });
}

Deferred<DetailsSaved> save_details(Context& context, Editor editor, EventId id, EventDetails typed,
                                    std::string expected) {
  std::erase(typed.description, '\r');  // lines of a form end with both (HTML, multipart/form-data)
  if (auto no = detail_refusal(editor)) return Deferred<DetailsSaved>::ready(std::move(*no));
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  auto work = [editor = std::move(editor), id, typed = std::move(typed), expected = std::move(expected),
               rules = rules_of(context.settings), now](db::Unit& unit) -> Result<DetailsSaved> {
    auto before = event_to_detail(unit, editor, id);
    if (!before) return before.error();
    DetailsSaved saved;
    saved.event = *before;
    saved.overtaken = details_stamp(*before) != expected;
    if (saved.overtaken) return saved;
    // Field by field: what is wrong is said beside it.
    Event after = *before;
    for (const auto& field : changed_fields(*before, typed)) {
      EventChange change;
      auto next = field.apply(change) ? event_with(unit, after, change, now)
                                      : Result<Event>(Error(Errc::invalid_input, field.name));
      if (!next) {
        saved.field = field.name;
        return saved;
      }
      after = std::move(*next);
    }
    saved.event = update_event({unit, rules, now}, *before, std::move(after)).event;
    return saved;
  };
  return context.store.write(author, std::move(work)).after_success(context.reminders_queued);
}

}  // namespace convoke::service
