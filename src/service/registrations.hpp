// Registering for an event, as whoever wants to come sees it: the form, and the page behind the link of the
// mails. Nothing that is said to whoever fills in a form tells whether an address is known here, and nothing
// of one registration is shown without its link.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/registration.hpp"
#include "model/submission.hpp"
#include "service/context.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

// Mails to an address that nobody has confirmed, in twenty-four hours (threats M3).
inline constexpr int most_unconfirmed_mails = 3;
// A form is not filled in faster than this, and not sent after a day.
inline constexpr std::chrono::seconds fastest_form{2};
inline constexpr std::chrono::hours form_lifetime{24};
// In code points.
inline constexpr std::size_t longest_registration_name = 150, longest_institution = 300,
                             longest_field_answer = 4'000;

// What the form's page shows.
struct RegistrationOffer {
  Event event;
  RegistrationForm form;
  RegistrationDoor door = RegistrationDoor::off;
  std::string association;
  std::string consent;           // what is agreed to, in the reader's language
  std::array<bool, 2> full{};    // by format: whoever comes now waits, or is turned away
  std::string key;               // goes into the form: when it was asked for, signed
  std::optional<Instant> until;  // the last moment to register, if one is known

  RegistrationOffer() = default;
};

// Whether whoever comes now finds no place, however they take part.
bool nothing_free(const RegistrationOffer& offer);

// Errors: not_found when the event has no registration (or is none of ours).
Deferred<RegistrationOffer> registration_offer(Context& context, EventId event, Language language);

// The same inside the caller's transaction, also when registration is switched off.
Result<RegistrationOffer> offer_of(db::Unit& unit, EventId event, Language language, Instant now);

// Whether the event's page leads to a form.
Deferred<RegistrationDoor> registration_door(Context& context, EventId event);

enum class RegistrationProblem {
  name,             // missing or too long
  email,            // no address
  institution,      // too long
  field,            // one of the organiser's own: `field` says which
  format,           // none chosen, or not offered
  consent,          // not given
  consent_changed,  // the text is another one by now
  colleagues,       // too many, or a name too long
  full,             // every place is taken and nobody may wait
  closed,           // too early, too late, or switched off
  old_form,         // the form's key is none, or too old
  too_fast,         // faster than people write
  file_missing,     // of a field that must have one; so below, `field` says which
  file_size,        // larger than largest_registration_file
  file_kind,        // not of a kind that is taken
  file_broken,      // empty, damaged, or not what its name says
  file_runs,        // holds macros
  files_full,       // no room for more
};
std::string_view name_of(RegistrationProblem problem);

// A file as it came in. What look_at() (service/registration_files.hpp) finds out stands behind its bytes.
struct SentFile {
  std::string field, name;
  std::shared_ptr<const std::string> bytes;
  SubmittedKind kind = SubmittedKind::pdf;
  std::string digest;
  std::optional<RegistrationProblem> problem;

  SentFile() = default;
  SentFile(std::string f, std::string n, std::string b)
      : field(std::move(f)), name(std::move(n)), bytes(std::make_shared<const std::string>(std::move(b))) {}
};

struct RegistrationEntry {
  std::string key;  // of the form
  std::string name, email, institution;
  std::optional<AttendanceFormat> format;                    // none: the only one that is offered
  std::vector<std::pair<std::string, std::string>> answers;  // key of the field, what was entered
  std::vector<std::string> colleagues;                       // names of others of the party
  std::vector<SentFile> files;                               // for fields that ask for one
  bool consent = false;
  std::string shown_version;  // of the consent text that the page had; empty: not checked
  Language language = Language::uk;
  bool organiser = false;         // entered by the organiser: no mail to confirm, no deadline
  bool answers_optional = false;  // from a table or a program, which cannot hold all that the form requires
  bool proven = false;            // by an invitation: no mail to confirm, and no form's key
  std::string channel = "form";

  RegistrationEntry() = default;
};

struct RegistrationOutcome {
  std::optional<RegistrationProblem> problem;  // none: a mail is on its way
  std::string field;                           // key of the organiser's field
  RegistrationId id;                           // of the first of the party, for programs; 0 for a form
  bool files_left_out = false;                 // no room for them just now: the link of the mail takes them

  RegistrationOutcome() = default;
};

// Takes a form. The same key twice, or an address that is registered already, is answered as the first time.
// Errors: not_found; storage_unavailable.
Deferred<RegistrationOutcome> register_for(Context& context, EventId event, RegistrationEntry entry);

// What the page behind a link shows.
struct RegistrationLinkView {
  Event event;  // with the address for those who are registered
  RegistrationForm form;
  RegistrationDoor door = RegistrationDoor::off;
  Registration mine;
  std::vector<Registration> party;
  std::string association, consent;
  int before = 0;            // of a waiting one: how many wait in front
  bool in_calendar = false;  // a calendar can hold the event

  RegistrationLinkView() = default;
};

// Changes nothing. Errors: not_found for what is none of ours.
Deferred<RegistrationLinkView> view_registration(Context& context, std::string token);
// The same inside the caller's transaction.
Result<RegistrationLinkView> registration_behind(db::Unit& unit, const std::string& token, Instant now);

struct RegistrationAct {
  enum class What { confirm, cancel, change, hand_over, agree, erase } what = What::confirm;
  RegistrationId who;  // of the party; 0: all that it can be done with
  std::string name, email, institution;
  std::vector<std::pair<std::string, std::string>> answers;
  // Of agree: the box, and the version of the text that the page had, in which language.
  bool consent = false;
  std::string shown_version;
  Language language = Language::uk;

  RegistrationAct() = default;
};

struct RegistrationActed {
  RegistrationLinkView view;
  std::optional<RegistrationProblem> problem;
  std::string field;
  bool done = false;    // something was changed just now
  bool handed = false;  // a place was handed over
  bool moved = false;   // that of the link: it acts no more
  bool erased = false;  // so are the data that it led to

  RegistrationActed() = default;
};

// Acting twice changes nothing more. Errors: those of view_registration().
Deferred<RegistrationActed> act_on_registration(Context& context, std::string token, RegistrationAct act);

}  // namespace convoke::service
