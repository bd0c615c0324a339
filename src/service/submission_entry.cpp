#include "service/submission_entry.hpp"

#include "base/text.hpp"
#include "documents/upload_check.hpp"
#include "service/checked_text.hpp"
#include "service/registrations.hpp"
#include "service/reviews.hpp"

#include <algorithm>
#include <array>

namespace convoke::service {
namespace {

constexpr std::array<std::string_view, 19> problem_names = {
    "title",       "abstract_missing", "abstract_long", "section",      "name",
    "institution", "co_authors",       "email",         "consent",      "consent_changed",
    "closed",      "old_form",         "too_fast",      "file_missing", "file_count",
    "file_size",   "file_kind",        "file_broken",   "file_runs"};

constexpr std::size_t longest_file_name = 150;  // code points

bool clean_line(std::string& text, std::size_t limit) {
  auto checked = checked_text(text, limit, "the text");
  if (!checked) return false;
  text = collapse_spaces(*checked);
  return true;
}

PaperAuthor author_in(const std::string& line) {
  const auto comma = line.find(',');
  if (comma == std::string::npos) return {line, {}};
  return {std::string(trim(std::string_view(line).substr(0, comma))),
          std::string(trim(std::string_view(line).substr(comma + 1)))};
}

bool check_co_authors(PaperEntry& entry) {
  std::vector<std::string> kept;
  for (auto& line : entry.co_authors) {
    if (!clean_line(line, longest_registration_name + longest_institution)) return false;
    if (line.empty()) continue;
    const auto author = author_in(line);
    if (author.name.empty() || length(author.name) > longest_registration_name) return false;
    kept.push_back(line);
  }
  entry.co_authors = std::move(kept);
  return entry.co_authors.size() < most_authors;
}

SubmittedKind kind_of(documents::UploadFormat format) {
  switch (format) {
    case documents::UploadFormat::pdf:
      return SubmittedKind::pdf;
    case documents::UploadFormat::docx:
      return SubmittedKind::docx;
    case documents::UploadFormat::odt:
      return SubmittedKind::odt;
    case documents::UploadFormat::pptx:
      return SubmittedKind::pptx;
    case documents::UploadFormat::jpeg:
      return SubmittedKind::jpeg;
    case documents::UploadFormat::png:
      break;
  }
  return SubmittedKind::png;
}

// The last component, without control characters and what Windows does not take.
std::string safe_name(std::string_view name, SubmittedKind kind) {
  auto text = to_valid_utf8(name.substr(name.find_last_of("/\\") + 1));
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 ||
        std::string_view("<>:\"|?*\x7f").find(c) != std::string_view::npos)
      c = '_';
  auto checked = checked_text(text, longest_file_name, "the name");
  if (!checked || checked->empty()) return "file." + std::string(name_of(kind));
  return collapse_spaces(*checked);
}

}  // namespace

std::string_view name_of(PaperProblem problem) {
  return problem_names.at(static_cast<std::size_t>(problem));
}

std::optional<PaperProblem> check_paper(const Call& call, PaperEntry& entry) {
  if (!clean_line(entry.title, longest_paper_title) || entry.title.empty()) return PaperProblem::title;
  auto abstract =
      checked_text(entry.abstract, static_cast<std::size_t>(call.longest_abstract), "the abstract");
  if (!abstract) return PaperProblem::abstract_long;
  if (abstract->empty()) return PaperProblem::abstract_missing;
  entry.abstract = std::move(*abstract);
  const bool known = std::ranges::find(call.sections, entry.section) != call.sections.end();
  if (!call.sections.empty() && !known) return PaperProblem::section;
  if (call.sections.empty()) entry.section.clear();
  if (!clean_line(entry.name, longest_registration_name) || entry.name.empty()) return PaperProblem::name;
  if (!clean_line(entry.institution, longest_institution)) return PaperProblem::institution;
  if (!check_co_authors(entry)) return PaperProblem::co_authors;
  return std::nullopt;
}

void put_paper(const PaperEntry& entry, Submission& paper) {
  paper.title = entry.title;
  paper.abstract = entry.abstract;
  paper.section = entry.section;
  paper.authors = {PaperAuthor(entry.name, entry.institution)};
  for (const auto& line : entry.co_authors) paper.authors.push_back(author_in(line));
}

PaperEntry entry_of(const Submission& paper) {
  PaperEntry entry;
  entry.title = paper.title;
  entry.abstract = paper.abstract;
  entry.section = paper.section;
  if (paper.authors.empty()) return entry;
  entry.name = paper.authors.front().name;
  entry.institution = paper.authors.front().institution;
  for (std::size_t i = 1; i < paper.authors.size(); ++i) {
    const auto& one = paper.authors[i];
    entry.co_authors.push_back(one.institution.empty() ? one.name : one.name + ", " + one.institution);
  }
  return entry;
}

CheckedFile check_file(const Call& call, std::string_view name, std::string_view bytes) {
  if (bytes.size() > largest_submitted_file) return CheckedFile(PaperProblem::file_size);
  const auto format = documents::check_upload(bytes, name);
  if (!format) {
    if (format.error().code == Errc::unsupported_format) return CheckedFile(PaperProblem::file_kind);
    const bool runs = format.error().message.find("macros") != std::string::npos;
    return CheckedFile(runs ? PaperProblem::file_runs : PaperProblem::file_broken);
  }
  CheckedFile file;
  file.kind = kind_of(*format);
  if (!call.takes(file.kind)) return CheckedFile(PaperProblem::file_kind);
  file.name = safe_name(name, file.kind);
  file.digest = sha256_hex(bytes);
  return file;
}

CheckedFile check_paper_file(const Call& call, std::string_view name, std::string_view bytes) {
  auto file = check_file(call, name, bytes);
  if (!file.problem && call.anonymous && !without_names(file.kind, bytes))
    return CheckedFile(PaperProblem::file_broken);
  return file;
}

}  // namespace convoke::service
