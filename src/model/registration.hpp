// Taking part in an event: the form that people fill in, and the life of one registration from the form to
// the door. A place is taken when the form comes in, is held for a day until its mail is answered, and goes
// to the next who waits as soon as somebody gives it back. Pure: what is free is the storage's to know
// (db/registrations.hpp), and it comes here as an argument.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke {

using RegistrationId = Id<struct RegistrationTag>;

// How somebody takes part; the places of each are counted apart.
enum class AttendanceFormat { hall, online };
inline constexpr std::array all_attendance_formats = {AttendanceFormat::hall, AttendanceFormat::online};
std::string_view name_of(AttendanceFormat format);
std::optional<AttendanceFormat> attendance_format_of(std::string_view name);

enum class RegistrationState {
  submitted,   // the form came in; the mail waits for an answer
  pending,     // confirmed; the organiser decides
  waiting,     // confirmed; every place is taken
  registered,  // has a place
  attended,    // was at the door
  cancelled,   // by themselves or by the organiser
  lapsed,      // the mail was not answered in time
  refused,     // by the organiser
};
inline constexpr std::size_t registration_state_count = 8;
std::string_view name_of(RegistrationState state);
std::optional<RegistrationState> registration_state_of(std::string_view name);

// What happens to a registration.
enum class RegistrationStep {
  confirm,    // the link of the mail was answered
  approve,    // the organiser agrees
  refuse,     // the organiser does not
  promote,    // a place was freed, and it is this one's turn
  cancel,     // does not come
  lapse,      // the time to confirm is over
  attend,     // came through the door
  undo_door,  // the door was wrong
};
inline constexpr std::size_t registration_step_count = 8;
std::string_view name_of(RegistrationStep step);
std::optional<RegistrationStep> registration_step_of(std::string_view name);

// What a step depends on besides the state.
struct Circumstances {
  bool moderated = false;     // the organiser decides about each
  bool has_place = false;     // one is held already, or could be taken just now
  bool waiting_list = false;  // who finds no place may wait

  constexpr Circumstances() = default;
  constexpr Circumstances(bool m, bool p, bool w) : moderated(m), has_place(p), waiting_list(w) {}
};

// The state after the step: the one table that says what may follow what. Errors: conflict when the step does
// not follow the state, or there is no place and no list to wait on.
Result<RegistrationState> next_state(RegistrationState from, RegistrationStep step,
                                     const Circumstances& circumstances = {});

// A place is this one's for good: registered or attended.
constexpr bool takes_part(RegistrationState state) {
  return state == RegistrationState::registered || state == RegistrationState::attended;
}
// May still come: everything but cancelled, lapsed and refused.
constexpr bool is_alive(RegistrationState state) {
  return state <= RegistrationState::attended;
}

inline constexpr std::chrono::hours place_held_for{24};  // from the form to the answer to its mail
inline constexpr std::chrono::hours nudged_after{20};    // one nudge before it lapses
inline constexpr std::size_t largest_party = 10;         // people whom one form registers
inline constexpr std::size_t most_form_fields = 30;      // that an organiser adds
inline constexpr int most_places = 100'000;

// What the organiser asks besides name, e-mail and institution.
enum class FieldKind { text, long_text, choice, number, consent, file };
std::string_view name_of(FieldKind kind);
std::optional<FieldKind> field_kind_of(std::string_view name);

struct FieldWords {
  std::string label, help;
  std::vector<std::string> choices;  // of a choice, in the order of those of the other languages

  bool operator==(const FieldWords&) const = default;
};

struct FormField {
  std::string key;  // "f1"; never given again within a form
  FieldKind kind = FieldKind::text;
  bool required = false;
  std::array<FieldWords, 4> words;  // by language; an empty label borrows from the first that has one

  bool operator==(const FormField&) const = default;
};
// In this language, or the first that the organiser wrote.
const std::string& label_in(const FormField& field, Language language);
const std::string& help_in(const FormField& field, Language language);
// As many as the first language with choices has; one that is missing is borrowed.
std::vector<std::string> choices_in(const FormField& field, Language language);

struct FormatPlaces {
  bool offered = false;
  std::optional<int> places;  // none: as many as come
  int taken = 0;              // the storage counts it; never above `places`

  bool operator==(const FormatPlaces&) const = default;
};

// The registration of one event.
struct RegistrationForm {
  EventId event;
  bool on = false;                       // the organiser opened it
  std::optional<Instant> opens, closes;  // none: at once; until the event begins
  std::optional<Instant> first_closes;   // before it was extended
  std::array<FormatPlaces, 2> formats;   // by AttendanceFormat
  bool moderated = false;
  bool waiting_list = true;
  std::vector<FormField> fields;
  int last_field = 0;  // the highest number that was in a key; so that of a field that was removed
  std::array<std::string, 4> consent;  // own texts by language; empty: the shipped one
  std::string join_url;                // absolute http(s), for those who are registered alone; or empty
  int keep_months = 12;                // after the event; then answers are erased and figures stay
  std::string told;                    // what the registered know of the event (notify/registration_news.hpp)
  std::optional<Instant> erased;       // when the answers were

  RegistrationForm() = default;
  FormatPlaces& of(AttendanceFormat format) { return formats.at(static_cast<std::size_t>(format)); }
  const FormatPlaces& of(AttendanceFormat format) const {
    return formats.at(static_cast<std::size_t>(format));
  }
  bool operator==(const RegistrationForm&) const = default;
};

enum class RegistrationDoor { off, not_yet, open, closed };
// Whether somebody may register at `now`. `last`: when the event begins, or ends to be held; none: not known.
RegistrationDoor door_of(const RegistrationForm& form, std::optional<Instant> last, Instant now);

// What somebody agreed to (threats I1).
struct Consent {
  std::string version;  // first 16 hexadecimal digits of the hash of the text; empty: not asked yet
  std::string purpose;
  Instant at{};
  std::string channel;  // "form", "organiser", "api", "door", "invitation"; "hand_over": not yet; "link"

  bool operator==(const Consent&) const = default;
};

struct Registration {
  RegistrationId id;
  EventId event;
  std::string code;   // random: what links are made of; another one after a hand-over
  std::string party;  // random, of the form: shared by those whom it registered, the first of whom gets the
                      // mails; a form that comes twice is known by it
  RegistrationState state = RegistrationState::submitted;
  AttendanceFormat format = AttendanceFormat::hall;
  bool holds_place = false;
  std::string name, email, institution;  // e-mail in lower case
  Language language = Language::uk;
  std::vector<std::pair<std::string, std::string>> answers;  // key of the field, what was answered
  std::int64_t queued = 0;                                   // place in the waiting list; 0: on none
  Instant submitted{};
  std::optional<Instant> confirmed, settled;  // answered the mail; last step
  std::optional<Instant> held_until;          // of a place that is not confirmed yet
  Consent consent;

  Registration() = default;
  bool operator==(const Registration&) const = default;
};

}  // namespace convoke
