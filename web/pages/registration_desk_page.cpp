#include "web/pages/registration_desk_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "service/registration_consent.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/door_page.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/papers_page.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::RegistrationSettings;

constexpr std::array<std::pair<FieldKind, const char*>, 6> kinds = {{{FieldKind::text, "one line"},
                                                                     {FieldKind::long_text, "several lines"},
                                                                     {FieldKind::choice, "choice of several"},
                                                                     {FieldKind::number, "number"},
                                                                     {FieldKind::consent, "agreement"},
                                                                     {FieldKind::file, "file"}}};

constexpr std::array<std::pair<RegistrationStep, const char*>, 6> organiser_steps = {
    {{RegistrationStep::approve, "Approve"},
     {RegistrationStep::promote, "Give a place"},
     {RegistrationStep::attend, "Is here"},
     {RegistrationStep::undo_door, "Is not here"},
     {RegistrationStep::refuse, "Decline"},
     {RegistrationStep::cancel, "Cancel the registration"}}};

std::string places_text(const std::optional<int>& places) {
  return places ? std::to_string(*places) : std::string();
}

RegistrationSettings stored(const service::RegistrationDesk& desk) {
  RegistrationSettings settings;
  if (!desk.form) return settings;
  const auto& form = *desk.form;
  const auto zone = service::zone_of(desk.event);
  settings.on = form.on;
  set_moment(form.opens, zone, settings.opens_date, settings.opens_time);
  set_moment(form.closes, zone, settings.closes_date, settings.closes_time);
  for (std::size_t i = 0; i < form.formats.size(); ++i) {
    settings.offered.at(i) = form.formats.at(i).offered;
    settings.places.at(i) = places_text(form.formats.at(i).places);
  }
  settings.moderated = form.moderated;
  settings.waiting_list = form.waiting_list;
  settings.join_url = form.join_url;
  settings.keep_months = std::to_string(form.keep_months);
  settings.consent = form.consent;
  return settings;
}

void fill_settings(TemplateDictionary& values, const RegistrationSettings& settings) {
  if (settings.on) values.ShowSection("ON");
  values["OPENS_DATE"] = settings.opens_date;
  values["OPENS_TIME"] = settings.opens_time;
  values["CLOSES_DATE"] = settings.closes_date;
  values["CLOSES_TIME"] = settings.closes_time;
  if (settings.offered[0]) values.ShowSection("HALL");
  if (settings.offered[1]) values.ShowSection("ONLINE");
  values["HALL_PLACES"] = settings.places[0];
  values["ONLINE_PLACES"] = settings.places[1];
  values["JOIN_URL"] = settings.join_url;
  if (settings.waiting_list) values.ShowSection("WAITING_LIST");
  if (settings.moderated) values.ShowSection("MODERATED");
  values["KEEP_MONTHS"] = settings.keep_months;
  for (const auto language : all_languages) {
    const auto at = static_cast<std::size_t>(language);
    auto& one = *values.AddSectionDictionary("CONSENT");
    one["TAG"] = std::string(tag_of(language));
    one["LANGUAGE_NAME"] = own_name(language);
    one["VALUE"] = settings.consent.at(at);
  }
}

// One form for each field there is, and one for a new one.
void fill_field(TemplateDictionary& values, const FormField& stored, const RegistrationDeskPage& page,
                const Frame& frame) {
  auto& edit = *values.AddSectionDictionary("EDIT");
  const bool tried = page.trying && page.trying->field.key == stored.key;
  const auto& field = tried ? page.trying->field : stored;
  if (tried) edit.ShowSection("OPEN");
  const bool fresh = field.key.empty();
  edit["SUMMARY"] = fresh ? tr(frame.language, "Add a field") : label_in(field, frame.language);
  edit["KEY"] = field.key;
  if (field.required) edit.ShowSection("REQUIRED");
  if (!fresh) edit.ShowSection("OLD");
  for (const auto& [kind, word] : kinds) {
    auto& one = *edit.AddSectionDictionary("KIND");
    one["VALUE"] = std::string(name_of(kind));
    one["TEXT"] = tr(frame.language, word);
    if (kind == field.kind) one.ShowSection("SELECTED");
  }
  for (const auto language : all_languages) {
    const auto& words = field.words.at(static_cast<std::size_t>(language));
    auto& one = *edit.AddSectionDictionary("WORDS");
    one["TAG"] = std::string(tag_of(language));
    one["LANGUAGE_NAME"] = own_name(language);
    one["LABEL"] = words.label;
    one["HELP"] = words.help;
    one["CHOICES"] = join(words.choices, "\n");
  }
}

// A line of the picture: as long as there are registered, dark as far as they came.
void fill_bar(TemplateDictionary& picture, const std::string& name, const service::Attendance& attendance,
              int most) {
  constexpr int longest = 240;
  auto& one = *picture.AddSectionDictionary("BAR");
  one["NAME"] = name;
  one["REGISTERED"] = std::to_string(attendance.registered);
  one["CAME"] = std::to_string(attendance.came);
  one["LENGTH"] = std::to_string(longest * attendance.registered / most);
  one["REACHED"] = std::to_string(longest * attendance.came / most);
}

void fill_attendance(TemplateDictionary& people, const service::RegistrationDesk& desk, Language language) {
  const auto& figures = desk.figures;
  if (figures.by_institution.empty()) return;
  auto& picture = *people.AddSectionDictionary("FIGURES");
  int all = 0;
  for (const auto& [format, attendance] : figures.by_format) all += attendance.registered;
  for (const auto& [format, attendance] : figures.by_format)
    fill_bar(*picture.AddSectionDictionary("GROUP"), format_text(format, language), attendance, all);
  if (!figures.by_day.empty()) {
    auto& days = *picture.AddSectionDictionary("GROUP");
    for (const auto& [day, came] : figures.by_day) {
      service::Attendance attendance;
      attendance.registered = all;
      attendance.came = came;
      fill_bar(days, date_text(day, language), attendance, all);
    }
  }
  auto& institutions = *picture.AddSectionDictionary("GROUP");
  const int most = figures.by_institution.front().second.registered;
  for (const auto& [name, attendance] : figures.by_institution)
    fill_bar(institutions, name.empty() ? tr(language, "not named") : name, attendance, most);
}

void fill_figures(TemplateDictionary& people, const service::RegistrationDesk& desk, Language language) {
  for (const auto& [state, count] : desk.figures.by_state) {
    auto& one = *people.AddSectionDictionary("FIGURE");
    one["LABEL"] = state_text(state, language);
    one["COUNT"] = std::to_string(count);
  }
  for (const auto format : all_attendance_formats) {
    const auto& places = desk.form->of(format);
    if (!places.offered && places.taken == 0) continue;
    auto& one = *people.AddSectionDictionary("PLACES");
    one["LABEL"] = format_text(format, language);
    one["COUNT"] =
        places.places
            ? tr(language, "{taken} of {places} places are taken",
                 {{"taken", std::to_string(places.taken)}, {"places", std::to_string(*places.places)}})
            : tr(language, "{taken} places are taken", {{"taken", std::to_string(places.taken)}});
  }
  fill_attendance(people, desk, language);
}

void fill_steps(TemplateDictionary& row, const Registration& one, const RegistrationForm& form,
                const Frame& frame) {
  auto& steps = *row.AddSectionDictionary("STEPS");
  steps["ROW_ACTION"] = registration_desk_path(one.event) + "/people/" + std::to_string(one.id.value);
  steps["CSRF"] = frame.csrf;
  for (const auto& [step, word] : organiser_steps) {
    const auto& places = form.of(one.format);
    const bool room = one.holds_place || !places.places || places.taken < *places.places;
    if (!next_state(one.state, step, Circumstances(form.moderated, room, true))) continue;
    auto& button = *steps.AddSectionDictionary("STEP");
    button["VALUE"] = std::string(name_of(step));
    button["TEXT"] = tr(frame.language, word);
  }
}

void fill_row(TemplateDictionary& people, const Registration& one, const service::RegistrationDesk& desk,
              const Frame& frame) {
  const Language language = frame.language;
  auto& row = *people.AddSectionDictionary("ROW");
  row["NAME"] = one.name.empty() ? tr(language, "(erased)") : one.name;
  row["STATE"] = state_text(one.state, language);
  if (service::lacks_consent(one)) row.ShowSection("NO_CONSENT");
  row["STATE_CLASS"] = takes_part(one.state) ? "chip chip-held"
                       : is_alive(one.state) ? "chip chip-open"
                                             : "chip";
  row["FORMAT"] = format_text(one.format, language);
  show_text(row, "INSTITUTION", one.institution);
  show_text(row, "EMAIL", one.email);
  row["AT"] = local_moment(one.submitted, service::zone_of(desk.event), language);
  for (const auto& [key, text] : one.answers) {
    const auto field = std::ranges::find(desk.form->fields, key, &FormField::key);
    if (field == desk.form->fields.end()) continue;
    auto& answer = *row.AddSectionDictionary("ANSWER");
    answer["LABEL"] = label_in(*field, language);
    if (field->kind != FieldKind::file) {
      (*answer.AddSectionDictionary("SAID"))["TEXT"] = text;
      continue;
    }
    auto& file = *answer.AddSectionDictionary("FILE");
    file["NAME"] = text;
    file["HREF"] =
        registration_desk_path(one.event) + "/people/" + std::to_string(one.id.value) + "/files/" + key;
  }
  fill_steps(row, one, *desk.form, frame);
}

void fill_search(TemplateDictionary& people, const RegistrationDeskPage& page, Language language) {
  people["Q"] = page.words;
  for (std::size_t i = 0; i < registration_state_count; ++i) {
    const auto state = static_cast<RegistrationState>(i);
    auto& one = *people.AddSectionDictionary("STATE_CHOICE");
    one["VALUE"] = std::string(name_of(state));
    one["TEXT"] = state_text(state, language);
    if (page.state == state) one.ShowSection("SELECTED");
  }
}

void fill_people(TemplateDictionary& values, const RegistrationDeskPage& page, const Frame& frame) {
  const auto& desk = *page.desk;
  const Language language = frame.language;
  auto& people = *values.AddSectionDictionary("PEOPLE");
  people["DOOR_HREF"] = door_desk_path(desk.event.id);
  fill_figures(people, desk, language);
  fill_search(people, page, language);
  if (desk.rows.empty()) people.ShowSection("NONE");
  for (const auto& one : desk.rows) fill_row(people, one, desk, frame);
  if (desk.more) {
    auto next = with_query(registration_desk_path(desk.event.id), "page", std::to_string(page.page + 1));
    if (!page.words.empty()) next = with_query(next, "q", page.words);
    if (page.state) next = with_query(next, "state", name_of(*page.state));
    show_text(people, "MORE", next);
  }
  people["ADD_NAME"] = page.adding.name;
  people["ADD_EMAIL"] = page.adding.email;
  people["ADD_INSTITUTION"] = page.adding.institution;
  if (page.add_open) people.ShowSection("ADD_OPEN");
  for (const auto format : all_attendance_formats) {
    if (!desk.form->of(format).offered) continue;
    auto& one = *people.AddSectionDictionary("ADD_FORMAT");
    one["VALUE"] = std::string(name_of(format));
    one["TEXT"] = format_text(format, language);
  }
}

const char* door_words(RegistrationDoor door) {
  switch (door) {
    case RegistrationDoor::open:
      return "Registration is open.";
    case RegistrationDoor::not_yet:
      return "Registration is not open yet.";
    case RegistrationDoor::closed:
      return "Registration is closed.";
    case RegistrationDoor::off:
      break;
  }
  return "Registration is switched off.";
}

}  // namespace

std::string render_registration_desk(const RegistrationDeskPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& desk = *page.desk;
  TemplateDictionary values("manage_registration");
  fill_manage_frame(values, frame, tr(language, "Registration") + ": " + desk.event.title, Desk::plans);
  values["TITLE"] = desk.event.title;
  values["EVENT_HREF"] = event_path(desk.event.id);
  values["ACTION"] = registration_desk_path(desk.event.id);
  values["PAPERS"] = papers_path(desk.event.id);
  values["CSRF"] = frame.csrf;
  values["DOOR"] = tr(language, door_words(desk.door));
  values["ZONE"] = zone_text(service::zone_of(desk.event));
  if (desk.door != RegistrationDoor::off)
    show_text(values, "ADDRESS", frame.base_url + register_path(desk.event.id));
  if (page.saved) values.ShowSection("SAVED");
  show_text(values, "PROBLEM", page.problem);
  fill_settings(values, page.entered ? *page.entered : stored(desk));
  if (!desk.form || page.entered) values.ShowSection("SETTINGS_OPEN");
  if (desk.form) {
    fill_people(values, page, frame);
    auto& fields = *values.AddSectionDictionary("FIELDS");
    for (const auto& field : desk.form->fields) fill_field(fields, field, page, frame);
    fill_field(fields, FormField(), page, frame);
    fill_fields(fields, page.preview ? *page.preview : *desk.form, {}, language);
    values["SCRIPT"] = asset_address("registration.js");
  }
  return render_template("manage_registration.html", language, values);
}

service::ExportWords export_words(Language language) {
  service::ExportWords words;
  words.language = language;
  for (const char* heading : {"Surname and name", "E-mail address", "Institution", "How they take part",
                              "State", "Submitted", "Confirmed"})
    words.headings.push_back(tr(language, heading));
  for (std::size_t i = 0; i < registration_state_count; ++i) {
    const auto state = static_cast<RegistrationState>(i);
    words.states[state] = state_text(state, language);
  }
  for (const auto format : all_attendance_formats) words.formats[format] = format_text(format, language);
  return words;
}

}  // namespace convoke::web
