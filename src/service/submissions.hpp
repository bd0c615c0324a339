// Sending in a paper or an entry, as its author sees it: the form, and the page behind the link of the mails.
// Files are taken only there, once an address has answered: a stranger cannot fill the disk. Nothing that is
// said to whoever fills in a form tells whether an address is known here.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/submission.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

// In code points.
inline constexpr std::size_t longest_paper_title = 500, longest_decision_note = 4'000;
inline constexpr int longest_call_abstract = 20'000;  // that a call may allow

// What the form's page shows.
struct CallOffer {
  Event event;
  Call call;
  RegistrationDoor door = RegistrationDoor::off;
  std::string association;
  std::string consent;           // what is agreed to, in the reader's language
  std::string key;               // goes into the form: when it was asked for, signed
  std::optional<Instant> until;  // the last moment, if one is known

  CallOffer() = default;
};
// Errors: not_found when the event has no call (or is none of ours).
Deferred<CallOffer> call_offer(Context& context, EventId event, Language language);
// Whether the event's page leads to a form.
Deferred<RegistrationDoor> call_door(Context& context, EventId event);

// What an author enters, on either page.
struct PaperEntry {
  std::string title, abstract, section;
  std::string name, institution;        // of the one who is written to
  std::vector<std::string> co_authors;  // "name, institution"

  PaperEntry() = default;
};

struct PaperForm {
  PaperEntry paper;
  std::string key;  // of the form
  std::string email;
  bool consent = false;
  std::string shown_version;  // of the consent text that the page had; empty: not checked
  Language language = Language::uk;

  PaperForm() = default;
};

enum class PaperProblem {
  title,             // missing or too long
  abstract_missing,  //
  abstract_long,     //
  section,           // none of those that there are
  name,              // missing or too long
  institution,       // too long
  co_authors,        // too many, or one too long
  email,             // no address
  consent,           // not given
  consent_changed,   // the text is another one by now
  closed,            // too early, too late, or switched off
  old_form,          // the form's key is none, or too old
  too_fast,          // faster than people write
  file_missing,      // the call asks for one
  file_count,        // as many as there may be
  file_size,         // too large
  file_kind,         // not of a kind that is taken
  file_broken,       // damaged, or not what its name says
  file_runs,         // holds macros
};
std::string_view name_of(PaperProblem problem);

// Takes a form: a mail is on its way, unless something is wrong. The same key twice is answered as the first
// time. Errors: not_found; storage_unavailable.
struct PaperOutcome {
  std::optional<PaperProblem> problem;

  PaperOutcome() = default;
  explicit PaperOutcome(PaperProblem p) : problem(p) {}
};
Deferred<PaperOutcome> send_in(Context& context, EventId event, PaperForm form);

// What the page behind a link shows.
struct PaperView {
  Event event;
  Call call;
  RegistrationDoor door = RegistrationDoor::off;
  Submission mine;
  std::vector<SubmittedFile> files;
  std::vector<std::string> comments;  // of reviewers to the author, once there is a decision
  std::string association;
  bool editable = false;

  PaperView() = default;
};
// Changes nothing. Errors: not_found for what is none of ours.
Deferred<PaperView> view_paper(Context& context, std::string token);

struct PaperAct {
  enum class What { save, submit, resubmit, withdraw, remove_file, erase } what = What::save;
  PaperEntry paper;  // of the first three
  SubmittedFileId file;

  PaperAct() = default;
};
struct PaperActed {
  PaperView view;
  std::optional<PaperProblem> problem;
  bool done = false;  // something was changed just now
  bool gone = false;  // erased: there is nothing to see any more

  PaperActed() = default;
};
// Acting twice changes nothing more. Errors: those of view_paper(); conflict when it does not follow.
Deferred<PaperActed> act_on_paper(Context& context, std::string token, PaperAct act);

// One file more, checked by its bytes. A file of the same name takes the place of the older one. Errors:
// those of view_paper(); storage_unavailable when too much waits.
Deferred<PaperActed> add_paper_file(Context& context, std::string token, std::string name, std::string bytes);

// A file as it is handed out.
struct PaperFile {
  std::string name, bytes;
  SubmittedKind kind = SubmittedKind::pdf;

  PaperFile() = default;
};
// Errors: not_found, also for a file of another's paper.
Deferred<PaperFile> paper_file(Context& context, std::string token, SubmittedFileId file);

}  // namespace convoke::service
