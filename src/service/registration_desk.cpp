#include "service/registration_desk.hpp"

#include "base/outside_address.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/enqueue.hpp"
#include "notify/mails/registration.hpp"
#include "notify/planner.hpp"
#include "notify/registration_links.hpp"
#include "notify/registration_text.hpp"
#include "service/attendance_marks.hpp"
#include "service/checked_text.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_files.hpp"
#include "service/registration_round.hpp"
#include "service/registration_scope.hpp"
#include "service/registration_steps.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::service {
namespace {

constexpr int longest_keeping = 120;  // months
constexpr std::size_t longest_consent = 4'000, longest_field_text = 300, most_choices = 50;

RegistrationFigures figures_of(const std::vector<db::RegistrationCount>& counts) {
  RegistrationFigures figures;
  std::map<std::string, Attendance> institutions;
  for (const auto& one : counts) {
    figures.by_state[one.state] += one.count;
    if (!takes_part(one.state)) continue;
    for (auto* attendance : {&figures.by_format[one.format], &institutions[one.institution]}) {
      attendance->registered += one.count;
      if (one.state == RegistrationState::attended) attendance->came += one.count;
    }
  }
  figures.by_institution.assign(institutions.begin(), institutions.end());
  std::ranges::stable_sort(figures.by_institution, [](const auto& a, const auto& b) {
    return a.second.registered > b.second.registered;
  });
  return figures;
}

// Of an event of one day the other figures say it.
std::vector<std::pair<Date, int>> came_by_day(db::Unit& unit, const Event& event) {
  const auto marks = marks_of(unit, event);
  std::vector<std::pair<Date, int>> all;
  if (marks.days().size() < 2) return all;
  db::RegistrationSelection came;
  came.event = event.id;
  came.state = RegistrationState::attended;
  const auto people = unit.registrations().list(came);
  for (const auto day : marks.days())
    all.emplace_back(day, static_cast<int>(std::ranges::count_if(people, [&](const Registration& one) {
                       return marks.since(one.id, day).has_value();
                     })));
  return all;
}

Error wrong(const char* field, const std::string& why) {
  return {Errc::invalid_input, "'" + std::string(field) + "': " + why};
}

Result<std::optional<Instant>> moment_in(const std::string& date, const std::string& time, const Event& event,
                                         const char* field, TimeOfDay otherwise) {
  if (trim(date).empty()) return std::optional<Instant>();
  const auto day = parse_iso_date(trim(date));
  if (!day) return wrong(field, "this is no day");
  auto at = otherwise;
  if (!trim(time).empty()) {
    const auto read = parse_iso_time(trim(time));
    if (!read) return wrong(field, "this is no time");
    at = *read;
  }
  return std::optional(to_instant(*day, at, notify::zone_of(event)));
}

Result<std::optional<int>> number_in(const std::string& entered, const char* field, int least, int most) {
  const auto text = trim(entered);
  if (text.empty()) return std::optional<int>();
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < least || value > most)
    return wrong(field, "a number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::optional(value);
}

Result<void> take_places(RegistrationForm& form, const RegistrationSettings& settings) {
  constexpr std::array names = {"hall_places", "online_places"};
  bool any = false;
  for (const auto format : all_attendance_formats) {
    const auto at = static_cast<std::size_t>(format);
    auto places = number_in(settings.places.at(at), names.at(at), 0, most_places);
    if (!places) return places.error();
    auto& own = form.of(format);
    own.offered = settings.offered.at(at);
    own.places = *places;
    if (own.places && *own.places < own.taken)
      return wrong(names.at(at), "so many are taken already: " + std::to_string(own.taken));
    any = any || own.offered;
  }
  if (!any) return wrong("formats", "one of them must be offered");
  return {};
}

Result<void> take_settings(RegistrationForm& form, const RegistrationSettings& settings, const Event& event) {
  constexpr TimeOfDay midnight{0}, day_end{23 * 60 + 59};
  const auto opens = moment_in(settings.opens_date, settings.opens_time, event, "opens", midnight);
  if (!opens) return opens.error();
  const auto closes = moment_in(settings.closes_date, settings.closes_time, event, "closes", day_end);
  if (!closes) return closes.error();
  if (*opens && *closes && **closes <= **opens) return wrong("closes", "it must be after the opening");
  if (auto places = take_places(form, settings); !places) return places.error();
  const auto months = number_in(settings.keep_months, "keep_months", 1, longest_keeping);
  if (!months) return months.error();
  const auto url = std::string(trim(settings.join_url));
  if (!url.empty() && (!parse_outside_address(url) || !url.starts_with("http")))
    return wrong("join_url", "this is no address of the web");
  for (std::size_t i = 0; i < settings.consent.size(); ++i) {
    auto text = checked_text(settings.consent.at(i), longest_consent, "the consent");
    if (!text) return wrong("consent", text.error().message);
    form.consent.at(i) = std::move(*text);
  }
  form.on = settings.on;
  form.opens = *opens;
  form.closes = *closes;
  form.moderated = settings.moderated;
  form.waiting_list = settings.waiting_list;
  form.join_url = url;
  form.keep_months = months->value_or(12);
  return {};
}

// The registered may want to tell their colleagues.
void tell_of_deadline(const RegistrationWork& work, const RegistrationForm& form) {
  constexpr std::chrono::hours of_use{7 * 24};
  for (const auto& one : leads_of_registered(work.unit, form.event)) {
    if (one.email.empty()) continue;
    notify::enqueue(work.unit,
                    notify::registration_mail(one, ReminderReason::registration_changed,
                                              std::string(notify::deadline_news) + format_iso(*form.closes),
                                              work.now, work.now + of_use, work.mail_domain));
  }
}

Result<FormField> checked_field(FormField field) {
  bool any = false;
  for (auto& words : field.words) {
    for (auto* text : {&words.label, &words.help}) {
      auto checked = checked_text(*text, longest_field_text, "the text");
      if (!checked) return wrong("label", checked.error().message);
      *text = collapse_spaces(*checked);
    }
    std::vector<std::string> choices;
    for (const auto& one : words.choices) {
      auto checked = checked_text(one, longest_field_text, "the choice");
      if (!checked) return wrong("choices", checked.error().message);
      if (!checked->empty()) choices.push_back(collapse_spaces(*checked));
    }
    if (choices.size() > most_choices) return Error(Errc::limit_exceeded, "'choices': too many");
    words.choices = std::move(choices);
    any = any || !words.label.empty();
  }
  if (!any) return wrong("label", "the field needs a name in one language at least");
  if (field.kind == FieldKind::choice && choices_in(field, Language::uk).size() < 2)
    return wrong("choices", "a choice needs two at least");
  return field;
}

// The highest number in a key so far: what people answered stays behind the key of a field that was removed,
// so no other field gets it.
int last_field(const RegistrationForm& form) {
  int last = form.last_field;
  for (const auto& field : form.fields) {
    int number = 0;
    std::from_chars(field.key.data() + 1, field.key.data() + field.key.size(), number);
    last = std::max(last, number);
  }
  return last;
}

bool was_of_files(const RegistrationForm& form, const std::string& key) {
  const auto found = std::ranges::find(form.fields, key, &FormField::key);
  return found != form.fields.end() && found->kind == FieldKind::file;
}

bool has_too_many_files(const RegistrationForm& form) {
  return std::ranges::count(form.fields, FieldKind::file, &FormField::kind) >
         static_cast<std::ptrdiff_t>(most_file_fields);
}

Result<RegistrationForm> store_settings(const RegistrationWork& work, const Event& event,
                                        const RegistrationSettings& settings) {
  const auto before = work.unit.registrations().form(event.id);
  RegistrationForm form = before.value_or(RegistrationForm());
  form.event = event.id;
  if (auto taken = take_settings(form, settings, event); !taken) return taken.error();
  const bool extended = before && before->closes && form.closes && *form.closes > *before->closes;
  if (extended && !form.first_closes) form.first_closes = before->closes;
  if (!before) form.told = RegistrationTold(notify::known_of(event, form)).text();
  work.unit.registrations().save_form(form);
  if (extended) tell_of_deadline(work, form);
  for (const auto format : all_attendance_formats) promote_waiting(work, form, format);
  return form;
}

}  // namespace

Result<RegistrationForm> with_change(RegistrationForm form, const FieldChange& change) {
  using What = FieldChange::What;
  auto& fields = form.fields;
  const auto at = std::ranges::find(fields, change.field.key, &FormField::key);
  if (change.what != What::put && at == fields.end()) return form;
  form.last_field = last_field(form);
  if (change.what == What::remove) fields.erase(at);
  if (change.what == What::higher && at != fields.begin()) std::iter_swap(at, at - 1);
  if (change.what == What::lower && at + 1 != fields.end()) std::iter_swap(at, at + 1);
  if (change.what != What::put) return form;
  auto field = checked_field(change.field);
  if (!field) return field.error();
  if (at != fields.end()) {
    *at = std::move(*field);
  } else {
    if (fields.size() >= most_form_fields) return Error(Errc::limit_exceeded, "a form has fewer fields");
    field->key = "f" + std::to_string(++form.last_field);
    fields.push_back(std::move(*field));
  }
  if (has_too_many_files(form))
    return Error(Errc::limit_exceeded, "'kind': a form asks for three files at most");
  return form;
}

Deferred<RegistrationDesk> registration_desk(Context& context, Actor actor, DeskScope scope,
                                             db::RegistrationSelection selection) {
  if (auto no = desk_refusal(actor)) return Deferred<RegistrationDesk>::ready(std::move(*no));
  const auto work = [scope, selection,
                     now = context.clock.now()](db::Unit& unit) -> Result<RegistrationDesk> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    RegistrationDesk desk;
    desk.form = unit.registrations().form(scope.event);
    if (desk.form) desk.door = door_of(*desk.form, last_moment(*event), now);
    auto wanted = selection;
    wanted.event = scope.event;
    wanted.limit = registrations_a_page + 1;
    desk.rows = unit.registrations().list(wanted);
    desk.more = std::ssize(desk.rows) > registrations_a_page;
    if (desk.more) desk.rows.pop_back();
    desk.figures = figures_of(unit.registrations().counts(scope.event));
    desk.figures.by_day = came_by_day(unit, *event);
    desk.event = std::move(*event);
    return desk;
  };
  return context.store.read(work);
}

Deferred<RegistrationForm> save_registration(Context& context, Actor actor, DeskScope scope,
                                             RegistrationSettings settings) {
  return desk_write<RegistrationForm>(
      context, actor, scope,
      [settings = std::move(settings)](const RegistrationWork& work, const Event& event) {
        return store_settings(work, event, settings);
      });
}

Deferred<RegistrationForm> change_field(Context& context, Actor actor, DeskScope scope, FieldChange change) {
  return desk_write<RegistrationForm>(
      context, actor, scope,
      [scope, change = std::move(change)](const RegistrationWork& work,
                                          const Event&) -> Result<RegistrationForm> {
        auto form = desk_form(work.unit, scope);
        if (!form) return form.error();
        auto changed = with_change(*form, change);
        if (!changed) return changed;
        // What people typed is no file, and a file no text.
        if (was_of_files(*form, change.field.key) != was_of_files(*changed, change.field.key))
          drop_field(work, *form, change.field.key);
        work.unit.registrations().save_form(*changed);
        return changed;
      });
}

Deferred<Registration> step_registration(Context& context, Actor actor, DeskScope scope, RegistrationId id,
                                         RegistrationStep step) {
  return desk_write<Registration>(
      context, actor, scope,
      [scope, id, step](const RegistrationWork& work, const Event& event) -> Result<Registration> {
        auto form = desk_form(work.unit, scope);
        auto one = work.unit.registrations().find(id);
        if (!form || !one || one->event != scope.event)
          return Error(Errc::not_found, "there is no such registration");
        if (step == RegistrationStep::confirm || step == RegistrationStep::lapse)
          return Error(Errc::forbidden, "this is not the organiser's to say");
        if (step == RegistrationStep::attend || step == RegistrationStep::undo_door) {
          const bool here = step == RegistrationStep::attend;
          if (auto marked = mark_at_desk(work, *form, event, *one, here); !marked) return marked.error();
          return std::move(*one);
        }
        std::vector<Registration> members = {*one};
        if (auto taken = take_step(work, *form, members, step); !taken) return taken.error();
        return members.front();
      });
}

Deferred<RegistrationOutcome> add_registration(Context& context, Actor actor, DeskScope scope,
                                               RegistrationEntry entry) {
  entry.organiser = entry.answers_optional = true;
  return desk_write<RegistrationOutcome>(
      context, actor, scope, [entry = std::move(entry)](const RegistrationWork& work, const Event& event) {
        return enter_form(work, event.id, entry);
      });
}

}  // namespace convoke::service
