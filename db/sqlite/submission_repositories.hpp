// The repository of db/submissions.hpp over one SQLite connection.
#pragma once

#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"
#include "db/submissions.hpp"

namespace convoke::db::sqlite {

class SqliteSubmissions final : public Submissions {
 public:
  SqliteSubmissions(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  void save_call(const Call& call) override;
  std::optional<Call> call(EventId event) override;
  std::vector<Call> calls() override;
  SubmissionId insert(const Submission& submission) override;
  void update(const Submission& submission) override;
  std::optional<Submission> find(SubmissionId id) override;
  std::optional<Submission> find_by_code(const std::string& code) override;
  bool has_form(const std::string& form_key) override;
  std::vector<Submission> list(const SubmissionSelection& selection) override;
  int count_of_address(EventId event, const std::string& email) override;
  int unconfirmed_mails(const std::string& email, Instant since) override;
  int remove_drafts(EventId event, Instant created_before) override;
  SubmittedFileId insert_file(const SubmittedFile& file, const std::string& bytes) override;
  std::vector<SubmittedFile> files_of(SubmissionId submission) override;
  std::map<SubmissionId, std::vector<SubmittedFile>> files_of_event(EventId event) override;
  std::string bytes_of(SubmittedFileId file) override;
  bool remove_file(SubmissionId submission, SubmittedFileId file) override;
  ReviewerId insert_reviewer(const Reviewer& reviewer) override;
  std::optional<Reviewer> reviewer(ReviewerId id) override;
  std::optional<Reviewer> reviewer_by_code(const std::string& code) override;
  std::vector<Reviewer> reviewers_of(EventId event) override;
  void save_review(const Review& review) override;
  std::optional<Review> review(SubmissionId submission, ReviewerId reviewer) override;
  bool remove_review(SubmissionId submission, ReviewerId reviewer) override;
  std::vector<Review> reviews_of(SubmissionId submission) override;
  std::vector<Review> reviews_by(ReviewerId reviewer) override;
  std::vector<Review> reviews_of_event(EventId event) override;
  int erase_people(EventId event) override;
  void erase(SubmissionId submission) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

}  // namespace convoke::db::sqlite
