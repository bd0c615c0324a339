#include "web/pages/event_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/control_page.hpp"
#include "web/pages/event_details_page.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/programme_page.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/rules_page.hpp"
#include "web/pages/series_day_page.hpp"
#include "web/pages/submission_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using calendar::Word;
using ctemplate::TemplateDictionary;

TemplateDictionary& add_fact(TemplateDictionary& values, const std::string& label) {
  auto& fact = *values.AddSectionDictionary("FACT");
  fact["LABEL"] = label;
  return fact;
}

// In the words of the plan, so in its language.
void add_text(TemplateDictionary& values, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  auto& fact = add_fact(values, label);
  fact.ShowSection("FOREIGN");
  (*fact.AddSectionDictionary("TEXT"))["TEXT_VALUE"] = text;
}

void add_link(TemplateDictionary& values, const std::string& label, const std::string& href,
              const std::string& text, bool outside) {
  auto& fact = add_fact(values, label);
  auto& link = *fact.AddSectionDictionary("LINK");
  link["HREF"] = href;
  link["TEXT_VALUE"] = text;
  if (outside) link.ShowSection("OUTSIDE");
}

std::string responsible_in_full(const Event& event) {
  std::vector<std::string> lines;
  for (const auto& one : event.responsible) {
    std::vector<std::string> parts;
    for (const auto* part : {&one.name, &one.post, &one.organisation})
      if (!part->empty()) parts.push_back(*part);
    lines.push_back(join(parts, ", "));
  }
  return lines.empty() ? event.responsible_text : join(lines, "; ");
}

// Whom it is for, how far it reaches, whom to ask, what belongs to it.
void fill_reach(TemplateDictionary& values, const Event& event, Language language) {
  const auto label = [&](Word word) { return std::string(calendar::word(word, language)); };
  if (event.level)
    (*values.AddSectionDictionary("LEVEL"))["LEVEL_LABEL"] =
        capitalise(calendar::level_label(*event.level, language));
  add_text(values, label(Word::audience), join(event.audience, "; "));
  add_text(values, label(Word::contact), event.contact);
  for (const auto& file : event.attachments)
    if (is_web_link(file.url))
      add_link(values, label(Word::document), file.url,
               file.name.empty() ? ellipsize(file.url, 60) : file.name, true);
}

void fill_parts(TemplateDictionary& values, const EventView& view, Language language) {
  if (view.parent != nullptr)
    add_link(values, tr(language, "Part of"), event_path(view.parent->id), view.parent->title, false);
  if (view.parts.empty()) return;
  auto& section = *values.AddSectionDictionary("PARTS");
  section["PARTS_HEADING"] = tr(language, descriptor_of(view.event->kind).parts);
  for (const auto* part : view.parts) {
    auto& row = *section.AddSectionDictionary("PART");
    row["HREF"] = event_path(part->id);
    row["TITLE"] = part->title;
    row["WHEN"] = when_text(part->period, language);
    show_text(row, "WHO", responsible_line(*part));
  }
}

// What the kind of the event adds (web/kinds).
void fill_kind(TemplateDictionary& values, const EventView& view, Language language) {
  const auto& descriptor = descriptor_of(view.event->kind);
  if (descriptor.facts == nullptr) return;
  KindView seen = view.kind;
  seen.event = view.event;
  for (const auto& one : descriptor.facts(seen, language)) {
    auto& fact = add_fact(values, one.label);
    if (one.plan_words) fact.ShowSection("FOREIGN");
    if (one.late) fact.ShowSection("LATE");
    (*fact.AddSectionDictionary("TEXT"))["TEXT_VALUE"] = one.text;
  }
}

void fill_facts(TemplateDictionary& values, const EventView& view, Language language) {
  const Event& event = *view.event;
  const auto label = [&](Word word) { return std::string(calendar::word(word, language)); };
  add_text(values, tr(language, "Place"), event.place);
  if (is_web_link(event.online_url))
    add_link(values, label(Word::online), event.online_url, ellipsize(event.online_url, 60), true);
  add_text(values, label(Word::responsible), responsible_in_full(event));
  if (view.organisation != nullptr) {
    add_text(values, tr(language, "Association"), view.organisation->name);
    add_text(values, tr(language, "Contact"), view.organisation->contact);
  }
  if (!view.source.empty())
    add_link(values, tr(language, "From the calendar"), "/sources", view.source, false);
  if (view.plan != nullptr)
    add_link(values, tr(language, "Plan"), plan_path(view.plan->id), view.plan->title, false);
  add_text(values, label(Word::section), event.section);
  add_text(values, label(Word::number), event.number);
  add_text(values, label(Word::as_planned), event.period.source_text);
  add_text(values, label(Word::note), event.note);
  if (event.attended) add_text(values, tr(language, "People who came"), std::to_string(*event.attended));
  add_text(values, tr(language, "Result"), event.outcome);
  if (is_web_link(event.minutes_url))
    add_link(values, tr(language, descriptor_of(event.kind).minutes), event.minutes_url,
             ellipsize(event.minutes_url, 60), true);
  fill_reach(values, event, language);
}

void fill_texts(TemplateDictionary& values, const Event& event, Language language) {
  if (!event.agenda.empty()) {
    auto& agenda = *values.AddSectionDictionary("AGENDA");
    agenda["AGENDA_HEADING"] = tr(language, is_talk(event) ? "Speakers" : descriptor_of(event.kind).agenda);
    for (const auto& point : event.agenda) (*agenda.AddSectionDictionary("POINT"))["TEXT"] = point;
  }
  if (trim(event.description).empty()) return;
  auto& description = *values.AddSectionDictionary("DESCRIPTION");
  for (const auto line : split(event.description, '\n'))
    if (!trim(line).empty())
      (*description.AddSectionDictionary("PARAGRAPH"))["TEXT"] = std::string(trim(line));
}

// What stands in the way, each with why.
void fill_same_day(TemplateDictionary& values, const EventView& view, Language language) {
  if (view.same_day.empty()) return;
  auto& section = *values.AddSectionDictionary("SAME_DAY");
  for (const auto& conflict : view.same_day) {
    auto& row = *section.AddSectionDictionary("OTHER");
    // What is for organisers only has no page.
    auto& title = *row.AddSectionDictionary(conflict.hidden ? "PLAIN" : "LINKED");
    title["TITLE"] = conflict.other->title;
    if (!conflict.hidden) title["HREF"] = event_path(conflict.other->id);
    row["WHEN"] = when_text(conflict.other->period, language);
    show_text(row, "WHY", why_text(conflict, language));
  }
}

std::string status_label(const service::Participant& one, Language language) {
  switch (one.status) {
    case calendar::Participation::accepted:
      return tr(language, "will come");
    case calendar::Participation::tentative:
      return tr(language, "will perhaps come");
    case calendar::Participation::declined:
      return tr(language, "cannot come");
    case calendar::Participation::needs_action:
      break;
  }
  return one.asked ? tr(language, "no answer yet") : tr(language, "not asked yet");
}

// Those who are responsible, and whether they come.
void fill_participants(TemplateDictionary& values, const EventView& view, Language language) {
  if (view.participants.empty()) return;
  auto& section = *values.AddSectionDictionary("ASKED");
  for (const auto& one : view.participants) {
    auto& row = *section.AddSectionDictionary("PERSON");
    row["NAME"] = one.name;
    row["STATUS_NAME"] = to_lower(calendar::name_of(one.status));
    row["STATUS_LABEL"] = status_label(one, language);
    if (one.answered)
      show_text(row, "AT", date_text(civil_date(*one.answered, service::zone_of(*view.event)), language));
    show_text(row, "NOTE", one.note);
  }
}

// The next days of a series, each as it is: one that was moved or cancelled says so.
void fill_coming(TemplateDictionary& values, const EventView& view, Language language) {
  if (view.coming.empty()) return;
  auto& section = *values.AddSectionDictionary("COMING");
  if (view.day_changed) section.ShowSection("CHANGED");
  for (const auto& one : view.coming) {
    auto& row = *section.AddSectionDictionary("DAY");
    if (view.kind.organiser && service::has_own_days(*view.event)) {
      auto& change = *row.AddSectionDictionary("CHANGE");
      change["HREF"] = series_day_path(view.event->id, one.day);
      change["LABEL"] =
          service::awaits_day(one) ? tr(language, "Choose the day") : tr(language, "Change this day");
    }
    const Event that_day = calendar::as_on(*view.event, one);
    row["WHEN"] = when_text(that_day.period, language);
    row["ISO_VALUE"] =
        machine_time(that_day.period).empty() ? format_iso(one.first) : machine_time(that_day.period);
    if (one.cancelled) row.ShowSection("OFF");
    if (one.moved && !one.cancelled) {
      auto& moved = *row.AddSectionDictionary("MOVED");
      if (one.last != one.day)
        show_text(
            moved, "FROM",
            std::string(calendar::word(Word::moved_from, language)) + " " + date_text(one.day, language));
    }
    show_text(row, "OWN_TITLE", one.title.value_or(""));
    show_text(row, "OWN_PLACE", one.place.value_or(""));
    show_text(row, "OWN_NOTE", one.note.value_or(""));
  }
}

calendar::FeedQuery feed_around(const Event& event) {
  calendar::FeedQuery query;
  if (event.organisation) query.organisations.push_back(event.organisation);
  return query;
}

std::string text_language(const EventView& view, Language fallback) {
  if (view.plan != nullptr) return view.plan->language;
  return std::string(tag_of(view.organisation != nullptr ? view.organisation->language : fallback));
}

// A button for who is signed in; nobody can take part in what does not take place.
void fill_attendance(TemplateDictionary& values, const EventView& view, const Frame& frame) {
  if (!frame.who) return;
  const bool off = view.event->status == EventStatus::cancelled;
  if (off && !view.attends) return;
  auto& form = *values.AddSectionDictionary(view.attends ? "WITHDRAW" : "ATTEND");
  form["ACTION"] = event_path(view.event->id) + (view.attends ? "/withdraw" : "/attend");
  form["CSRF"] = frame.csrf;
}

}  // namespace

std::string render_event(const EventView& view, const Frame& frame) {
  const Event& event = *view.event;
  const Language language = frame.language;
  TemplateDictionary values("event");
  fill_frame(values, frame, event.title, Place::elsewhere);
  values["TITLE"] = event.title;
  values["TEXT_LANG"] = text_language(view, language);
  values["KIND"] = std::string(name_of(event.kind));
  values["KIND_LABEL"] = capitalise(calendar::kind_label(event.kind, language));
  fill_status(values, event, language);
  if (awaits_day(event)) values.ShowSection("OPEN_DAY");
  if (event.involvement == Involvement::participate) values.ShowSection("PARTICIPATE");
  values["WHEN"] = when_text(event.period, language);
  const auto machine = machine_time(event.period);
  if (machine.empty())
    values.ShowSection("NO_ISO");
  else
    (*values.AddSectionDictionary("ISO"))["ISO_VALUE"] = machine;
  if (event.period.time) show_text(values, "ZONE", zone_text(event.zone));
  if (view.in_calendar) (*values.AddSectionDictionary("ADD"))["HREF"] = event_path(event.id) + ".ics";
  values["SUBSCRIBE_HREF"] = subscribe_path(feed_around(event));
  if (frame.who && frame.who->role >= AccountRole::organiser && !event.source)
    (*values.AddSectionDictionary("RULES"))["HREF"] = rules_path({{}, {}, {}, event.id});
  if (view.registration == RegistrationDoor::open)
    (*values.AddSectionDictionary("REGISTER"))["HREF"] = register_path(event.id);
  if (view.call == RegistrationDoor::open) {
    auto& call = *values.AddSectionDictionary("CALL");
    call["HREF"] = call_path(event.id);
    call["TEXT"] = call_heading(event, frame.language);
  }
  if (frame.who && frame.who->role >= AccountRole::organiser && !event.source) {
    auto& desk = *values.AddSectionDictionary("CALL_DESK");
    desk["HREF"] = submissions_path(event.id);
    desk["TEXT"] = call_heading(event, frame.language);
  }
  if (frame.who && frame.who->role >= AccountRole::organiser && !event.source)
    (*values.AddSectionDictionary("REGISTRATION"))["HREF"] = registration_desk_path(event.id);
  if (frame.who && frame.who->role >= AccountRole::organiser && !event.source && !is_talk(event))
    (*values.AddSectionDictionary("DETAILS"))["HREF"] = event_details_path(event.id);
  if (view.programme) (*values.AddSectionDictionary("PROGRAMME"))["HREF"] = programme_path(event.id);
  if (frame.who && frame.who->role >= AccountRole::organiser && !event.source && !is_talk(event))
    (*values.AddSectionDictionary("PROGRAMME_DESK"))["HREF"] = programme_desk_path(event.id);
  fill_attendance(values, view, frame);
  if (is_web_link(event.online_url) && is_open(event.status))
    (*values.AddSectionDictionary("JOIN"))["HREF"] = event.online_url;
  fill_kind(values, view, language);
  fill_facts(values, view, language);
  fill_parts(values, view, language);
  fill_same_day(values, view, language);
  if (view.day) fill_event_day(values, event, *view.day, frame);
  fill_participants(values, view, language);
  fill_coming(values, view, language);
  fill_texts(values, event, language);
  if (view.history) fill_execution(values, event, *view.history, frame);
  return render_template("event.html", language, values);
}

}  // namespace convoke::web
