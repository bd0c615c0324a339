// The chair's Monday: how an association's plan stands, in one mail. Not sent when there is nothing to say.
#pragma once

#include "db/unit.hpp"
#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoke::notify {

inline constexpr int overview_days = 7;            // what is due within so many days, the first one today
inline constexpr int overview_undated_days = 21;   // a day is missed when its period begins so soon
inline constexpr int overview_overdue_days = 366;  // older than that is history
inline constexpr int overview_silence_days = 14;   // of mails that nobody has answered
inline constexpr std::size_t longest_overview_part = 30;

struct Overview {
  // One event, or one occurrence of a series as it is then; `day`: when it is due, was due, was asked about.
  struct Line {
    Event event;
    Date day{};
  };
  struct Waiting {
    Answer answer;
    Event event;
  };
  struct Lost {
    std::string who, why;
    Event event;  // without an id: the mail was about none
  };
  Date today{};
  std::vector<Line> due, overdue, unanswered, undated;
  std::vector<Waiting> waiting;
  std::vector<Lost> lost;  // mails of the last week that failed

  bool empty() const {
    return due.empty() && overdue.empty() && unanswered.empty() && undated.empty() && waiting.empty() &&
           lost.empty();
  }
};

// Of the association's events (0: of those without one), on the day that `now` is in `zone`. Throws
// StorageError only.
Overview overview_of(db::Unit& unit, OrganisationId organisation, Instant now, const std::string& zone);

// Pure.
MailText write_overview(const Overview& overview, const Person& reader, const MailSettings& settings,
                        const TemplateText& text);

}  // namespace convoke::notify
