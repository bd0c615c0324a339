// What needs one person now: work of theirs that is late, that waits for a day or an answer, that is due
// soon; and how much waits for their decision.
#pragma once

#include "base/deferred.hpp"
#include "notify/answer_links.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"
#include "service/control.hpp"

#include <string>
#include <vector>

namespace convoke::service {

// A step that the person may take, with the token of its page ("/answer/…"): the very pages that mails lead
// to.
struct MyStep {
  notify::LinkPurpose purpose = notify::LinkPurpose::done;
  std::string token;
};

struct MyItem {
  ControlRow row;
  bool asked = false;         // a mail about it left, and nobody has answered since
  std::vector<MyStep> steps;  // the most likely first
};

struct MyWork {
  bool known = false;           // whether the account stands for a person; if not, nothing is theirs
  std::vector<MyItem> overdue;  // the longest first
  std::vector<MyItem> to_date;  // nobody has named the day, and the period begins soon or has begun
  std::vector<MyItem> coming;   // due within days_ahead, the next first
  std::vector<MyItem> asked;    // asked about, and due later than that
  int waiting = 0;              // answers of others that wait for this person's decision
  Date today{};
};

// The links act so long; the page is made anew whenever it is opened.
inline constexpr std::chrono::hours my_link_lifetime{24};

// `link_key`: what signs the links (answers.hpp). Errors: storage_unavailable.
Deferred<MyWork> work_of(Context& context, const SignedIn& who, std::string link_key);

}  // namespace convoke::service
