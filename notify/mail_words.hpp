// The words that stand in the blocks of mails: labels, buttons, what is counted. One file a language
// (notify/templates/<language>/words.txt), beside the texts of the mails themselves.
#pragma once

#include "model/language.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::notify {

enum class MailWord {
  // facts
  what,
  when,
  place,
  online,
  role,
  together,
  leads,  // the recipient's role
  assists,
  // days
  today,
  tomorrow,
  ahead,  // {days}
  // counted: the forms for 1, 2-4, and 5 and more, with " | " between them (English: 1, others)
  days,
  items,
  changes,
  // buttons
  acknowledge,
  done,
  postpone,
  hand_over,
  name_day,
  accept,
  decline,
  decide,
  confirm,
  unsubscribe,
  rhythm_choice,
  control_page,
  news_page,
  // what a mail about an answer, a decision, an invitation is called
  said_acknowledged,
  said_done,
  said_postpone,
  said_hand_over,
  said_named_day,
  said_accepted,
  said_tentative,
  said_declined,
  decided_approved,
  decided_declined,
  invited,
  invited_again,
  called_off,
  released,
  open_mail,
  // lines of digests
  line_upcoming,     // {When}, {period}
  line_deadline,     // {when}, {date}
  line_fix_date,     // {period}
  line_check_in,     // {period}
  line_overdue,      // {days}, {date}
  line_responsible,  // {who}
  line_no_answer,    // {date}: of the mail that nobody answered to
  line_new_date,     // {new_date}
  line_unreached,    // {who}, {why}
  // lines of what changed; {period}, {before}
  line_added,
  line_dated,
  line_moved,
  line_moved_now,  // {period}: nobody knows where from
  line_cancelled,
  line_removed,
  line_text_changed,
  more,        // {count}: there are more than the mail shows
  everything,  // of a plan: no filter
  daily,
  weekly,
  // of date polls
  poll_days,    // above the list of days
  poll_answer,  // a button
  poll_tally,   // {yes}, {maybe}, {no}: how many people
  poll_choose,  // a button
  // buttons of mails about accounts
  begin_account,
  sign_in,
  // mails about registrations
  confirm_registration,
  my_registration,
  in_the_hall,
  // mails about calls for papers
  confirm_submission,
  my_submission,
  open_reviews,
  // mails that bring a certificate
  my_certificate,
  // mails that ask somebody to register
  register_me,
  cannot_come,
};
inline constexpr std::size_t mail_word_count = static_cast<std::size_t>(MailWord::cannot_come) + 1;

// As the file has it. Throws std::logic_error when a file of the program lacks a word (a test reads them
// all).
std::string_view mail_word(MailWord word, Language language);
// The name that a word has in its file: "line_overdue".
std::string_view name_of(MailWord word);

// A word with its places filled: worded(MailWord::line_overdue, uk, {{"days", "3 дні"}, {"date", "…"}}).
using WordValues = std::vector<std::pair<std::string_view, std::string>>;
std::string worded(MailWord word, Language language, const WordValues& values);

// "3 дні", "5 дней", "21 день", "1 day". `forms` is one of the counted words.
std::string counted(int count, MailWord forms, Language language);

// "сьогодні", "завтра", "через 3 дні", "через 5 дней", "праз 2 дні", "in 3 days"; what is past counts as
// today.
std::string in_days(int days, Language language);

}  // namespace convoke::notify
