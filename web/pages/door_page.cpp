#include "web/pages/door_page.hpp"

#include "base/time_zone.hpp"
#include "model/door_address.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/when.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace convoke::web {
namespace {

namespace json = boost::json;
using ctemplate::TemplateDictionary;
using service::ArrivalAnswer;

// Fields of texts below are filled in by the page's script.
constexpr std::array<std::pair<ArrivalAnswer, const char*>, 10> answers = {{
    {ArrivalAnswer::here, "Is here."},
    {ArrivalAnswer::already, "Here already since {time}."},
    {ArrivalAnswer::undone, "Taken back: not here."},
    {ArrivalAnswer::absent, "Not here: there is nothing to take back."},
    {ArrivalAnswer::waiting, "On the waiting list: no place is free."},
    {ArrivalAnswer::unconfirmed, "Not confirmed: the mail was not answered, or you have not decided yet."},
    {ArrivalAnswer::gone, "This registration was cancelled."},
    {ArrivalAnswer::other_event, "This ticket is for another event: {title}"},
    {ArrivalAnswer::unknown, "Nobody is registered with this code."},
    {ArrivalAnswer::outdated, "Not counted: somebody decided otherwise after this was seen."},
}};

const char* class_of(ArrivalAnswer answer) {
  if (answer == ArrivalAnswer::here) return "is-good";
  if (answer == ArrivalAnswer::already || answer == ArrivalAnswer::undone) return "is-known";
  return "is-bad";
}

// What the script says.
std::string words_of(Language language) {
  json::object words, of_answers, classes;
  for (const auto& [answer, text] : answers) {
    of_answers[name_of(answer)] = tr(language, text);
    classes[name_of(answer)] = class_of(answer);
  }
  words["answers"] = std::move(of_answers);
  words["classes"] = std::move(classes);
  constexpr std::array<std::pair<const char*, const char*>, 23> known = {{
      {"count", "{came} of {expected}"},
      {"noted", "Noted on this phone; not sent yet."},
      {"asked", "Not in the list on this phone: the answer comes with the connection."},
      {"no_ticket", "This code is no ticket."},
      {"online", "Connected."},
      {"offline", "No connection. Go on: what is noted here is sent when it is back."},
      {"signed_out", "You are signed out. Sign in again: what is not sent stays on this phone."},
      {"unsent", "Not sent yet: {count}"},
      {"attend", "Is here"},
      {"undo", "Take back"},
      {"none", "Nobody has this name. Perhaps it is a walk-in."},
      {"more", "Only the first are shown: type more of the name."},
      {"camera_none", "This browser gives no camera to this page. Type the name instead."},
      {"camera_refused", "The camera was refused. Allow it in the browser's settings, or type the name."},
      {"start", "Scan tickets with the camera"},
      {"stop", "Stop the camera"},
      {"entered", "Entered, and is here."},
      {"walk_in", "Walk-in"},
      {"walk_in_noted", "Noted on this phone; entered when the connection is back, if a place is free then."},
      {"entering", "Being entered …"},
      {"again", "Try again"},
      {"settled", "Settled: forget it"},
      {"no_storage", "This browser keeps nothing: do not close the page while something is not sent."},
  }};
  for (const auto& [name, text] : known) words[name] = tr(language, text);
  for (std::size_t i = 0; i < registration_state_count; ++i) {
    const auto state = static_cast<RegistrationState>(i);
    words["state_" + std::string(name_of(state))] = state_text(state, language);
  }
  for (const auto format : all_attendance_formats)
    words["format_" + std::string(name_of(format))] = format_text(format, language);
  return json::serialize(words);
}

// A chosen day stays chosen.
std::string address_of(const DoorPage& page) {
  const auto path = door_desk_path(page.door->event.id);
  return page.pinned ? with_query(path, "day", format_iso(*page.pinned)) : path;
}

// The days of an event of several. Today's own address follows the clock.
void fill_days(TemplateDictionary& values, const service::Door& door, Language language) {
  if (door.days.size() < 2) return;
  auto& days = *values.AddSectionDictionary("DAYS");
  for (const auto day : door.days) {
    auto& one = *days.AddSectionDictionary("DAY");
    const auto path = door_desk_path(door.event.id);
    one["HREF"] = day == door.today ? path : with_query(path, "day", format_iso(day));
    one["LABEL"] = date_text(day, language);
    if (day == door.day) one.ShowSection("CURRENT");
    if (day == door.today) one.ShowSection("TODAY");
  }
  if (door.day != door.today)
    show_text(days, "OTHER_DAY",
              tr(language, "Not today: who is marked now is marked for {date}.",
                 {{"date", date_text(door.day, language)}}));
}

void fill_counts(TemplateDictionary& values, const service::Door& door, Language language) {
  for (const auto format : all_attendance_formats) {
    const auto at = static_cast<std::size_t>(format);
    if (!door.offered.at(at) && door.counts.expected.at(at) == 0) continue;
    auto& one = *values.AddSectionDictionary("COUNT");
    one["FORMAT"] = std::string(name_of(format));
    one["LABEL"] = format_text(format, language);
    one["NUMBERS"] = tr(language, "{came} of {expected}",
                        {{"came", std::to_string(door.counts.came.at(at))},
                         {"expected", std::to_string(door.counts.expected.at(at))}});
  }
}

void fill_row(TemplateDictionary& values, const Registration& one, const DoorPage& page, const Frame& frame) {
  const auto& door = *page.door;
  auto& row = *values.AddSectionDictionary("ROW");
  row["NAME"] = one.name;
  const auto since = door.here.find(one.id);
  const bool here = since != door.here.end();
  const auto otherwise = takes_part(one.state) ? RegistrationState::registered : one.state;
  row["STATE"] = here ? answer_text(ArrivalAnswer::already,
                                    since_text(since->second, door.now, service::zone_of(door.event)), {},
                                    frame.language)
                      : state_text(otherwise, frame.language);
  row["STATE_CLASS"] = here ? "chip chip-held" : "chip";
  row["FORMAT"] = format_text(one.format, frame.language);
  show_text(row, "INSTITUTION", one.institution);
  if (!takes_part(one.state)) return;
  auto& act = *row.AddSectionDictionary("ACT");
  act["ACTION"] = address_of(page);
  act["CSRF"] = frame.csrf;
  act["PERSON"] = std::to_string(one.id.value);
  act["STEP"] = std::string(name_of(here ? RegistrationStep::undo_door : RegistrationStep::attend));
  act["BUTTON"] = tr(frame.language, here ? "Take back" : "Is here");
  act["BUTTON_CLASS"] = here ? "button-quiet" : "door-act";
}

void fill_answer(TemplateDictionary& values, const DoorPage& page, Language language) {
  if (!page.answer) return;
  auto& answer = *values.AddSectionDictionary("ANSWER");
  answer["CLASS"] = class_of(*page.answer);
  const auto since = page.since ? since_text(*page.since, page.door->now, service::zone_of(page.door->event))
                                : std::string();
  answer["TEXT"] = page.entered ? tr(language, "Entered, and is here.")
                                : answer_text(*page.answer, since, page.title, language);
  if (!page.who) return;
  show_text(answer, "WHO", page.who->name);
  show_text(answer, "INSTITUTION", page.who->institution);
}

void fill_walk_in(TemplateDictionary& values, const DoorPage& page, Language language) {
  values["KEY"] = page.key;
  values["CONSENT"] = page.door->consent;
  values["NEW_NAME"] = page.walk_in.name;
  values["NEW_EMAIL"] = page.walk_in.email;
  values["NEW_INSTITUTION"] = page.walk_in.institution;
  show_text(values, "PROBLEM", page.problem);
  if (!page.problem.empty()) values.ShowSection("OPEN");
  if (!page.door->offered[0] || !page.door->offered[1]) return;
  auto& formats = *values.AddSectionDictionary("FORMATS");
  for (const auto format : all_attendance_formats) {
    auto& one = *formats.AddSectionDictionary("CHOICE");
    one["VALUE"] = std::string(name_of(format));
    one["LABEL"] = format_text(format, language);
    if (page.walk_in.format == format) one.ShowSection("SELECTED");
  }
}

}  // namespace

std::string door_desk_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/door";
}

std::string answer_text(ArrivalAnswer answer, const std::string& since, const std::string& title,
                        Language language) {
  for (const auto& [one, text] : answers)
    if (one == answer) return tr(language, text, {{"time", since}, {"title", title}});
  return {};
}

std::string since_text(Instant at, Instant now, const std::string& zone) {
  const auto civil = to_civil(at, zone);
  const auto time = format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
  if (civil.date == civil_date(now, zone)) return time;
  return format_iso(civil.date) + " " + time;
}

std::string walk_in_problem(service::RegistrationProblem problem, bool known, Language language) {
  using service::RegistrationProblem;
  if (known) return tr(language, "This address is registered already: look for the name above.");
  if (problem == RegistrationProblem::full)
    return tr(
        language,
        "Every place is taken, or kept for those who wait: nobody was entered. A place is free when somebody "
        "who does not come is cancelled.");
  if (problem == RegistrationProblem::old_form)
    return tr(language, "The form could not be read. Load the page again.");
  if (problem == RegistrationProblem::field)
    return tr(language,
              "The form of this event asks for more: enter this person on the page of the registration.");
  return problem_text(problem, {}, RegistrationForm(), language);
}

std::string render_door(const DoorPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& door = *page.door;
  TemplateDictionary values("manage_door");
  fill_manage_frame(values, frame, tr(language, "At the door") + ": " + door.event.title, Desk::plans);
  values["DOOR_STYLE"] = asset_address("door.css");
  values["DOOR_SCRIPT"] = asset_address("door.js");
  values["DECODER"] = asset_address("qr-decode.js");
  values["TITLE"] = door.event.title;
  values["DESK_HREF"] = registration_desk_path(door.event.id);
  values["ACTION"] = door_desk_path(door.event.id);
  values["EVENT"] = std::to_string(door.event.id.value);
  values["CSRF"] = frame.csrf;
  values["WORDS"] = words_of(language);
  values["Q"] = page.words;
  values["DAY"] = format_iso(door.day);
  if (page.pinned) show_text(values, "PINNED", format_iso(door.day));
  values["WALK_IN_ACTION"] =
      page.pinned ? with_query(door_desk_path(door.event.id) + "/walk-ins", "day", format_iso(*page.pinned))
                  : door_desk_path(door.event.id) + "/walk-ins";
  fill_days(values, door, language);
  fill_counts(values, door, language);
  fill_answer(values, page, language);
  for (const auto& one : door.people) fill_row(values, one, page, frame);
  if (door.people.empty()) values.ShowSection("NONE");
  if (door.more) values.ShowSection("MORE");
  fill_walk_in(values, page, language);
  return render_template("manage_door.html", language, values);
}

std::string render_ticket(const TicketPage& page, const Frame& frame) {
  const Language language = frame.language;
  const auto& ticket = *page.ticket;
  TemplateDictionary values("door_ticket");
  const auto heading = tr(language, "Ticket");
  fill_frame(values, frame, heading + ": " + ticket.event.title, Place::elsewhere);
  values["HEADING"] = heading;
  values["TITLE"] = ticket.event.title;
  values["HREF"] = event_path(ticket.event.id);
  values["WHEN"] = when_text(ticket.event.period, language);
  show_text(values, "PLACE", ticket.event.place);
  show_text(values, "ASSOCIATION", ticket.association);
  if (!ticket.who) {
    if (!ticket.valid) {
      values.ShowSection("NO_PLACE");
      return render_template("door_ticket.html", language, values);
    }
    auto& shown = *values.AddSectionDictionary("SHOW");
    const auto code = qr_svg(door_address(frame.base_url, page.code), tr(language, "Ticket for the door"));
    if (code) shown["CODE"] = *code;
    return render_template("door_ticket.html", language, values);
  }
  auto& desk = *values.AddSectionDictionary("DESK");
  desk["NAME"] = ticket.who->name;
  const bool elsewhere = takes_part(ticket.who->state) && !ticket.here;  // or on another day
  desk["STATE"] = state_text(elsewhere ? RegistrationState::registered : ticket.who->state, language);
  desk["FORMAT"] = format_text(ticket.who->format, language);
  show_text(desk, "INSTITUTION", ticket.who->institution);
  desk["DOOR_HREF"] = door_desk_path(ticket.event.id);
  if (!takes_part(ticket.who->state) || ticket.here)
    return render_template("door_ticket.html", language, values);
  auto& act = *desk.AddSectionDictionary("ACT");
  act["ACTION"] = door_desk_path(ticket.event.id);
  act["CSRF"] = frame.csrf;
  act["CODE"] = page.code;
  return render_template("door_ticket.html", language, values);
}

}  // namespace convoke::web
