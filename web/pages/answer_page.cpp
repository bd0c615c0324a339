#include "web/pages/answer_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using notify::LinkPurpose;
using service::AnswerProblem;
using service::LinkView;
using service::StepState;

// Texts of several lines.
constexpr const char* done_waits =
    "No more reminders will come about this. The chair confirms that it is done; if something is missing, "
    "you will get a mail.";
constexpr const char* postponement_waits =
    "The chair decides about it, and you will get a mail. Until then the date stays as it is.";
constexpr const char* superseded =
    "This does not take place any more, or it has changed since the mail was sent. The newest mail about it "
    "says how it is now.";
constexpr const char* link_expired =
    "Nothing was changed. The newest mail about the item has a link that works; or simply write to whoever "
    "keeps the plan.";
constexpr const char* link_broken =
    "Nothing was changed. Press the button in the mail once more, or copy the whole address: a part of it is "
    "missing, or what it was about has been removed.";

const char* heading_of(LinkPurpose purpose) {
  switch (purpose) {
    case LinkPurpose::acknowledge:
      return "Have you read this?";
    case LinkPurpose::done:
      return "Is this done?";
    case LinkPurpose::postpone:
      return "Ask for another date";
    case LinkPurpose::hand_over:
      return "Hand this over to somebody else";
    case LinkPurpose::name_day:
      return "Name the day";
    case LinkPurpose::accept:
      return "Will you come?";
    case LinkPurpose::decline:
      return "You cannot come?";
    default:
      return "Your decision is asked for";
  }
}

const char* button_of(LinkPurpose purpose) {
  switch (purpose) {
    case LinkPurpose::acknowledge:
      return "I have read it and will do it";
    case LinkPurpose::done:
      return "It is done";
    case LinkPurpose::postpone:
      return "Ask for this date";
    case LinkPurpose::hand_over:
      return "Hand it over";
    case LinkPurpose::name_day:
      return "Fix this day";
    case LinkPurpose::accept:
      return "I will come";
    default:
      return "I cannot come";
  }
}

const char* problem_text(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::note_missing:
      return "Say in a few words why: the chair decides by it.";
    case AnswerProblem::note_long:
      return "This is longer than 2,000 characters. Shorten it a little.";
    case AnswerProblem::note_unclear:
      return "This text could not be read. Type it anew.";
    case AnswerProblem::day_missing:
      return "Choose the day.";
    case AnswerProblem::day_unclear:
      return "This is no day that it could be moved to. Choose another one.";
    case AnswerProblem::day_past:
      return "This day is past. Choose a later one.";
    case AnswerProblem::day_outside:
      return "This day is outside of the period that the plan names. To go beyond it, ask for another date: "
             "the "
             "link for that is in the same mail.";
    case AnswerProblem::period_unclear:
      return "This period could not be read. Write it as in the plan: a month and a year, or a day.";
    case AnswerProblem::time_unclear:
      return "Write the time with a colon: 10:00.";
    case AnswerProblem::person_missing:
      return "Write who takes it over.";
    case AnswerProblem::person_several:
      return "Several people have this name. Add the e-mail address of the right one.";
    case AnswerProblem::person_unknown:
      return "No address is known for this person. Add it, so that the mails arrive.";
    case AnswerProblem::address_unclear:
      return "This is no e-mail address.";
    case AnswerProblem::to_oneself:
      return "You are responsible for this already. Write who takes it over.";
  }
  return "What was entered could not be used.";
}

std::string day_of(Instant at, const Event& event, Language language) {
  return date_text(civil_date(at, service::zone_of(event)), language);
}

// What happens now that the step is taken.
std::string next_text(const AnswerPage& page, Language language) {
  const LinkView& link = *page.link;
  const Answer answer = link.answer.value_or(Answer());
  switch (link.purpose) {
    case LinkPurpose::acknowledge:
      return tr(language, "Noted. You will be reminded when the day comes closer.");
    case LinkPurpose::done:
      if (answer.kind == AnswerKind::acknowledged)
        return tr(language, "Your part is noted. The item is closed when the one who leads says so: {name}.",
                  {{"name", link.responsible}});
      return page.waits ? tr(language, done_waits)
                        : tr(language, "The item is closed. No more reminders will come about it.");
    case LinkPurpose::postpone:
      return page.waits
                 ? tr(language, postponement_waits)
                 : tr(language, "It is moved: {when}. Everybody's calendars will follow by themselves.",
                      {{"when", when_text(link.event.period, language)}});
    case LinkPurpose::hand_over:
      return tr(language, "{name} is responsible from now on and gets a mail. The chair is told.",
                {{"name", link.responsible}});
    case LinkPurpose::name_day:
      return tr(language, "The day is fixed: {when}. Everybody's calendars will follow by themselves.",
                {{"when", when_text(link.event.period, language)}});
    case LinkPurpose::accept:
      return tr(language, "You are expected: {when}.", {{"when", when_text(link.event.period, language)}});
    case LinkPurpose::decline:
      return tr(language, "The chair is told that you cannot come.");
    default:
      break;
  }
  return answer.decision == Decision::approved
             ? tr(language, "Approved. {name} gets a mail about it.", {{"name", answer.name}})
             : tr(language, "Sent back. {name} gets a mail about it, and the reminders go on.",
                  {{"name", answer.name}});
}

// Why there is nothing to press.
std::string state_text(const LinkView& link, Language language) {
  const Answer answer = link.answer.value_or(Answer());
  switch (link.state) {
    case StepState::taken:
      if (!link.answer) return tr(language, "This has been answered already. There is nothing more to do.");
      if (link.purpose == LinkPurpose::decide)
        return tr(language, "This has been decided already: {decision}, {date}.",
                  {{"decision", decision_text(answer, language)},
                   {"date", day_of(answer.decided.value_or(answer.at), link.event, language)}});
      return tr(language, "This has been answered already, {date}: {answer}. There is nothing more to do.",
                {{"date", day_of(answer.at, link.event, language)},
                 {"answer", answer_text(answer, link.responsible, language)}});
    case StepState::closed:
      if (link.purpose == LinkPurpose::name_day)
        return tr(language, "The day is fixed already: {when}.",
                  {{"when", when_text(link.event.period, language)}});
      if (!link.answer) return tr(language, "This is done already. There is nothing more to do.");
      return tr(language, "This is done already: {name} said so, {date}. There is nothing more to do.",
                {{"name", answer.name}, {"date", day_of(answer.at, link.event, language)}});
    case StepState::not_yours:
      if (link.purpose == LinkPurpose::decide)
        return tr(language, "Somebody else decides about this by now.");
      return tr(language,
                "Somebody else is responsible for this by now: {name}. There is nothing for you to do.",
                {{"name", link.responsible}});
    default:
      return tr(language, superseded);
  }
}

void add_note(TemplateDictionary& form, const AnswerPage& page, const char* label, bool required,
              Language language) {
  auto& field = *form.AddSectionDictionary("NOTE");
  field["LABEL"] = tr(language, label);
  field["VALUE"] = page.entered.note;
  if (required) field.ShowSection("REQUIRED");
}

void add_day(TemplateDictionary& form, const AnswerPage& page, const char* label, Language language) {
  const LinkView& link = *page.link;
  const bool naming = link.purpose == LinkPurpose::name_day;
  const Period& period = link.event.period;
  auto& field = *form.AddSectionDictionary("DAY");
  field["LABEL"] = tr(language, label);
  field["VALUE"] = page.entered.date;
  const Date first = naming && period.first ? std::max(*period.first, link.today) : link.today;
  (*field.AddSectionDictionary("LEAST"))["MIN"] = format_iso(first);
  if (naming && period.last) (*field.AddSectionDictionary("MOST"))["MAX"] = format_iso(*period.last);
  if (naming) field.ShowSection("REQUIRED");
}

void add_fields(TemplateDictionary& form, const AnswerPage& page, Language language) {
  const LinkView& link = *page.link;
  switch (link.purpose) {
    case LinkPurpose::done:
      return add_note(form, page, "Result or note, if there is something to say", false, language);
    case LinkPurpose::postpone:
      add_day(form, page, "New day", language);
      if (link.occurrence.empty()) {
        auto& field = *form.AddSectionDictionary("PERIOD");
        field["VALUE"] = page.entered.period;
        if (!page.entered.period.empty()) field.ShowSection("OPEN");
      }
      return add_note(form, page, "Reason", true, language);
    case LinkPurpose::hand_over: {
      auto& field = *form.AddSectionDictionary("PERSON");
      field["NAME"] = page.entered.name;
      field["EMAIL"] = page.entered.email;
      for (const auto& name : link.colleagues) (*field.AddSectionDictionary("KNOWN"))["NAME"] = name;
      return add_note(form, page, "Note for the one who takes it over, and for the chair", false, language);
    }
    case LinkPurpose::name_day: {
      add_day(form, page, "Day", language);
      auto& field = *form.AddSectionDictionary("TIME_AND_PLACE");
      field["TIME"] = page.entered.time;
      field["PLACE"] = page.entered.place;
      return;
    }
    case LinkPurpose::decline:
      return add_note(form, page, "Reason, if you want to give one", false, language);
    case LinkPurpose::decide:
      return add_note(form, page, "Note, if there is something to say", false, language);
    default:
      return;
  }
}

void add_button(TemplateDictionary& form, const char* value, const std::string& label, bool quiet) {
  auto& button = *form.AddSectionDictionary("BUTTON");
  button["VALUE"] = value;
  button["LABEL"] = label;
  if (quiet) button.ShowSection("QUIET");
}

void fill_form(TemplateDictionary& values, const AnswerPage& page, const Frame& frame) {
  const Language language = frame.language;
  auto& form = *values.AddSectionDictionary("FORM");
  form["ACTION"] = with_query(frame.address, "lang", tag_of(language));
  if (page.problem) show_text(form, "PROBLEM", tr(language, problem_text(*page.problem)));
  add_fields(form, page, language);
  if (page.link->purpose == LinkPurpose::decide) {
    add_button(form, "approve", tr(language, "Approve"), false);
    add_button(form, "decline", tr(language, "Send back"), true);
  } else {
    add_button(form, "yes", tr(language, button_of(page.link->purpose)), false);
  }
}

void fill_event(TemplateDictionary& values, const LinkView& link, Language language) {
  auto& event = *values.AddSectionDictionary("EVENT");
  event["TITLE"] = link.event.title;
  event["HREF"] = event_path(link.event.id);
  event["WHEN"] = when_text(link.event.period, language);
  show_text(event, "PLACE", link.event.place);
  show_text(event, "WHO", responsible_line(link.event));
}

// What is asked of the one who decides.
void fill_question(TemplateDictionary& values, const LinkView& link, Language language) {
  if (link.purpose != LinkPurpose::decide || !link.answer) return;
  auto& asked = *values.AddSectionDictionary("ASKED");
  asked["NAME"] = link.answer->name;
  asked["WHAT"] = answer_text(*link.answer, {}, language);
  show_text(asked, "NOTE", link.answer->note);
}

}  // namespace

std::string answer_text(const Answer& answer, const std::string& to, Language language) {
  switch (answer.kind) {
    case AnswerKind::acknowledged:
      return tr(language, "read it");
    case AnswerKind::done:
      return tr(language, "says that it is done");
    case AnswerKind::postpone: {
      std::string when = answer.new_period;
      if (answer.new_date) when = when_text(make_dated(*answer.new_date, answer.new_time), language);
      return tr(language, "asks for another date: {when}", {{"when", when}});
    }
    case AnswerKind::hand_over:
      return to.empty() ? tr(language, "handed it over")
                        : tr(language, "handed it over to {name}", {{"name", to}});
    case AnswerKind::named_day:
      return answer.new_date
                 ? tr(language, "named the day: {when}",
                      {{"when", when_text(make_dated(*answer.new_date, answer.new_time), language)}})
                 : tr(language, "named the day");
    case AnswerKind::accepted:
      return tr(language, "will come");
    case AnswerKind::tentative:
      return tr(language, "will perhaps come");
    case AnswerKind::declined:
      break;
  }
  return tr(language, "cannot come");
}

std::string decision_text(const Answer& answer, Language language) {
  switch (answer.decision) {
    case Decision::none:
      return {};
    case Decision::pending:
      return tr(language, "waits for a decision");
    case Decision::approved:
      return tr(language, "approved");
    case Decision::declined:
      break;
  }
  return tr(language, "sent back");
}

std::string render_answer(const AnswerPage& page, const Frame& frame) {
  const LinkView& link = *page.link;
  const Language language = frame.language;
  const bool open = !page.stored && link.state == StepState::open;
  TemplateDictionary values("answer");
  const auto heading = page.stored ? tr(language, "Thank you") : tr(language, heading_of(link.purpose));
  fill_frame(values, frame, heading, Place::elsewhere);
  values["HEADING"] = heading;
  show_text(values, "ASSOCIATION", link.association);
  if (page.stored) show_text(values, "GOOD", next_text(page, language));
  if (page.stored && link.answer && link.answer->kind == AnswerKind::postpone)
    show_text(values, "SAID", capitalise(answer_text(*link.answer, {}, language)));
  if (!open && !page.stored) show_text(values, "STATE", state_text(link, language));
  fill_event(values, link, language);
  if (open) {
    fill_question(values, link, language);
    if (!link.name.empty()) show_text(values, "AS", link.name);
    fill_form(values, page, frame);
  }
  return render_template("answer.html", language, values);
}

std::string render_no_answer(bool expired, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("answer");
  const auto heading =
      expired ? tr(language, "This link has expired") : tr(language, "This link is not complete");
  fill_frame(values, frame, heading, Place::elsewhere);
  values["HEADING"] = heading;
  show_text(values, "STATE", expired ? tr(language, link_expired) : tr(language, link_broken));
  return render_template("answer.html", language, values);
}

}  // namespace convoke::web
