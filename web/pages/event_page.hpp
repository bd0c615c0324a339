// One event with everything a participant or a director asks: when, where, who, what about.
#pragma once

#include "model/registration.hpp"
#include "service/conflicts.hpp"
#include "service/event_history.hpp"
#include "service/occurrence_changes.hpp"
#include "service/participants.hpp"
#include "service/snapshot.hpp"
#include "web/kinds/kind.hpp"
#include "web/pages/event_day.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

struct EventView {
  const Event* event = nullptr;
  const Plan* plan = nullptr;                     // null: not from a plan
  const Organisation* organisation = nullptr;     // null: not known
  const Event* parent = nullptr;                  // what it is a part of
  std::vector<const Event*> parts;                // in the order in which they take place
  std::string source;                             // whose calendar it comes from; empty: it is ours
  std::vector<service::FoundConflict> same_day;   // what stands in its way
  std::vector<calendar::EventOccurrence> coming;  // the next days of a series
  bool day_changed = false;                       // one of them, just now
  bool in_calendar = true;                        // whether a calendar can hold it at all
  // Of its execution, newest first; for organisers only.
  std::optional<std::vector<service::HistoryStep>> history;
  std::optional<EventDayView> day;                 // for organisers only
  std::vector<service::Participant> participants;  // for those who are signed in
  KindView kind;                                   // what its kind looks at; its event is set by the page
  RegistrationDoor registration = RegistrationDoor::off;  // whether people can register
  bool programme = false;                                 // it has one that everybody may read
  RegistrationDoor call = RegistrationDoor::off;          // whether works can be sent in
  bool attends = false;                                   // whether who is signed in takes part
};

std::string render_event(const EventView& view, const Frame& frame);

}  // namespace convoke::web
