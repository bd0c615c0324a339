// Checking what an author enters and sends against the call: pure.
#pragma once

#include "model/submission.hpp"
#include "service/submissions.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::service {

// Cleans `entry` in place (NFC, trimmed) and says what is wrong first.
std::optional<PaperProblem> check_paper(const Call& call, PaperEntry& entry);
// Into the paper. Precondition: checked.
void put_paper(const PaperEntry& entry, Submission& paper);
// As it was entered, for the form.
PaperEntry entry_of(const Submission& paper);

// What the bytes are, if the call takes it; else what is wrong with them.
struct CheckedFile {
  std::optional<PaperProblem> problem;
  SubmittedKind kind = SubmittedKind::pdf;
  std::string name;    // one line, without what no file system takes
  std::string digest;  // SHA-256 of the bytes, hexadecimal

  CheckedFile() = default;
  explicit CheckedFile(PaperProblem p) : problem(p) {}
};
// Takes a moment for a large file: not for a thread of the database or of the server.
CheckedFile check_file(const Call& call, std::string_view name, std::string_view bytes);
// The same for a file of a paper: where reviewers get copies without names, one must be possible.
CheckedFile check_paper_file(const Call& call, std::string_view name, std::string_view bytes);

}  // namespace convoke::service
