#include "notify/answer_text.hpp"

#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"

#include <utility>

namespace convoke::notify {
namespace {

// The day that is asked for or was named, as the reader's language prints it.
std::string new_day(const Answer& answer, Language language) {
  if (!answer.new_date) return answer.new_period;
  return calendar::format_period(make_dated(*answer.new_date, answer.new_time), language);
}

MailWord word_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::acknowledged:
      return MailWord::said_acknowledged;
    case AnswerKind::done:
      return MailWord::said_done;
    case AnswerKind::postpone:
      return MailWord::said_postpone;
    case AnswerKind::hand_over:
      return MailWord::said_hand_over;
    case AnswerKind::named_day:
      return MailWord::said_named_day;
    case AnswerKind::accepted:
      return MailWord::said_accepted;
    case AnswerKind::tentative:
      return MailWord::said_tentative;
    case AnswerKind::declined:
      break;
  }
  return MailWord::said_declined;
}

// Which sentence speaks of the answer: the place that holds who gave it.
std::string_view place_of_answer(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::done:
      return "done_by";
    case AnswerKind::postpone:
      return "postponed_by";
    case AnswerKind::hand_over:
      return "handed_by";
    case AnswerKind::named_day:
      return "day_by";
    case AnswerKind::declined:
      return "declined_by";
    default:
      break;
  }
  return "who";
}

void set_links(MailValues& values, std::vector<Button> links) {
  if (!links.empty()) values.set("answers", std::vector<Block>{Buttons{std::move(links)}});
}

}  // namespace

MailText write_answer(const Answer& answer, const std::string& to, const Event& event, const Person& reader,
                      const MailSettings& settings, const TemplateText& text, std::vector<Button> links) {
  const Language language = reader.language;
  MailValues values;
  set_event(values, event, reader, settings);
  values.set("answer", mail_word(word_of(answer.kind), language));
  values.set("who", answer.name);
  values.set(place_of_answer(answer.kind), answer.name);
  values.set("new_date", new_day(answer, language));
  values.set("to", to);
  values.set("note", answer.note);
  set_links(values, std::move(links));
  return fill_template(text, ReminderReason::answer, values);
}

MailText write_decision(const Answer& answer, const Event& event, const Person& reader,
                        const MailSettings& settings, const TemplateText& text, std::vector<Button> links) {
  const Language language = reader.language;
  const bool approved = answer.decision == Decision::approved;
  const std::string period = calendar::format_period(event.period, language);
  MailValues values;
  set_event(values, event, reader, settings);
  values.set("decision",
             mail_word(approved ? MailWord::decided_approved : MailWord::decided_declined, language));
  values.set("who", answer.decided_by);
  if (answer.kind == AnswerKind::postpone)
    values.set(approved ? "moved_to" : "day_refused", approved ? new_day(answer, language) : period);
  else
    values.set(approved ? "closed" : "sent_back", period);
  values.set("note", answer.decision_note);
  set_links(values, std::move(links));
  return fill_template(text, ReminderReason::decision, values);
}

}  // namespace convoke::notify
