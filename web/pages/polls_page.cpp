#include "web/pages/polls_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string day_text(const PollDay& one, Language language) {
  return weekday_short(one.day, language) + ", " +
         when_text(make_dated(one.day, one.time, one.end_time), language);
}

// The last day on which answers are taken.
std::string last_day_text(const Poll& poll, const Event& event, Language language) {
  return date_text(civil_date(poll.deadline - std::chrono::seconds{1}, service::zone_of(event)), language);
}

std::string choice_label(PollChoice choice, Language language) {
  switch (choice) {
    case PollChoice::yes:
      return tr(language, "yes");
    case PollChoice::if_need_be:
      return tr(language, "if need be");
    case PollChoice::no:
      break;
  }
  return tr(language, "no");
}

void fill_event_head(TemplateDictionary& values, const Event& event, Language language) {
  values["HREF"] = event_path(event.id);
  values["TITLE"] = event.title;
  values["WHEN"] = when_text(event.period, language);
}

std::string new_poll_problem(const std::string& problem, Language language) {
  if (problem.empty()) return {};
  if (problem.starts_with("people"))
    return tr(language, "Choose who is asked: a group or people, 300 at most.");
  if (problem.starts_with("last_day"))
    return tr(language, "Choose until when answers are taken: from today, before the last of the days.");
  if (problem.starts_with("days"))
    return tr(language, "Name two to eight days to come; a time needs its beginning.");
  return tr(language, "This could not be used. Look at the days and the note once more.");
}

void fill_days(TemplateDictionary& values, const NewPollForm& form, Language language) {
  for (std::size_t i = 0; i < form.days.size(); ++i) {
    auto& day = *values.AddSectionDictionary("DAY");
    day["INDEX"] = std::to_string(i);
    day["DAY_LABEL"] = tr(language, "Day {n}", {{"n", std::to_string(i + 1)}});
    day["DATE"] = form.days[i].date;
    day["TIME"] = form.days[i].time;
    day["END"] = form.days[i].end_time;
  }
}

void fill_answers(TemplateDictionary& values, const service::PollView& view, Language language) {
  for (std::size_t i = 0; i < view.voices.size(); ++i) {
    const auto& voice = view.voices[i];
    if (!voice.answered) {
      auto& silent = *values.AddSectionDictionary("SILENT");
      silent["NAME"] = voice.name;
      if (view.unreached[i]) silent.ShowSection("UNREACHED");
      continue;
    }
    auto& row = *values.AddSectionDictionary("VOICE");
    row["NAME"] = voice.name;
    show_text(row, "NOTE", voice.note);
    for (std::size_t day = 0; day < voice.choices.size(); ++day) {
      auto& cell = *row.AddSectionDictionary("CHOICE");
      cell["CHOICE_NAME"] = std::string(name_of(voice.choices[day]));
      cell["CHOICE_LABEL"] = choice_label(voice.choices[day], language);
      cell["DAY_LABEL"] = day_text(view.poll.days[day], language);
    }
  }
}

void fill_tallies(TemplateDictionary& values, const service::PollView& view, bool may_choose, Date today,
                  const Frame& frame) {
  const Language language = frame.language;
  const bool answered = std::any_of(view.tallies.begin(), view.tallies.end(), [](const PollTally& one) {
    return one.yes + one.if_need_be + one.no > 0;
  });
  for (std::size_t rank = 0; rank < view.ranking.size(); ++rank) {
    const auto at = view.ranking[rank];
    const auto& tally = view.tallies[at];
    auto& day = *values.AddSectionDictionary("TALLY");
    day["DAY_LABEL"] = day_text(view.poll.days[at], language);
    day["YES"] = std::to_string(tally.yes);
    day["MAYBE"] = std::to_string(tally.if_need_be);
    day["NO"] = std::to_string(tally.no);
    if (rank == 0 && answered && !view.poll.closed) day.ShowSection("BEST");
    if (view.poll.winner == at) day.ShowSection("WINNER");
    if (!may_choose || view.poll.days[at].day < today) continue;
    auto& choose = *day.AddSectionDictionary("CHOOSE");
    choose["ACTION"] = poll_path(view.poll.id) + "/close";
    choose["CSRF"] = frame.csrf;
    choose["VALUE"] = std::to_string(at);
    if (rank != 0) choose.ShowSection("QUIET");
    choose["CHOOSE_LABEL"] =
        tr(language, "Fix this day: {day}", {{"day", day_text(view.poll.days[at], language)}});
  }
  for (const auto& one : view.poll.days)
    (*values.AddSectionDictionary("COLUMN"))["DAY_LABEL"] = day_text(one, language);
}

std::string poll_state(const PollDesk& desk, Language language) {
  const auto& poll = desk.view.poll;
  if (poll.winner)
    return tr(language, "Closed. The chosen day: {day}.",
              {{"day", day_text(poll.days[*poll.winner], language)}});
  if (poll.closed) return tr(language, "Closed without a day.");
  if (desk.now >= poll.deadline)
    return tr(language, "Time is up: nobody can answer any more. Choose the day.");
  return tr(language, "Answers are taken until the end of {date}.",
            {{"date", last_day_text(poll, desk.view.event, language)}});
}

std::string done_note(const PollDesk& desk, Language language) {
  if (desk.done == "opened")
    return tr(language, "The question is on its way. Each answer shows here as it comes.");
  if (desk.done == "reminded") return tr(language, "Those who have not answered get one more mail.");
  if (desk.done == "closed" && desk.view.poll.winner)
    return tr(language, "The day is fixed. Mails and calendars follow by themselves.");
  return {};
}

}  // namespace

std::string poll_path(PollId poll) {
  return "/manage/polls/" + std::to_string(poll.value);
}

std::string new_poll_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/poll";
}

std::string render_new_poll(const service::PollChoices& choices, const service::DayChoice& days,
                            const NewPollForm& form, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("new poll");
  fill_manage_frame(values, frame, tr(language, "Which day suits?"), Desk::plans);
  fill_event_head(values, choices.event, language);
  values["ACTION"] = new_poll_path(choices.event.id);
  values["CSRF"] = frame.csrf;
  show_text(values, "PROBLEM", new_poll_problem(form.problem, language));
  if (!days.free.empty()) fill_free_days(*values.AddSectionDictionary("FREE"), days.free, language);
  fill_days(values, form, language);
  for (std::size_t i = 0; i < choices.groups.size(); ++i) {
    auto& group = *values.AddSectionDictionary("GROUP");
    group["VALUE"] = std::to_string(choices.groups[i].id.value);
    group["NAME"] = choices.groups[i].name;
    group["SIZE"] = trn(language, "{n} person", "{n} people", static_cast<long>(choices.group_sizes[i]));
    if (form.groups.contains(choices.groups[i].id)) group.ShowSection("CHOSEN");
  }
  for (const auto& person : choices.people) {
    auto& one = *values.AddSectionDictionary("PERSON");
    one["VALUE"] = std::to_string(person.id.value);
    one["NAME"] = person.name;
    show_text(one, "POST", person.post);
    if (person.email.empty()) one.ShowSection("NO_ADDRESS");
    if (form.people.contains(person.id)) one.ShowSection("CHOSEN");
  }
  if (choices.people.empty()) values.ShowSection("NOBODY");
  values["NOTE"] = form.note;
  values["LAST_DAY"] = form.last_day;
  return render_template("manage_poll_new.html", language, values);
}

std::string render_poll(const PollDesk& desk, const Frame& frame) {
  const Language language = frame.language;
  const auto& view = desk.view;
  const auto zone = service::zone_of(view.event);
  TemplateDictionary values("poll");
  fill_manage_frame(values, frame, tr(language, "Which day suits?"), Desk::plans);
  fill_event_head(values, view.event, language);
  show_text(values, "DONE", done_note(desk, language));
  values["STATE"] = poll_state(desk, language);
  const auto asked = view.voices.size();
  const auto answered = static_cast<std::size_t>(std::count_if(
      view.voices.begin(), view.voices.end(), [](const PollVoice& one) { return one.answered.has_value(); }));
  values["COUNT"] = tr(language, "{answered} of {asked} have answered",
                       {{"answered", std::to_string(answered)}, {"asked", std::to_string(asked)}});
  show_text(values, "QUESTION", view.poll.note);
  const bool may_choose = !view.poll.closed && service::may_be_dated(view.event);
  fill_tallies(values, view, may_choose, civil_date(desk.now, zone), frame);
  if (answered > 0) values.ShowSection("TABLE");
  fill_answers(values, view, language);
  if (answered < asked) values.ShowSection("MISSING");
  if (view.takes_answers && answered < asked && !view.poll.reminded) {
    auto& remind = *values.AddSectionDictionary("REMIND");
    remind["ACTION"] = poll_path(view.poll.id) + "/remind";
    remind["CSRF"] = frame.csrf;
  }
  if (view.poll.reminded)
    show_text(values, "REMINDED",
              tr(language, "Reminded on {date}.",
                 {{"date", date_text(civil_date(*view.poll.reminded, zone), language)}}));
  if (!view.poll.closed) {
    auto& end = *values.AddSectionDictionary("END");
    end["ACTION"] = poll_path(view.poll.id) + "/close";
    end["CSRF"] = frame.csrf;
  }
  return render_template("manage_poll.html", language, values);
}

std::string render_poll_link(const service::PollPage& page, bool problem, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("poll link");
  fill_frame(values, frame, tr(language, "Which day suits you?"), Place::elsewhere);
  fill_event_head(values, page.event, language);
  show_text(values, "ASSOCIATION", page.association);
  show_text(values, "PLACE", page.event.place);
  show_text(values, "QUESTION", page.poll.note);
  show_text(values, "ASKS", page.poll.keeper_name);
  values["AS"] = page.voice.name;
  const auto last = last_day_text(page.poll, page.event, language);
  if (page.stored)
    show_text(values, "GOOD",
              tr(language, "Thank you, your answer is kept. You can change it until the end of {date}.",
                 {{"date", last}}));
  if (problem) values.ShowSection("PROBLEM");
  if (!page.takes_answers) {
    const bool dated = page.event.period.is_dated();
    show_text(values, "STATE",
              dated ? tr(language, "The poll is over. The day is fixed: {when}.",
                         {{"when", when_text(page.event.period, language)}})
                    : tr(language, "The poll is over: answers are not taken any more."));
  }
  const char* const section = page.takes_answers ? "FORM" : "SAID";
  if (!page.takes_answers && !page.voice.answered) return render_template("poll.html", language, values);
  auto& form = *values.AddSectionDictionary(section);
  form["ACTION"] = frame.address;
  form["NOTE_VALUE"] = page.voice.note;
  form["UNTIL"] = last;
  form["BUTTON"] = page.voice.answered ? tr(language, "Change my answer") : tr(language, "Send my answer");
  for (std::size_t i = 0; i < page.poll.days.size(); ++i) {
    auto& day = *form.AddSectionDictionary("DAY");
    day["INDEX"] = std::to_string(i);
    day["DAY_LABEL"] = day_text(page.poll.days[i], language);
    const bool answered = i < page.voice.choices.size();
    for (const auto choice : {PollChoice::yes, PollChoice::if_need_be, PollChoice::no}) {
      const bool said = answered && page.voice.choices[i] == choice;
      if (!page.takes_answers && !said) continue;
      auto& option = *day.AddSectionDictionary("CHOICE");
      option["CHOICE_NAME"] = std::string(name_of(choice));
      option["CHOICE_LABEL"] = choice_label(choice, language);
      if (said) option.ShowSection("CHOSEN");
    }
  }
  return render_template("poll.html", language, values);
}

}  // namespace convoke::web
