// A conference's programme within the caller's transaction: its talks are events that follow it.
#pragma once

#include "base/result.hpp"
#include "model/programme.hpp"
#include "service/event_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t longest_speaker = 300;  // code points, with the institution

// With the words of its talks, and every talk that no section has in `unplaced`; an empty one when nothing is
// stored. Parts of the conference that stand for themselves (is_talk) are not in it.
Programme load_programme(db::Unit& unit, const Event& conference);

// Puts `wanted` in the place of what there is: talks without a number become events, talks that it does not
// name are removed, and all that a section has are given their day, hours, room and section. Errors: conflict
// unless wanted.version is the stored one; invalid_input for a text that is missing, a talk of another event,
// a section that is not over by midnight; limit_exceeded. Each message begins with what is wrong: "'title'".
Result<Programme> store_programme(const Writing& writing, const Event& conference, Programme wanted);

struct NewTalk {
  std::string title;
  std::vector<std::string> speakers;  // "Surname N. P., institution"
  std::string abstract;
  std::optional<int> section;  // at the end of this one; none, or one without room: it waits for a section
  int minutes = usual_row;

  NewTalk() = default;
};
// Adds a talk to the programme, which begins with it when there is none: what was accepted after a call for
// papers. The number of its event; 0 while it waits, for it becomes one when a section takes it. Errors:
// not_found, as store_programme.
Result<EventId> add_talk(const Writing& writing, EventId conference, const NewTalk& talk);

// After the conference itself was stored: its talks move with its day, and are cancelled and held with it.
void follow_conference(const Writing& writing, const Event& before, const Event& conference);
// Before the conference is removed: its talks are gone with it, their words stay in the programme.
void remove_talks(const Writing& writing, const Event& conference);
// After it was put back: its talks are events again, new ones.
void restore_talks(const Writing& writing, const Event& conference);

}  // namespace convoke::service
