// What readers may choose a calendar by, counted over what is published: the one list from which the
// ready-made calendars, the boxes of the builder and the name of a chosen calendar are made.
#pragma once

#include "service/presentation.hpp"
#include "service/snapshot.hpp"

#include <string>
#include <vector>

namespace convoke::web {

struct FeedChoice {
  std::string value;         // of the filter: "meeting", "17"
  std::string text;          // what a reader sees
  long events = 0;           // that it would give, alone
  calendar::FeedQuery only;  // this choice and nothing else
  bool chosen = false;
};

struct FeedChoiceGroup {
  std::string key;      // of the filter: "kind"
  std::string label;    // "Kind of event"
  std::string heading;  // "By kind of event"
  std::vector<FeedChoice> choices;
};

// In the order of a reader's interest; a group that would offer nothing to choose between is left out unless
// something of it is chosen.
std::vector<FeedChoiceGroup> choices_of(const service::Snapshot& snapshot, const calendar::FeedQuery& chosen,
                                        Language language);

// The same query in fewer words: people whom the directory knows by number (an address stays short and
// survives a change of name), and a heading that holds commas once and not in pieces.
calendar::FeedQuery shortest(calendar::FeedQuery query, const service::Snapshot& snapshot);

// "Засідання · Семінар": what a chosen calendar holds, in words. `query` is of shortest().
std::string name_of_choice(const calendar::FeedQuery& query, const service::Snapshot& snapshot,
                           Language language);

// How the calendar is called where it stands alone, as a program or a poster shows it: its association and
// what is chosen of it.
std::string calendar_name(const calendar::FeedQuery& query, const service::Snapshot& snapshot,
                          Language language);

// The same for one choice, whose words are known already.
std::string calendar_name(const FeedChoice& choice, const service::Snapshot& snapshot);

// The association whose calendar it is; null when it is several's.
const Organisation* publisher_of(const calendar::FeedQuery& query, const service::Snapshot& snapshot);

}  // namespace convoke::web
