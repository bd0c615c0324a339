// The repository of calls for papers: what was sent in, its files, who reviews it. Part of db/unit.hpp. Files
// are rows like everything else: they are durable with the row that names them, go into every backup, and
// leave with what they belong to (deploy/decisions/0015).
#pragma once

#include "model/submission.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

struct SubmissionSelection {
  EventId event;
  std::optional<SubmissionState> state;
  std::string words;    // folded: must stand in title, authors or e-mail
  std::string section;  // exactly; empty: any
  bool drafts = true;   // those that are not confirmed, too

  SubmissionSelection() = default;
};

// Calls stand in the change log as "call" (with the event's number); what authors and reviewers do does not.
class Submissions {
 public:
  virtual ~Submissions() = default;
  virtual void save_call(const Call& call) = 0;
  virtual std::optional<Call> call(EventId event) = 0;
  // Of every event whose people are not erased, by event.
  virtual std::vector<Call> calls() = 0;

  virtual SubmissionId insert(const Submission& submission) = 0;
  virtual void update(const Submission& submission) = 0;
  virtual std::optional<Submission> find(SubmissionId id) = 0;
  virtual std::optional<Submission> find_by_code(const std::string& code) = 0;
  virtual bool has_form(const std::string& form_key) = 0;  // whether this form came in before
  virtual std::vector<Submission> list(const SubmissionSelection& selection) = 0;  // by id
  virtual int count_of_address(EventId event, const std::string& email) = 0;
  // Mails since `since` about papers of this address that nobody had confirmed (threats M3).
  virtual int unconfirmed_mails(const std::string& email, Instant since) = 0;
  // Drafts that nobody confirmed are gone with their files; how many.
  virtual int remove_drafts(EventId event, Instant created_before) = 0;

  virtual SubmittedFileId insert_file(const SubmittedFile& file, const std::string& bytes) = 0;
  virtual std::vector<SubmittedFile> files_of(SubmissionId submission) = 0;  // by id
  // By submission, of all of an event's.
  virtual std::map<SubmissionId, std::vector<SubmittedFile>> files_of_event(EventId event) = 0;
  virtual std::string bytes_of(SubmittedFileId file) = 0;  // empty when it is gone
  virtual bool remove_file(SubmissionId submission, SubmittedFileId file) = 0;

  virtual ReviewerId insert_reviewer(const Reviewer& reviewer) = 0;
  virtual std::optional<Reviewer> reviewer(ReviewerId id) = 0;
  virtual std::optional<Reviewer> reviewer_by_code(const std::string& code) = 0;
  virtual std::vector<Reviewer> reviewers_of(EventId event) = 0;  // by id

  // Writes the review in place of the one of this submission and reviewer, if there is one.
  virtual void save_review(const Review& review) = 0;
  virtual std::optional<Review> review(SubmissionId submission, ReviewerId reviewer) = 0;
  virtual bool remove_review(SubmissionId submission, ReviewerId reviewer) = 0;
  virtual std::vector<Review> reviews_of(SubmissionId submission) = 0;   // by reviewer
  virtual std::vector<Review> reviews_by(ReviewerId reviewer) = 0;       // by submission
  virtual std::vector<Review> reviews_of_event(EventId event) = 0;       // by submission and reviewer

  // Authors, addresses, abstracts, files, reviewers' names and comments are gone; titles, states and marks
  // stay.
  virtual int erase_people(EventId event) = 0;
  // The same of one paper.
  virtual void erase(SubmissionId submission) = 0;
};

}  // namespace convoke::db
