// What an event's page shows beyond what every event has, by its kind: one descriptor a kind, each in a file
// of its own and in one line of the table in kinds.cpp.
#pragma once

#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/language.hpp"

#include <string>
#include <vector>

namespace convoke::web {

// What a descriptor may look at.
struct KindView {
  const Event* event = nullptr;
  Date today{};
  bool organiser = false;       // may see what is for organisers
  std::vector<Answer> answers;  // to the event, oldest first; for organisers
  struct Institution {
    std::string name, contact;  // as the directory has it
  };
  std::vector<Institution> institutions;  // that the event names; for organisers

  KindView() = default;
};

struct KindFact {
  std::string label, text;
  bool late = false;     // what should have been there by now
  bool plan_words = true;  // in the words of the plan
};

struct KindDescriptor {
  EventKind kind;
  // Keys of the catalogs: what its agenda, its parts and the document that remains of it are called.
  const char* agenda;
  const char* parts;
  const char* minutes;
  std::vector<KindFact> (*facts)(const KindView& view, Language language);  // null: none of its own
};

// One for each kind.
const KindDescriptor& descriptor_of(EventKind kind);

// The descriptors, each in its own file.
extern const KindDescriptor meeting_kind, conference_kind, seminar_kind, round_table_kind, competition_kind,
    consultation_kind, training_kind, excursion_kind, event_kind, report_kind, task_kind, ongoing_task_kind,
    goal_kind;

}  // namespace convoke::web
