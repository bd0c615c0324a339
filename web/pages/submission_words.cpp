#include "web/pages/submission_words.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/registration_words.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <cctype>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::PaperProblem;

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

const char* problem_words(PaperProblem problem) {
  switch (problem) {
    case PaperProblem::title:
      return "The work needs a title of at most 500 characters.";
    case PaperProblem::abstract_missing:
      return "Write an abstract.";
    case PaperProblem::section:
      return "Choose a section.";
    case PaperProblem::name:
      return "Write your surname and name.";
    case PaperProblem::institution:
      return "The name of the institution is too long.";
    case PaperProblem::co_authors:
      return "At most nineteen co-authors, one on each line: name, institution.";
    case PaperProblem::email:
      return "This is not an address that mail can be sent to.";
    case PaperProblem::consent:
      return "Without your consent we may not store the work.";
    case PaperProblem::consent_changed:
      return "The text of the consent has changed meanwhile. Please read it and agree once more.";
    case PaperProblem::closed:
      return "No works are taken and nothing can be changed any more.";
    case PaperProblem::old_form:
      return "This page was open for too long. Everything you entered is still here: press the button once "
             "more.";
    case PaperProblem::too_fast:
      return "That was faster than people write. Press the button once more.";
    case PaperProblem::file_missing:
      return "A file is required: add it first.";
    case PaperProblem::file_count:
      return "There are five files already. Remove one first.";
    case PaperProblem::file_size:
      return "The file is larger than 10 MB.";
    case PaperProblem::file_kind:
      return "This kind of file is not taken.";
    case PaperProblem::file_broken:
      return "The file is damaged, or it is not what its name says.";
    case PaperProblem::file_runs:
      return "The file holds macros or scripts. Save it without them.";
    case PaperProblem::abstract_long:
      break;
  }
  return "The abstract is too long.";
}

}  // namespace

std::string call_path(EventId event) {
  return event_path(event) + "/call";
}

std::string submissions_path(EventId event) {
  return "/manage/events/" + std::to_string(event.value) + "/submissions";
}

std::string submission_path(const Submission& paper) {
  return submissions_path(paper.event) + "/" + std::to_string(paper.id.value);
}

std::string call_heading(const Event& event, Language language) {
  return event.kind == EventKind::competition ? tr(language, "Call for entries")
                                              : tr(language, "Call for papers");
}

std::string state_text(SubmissionState state, Language language) {
  switch (state) {
    case SubmissionState::draft:
      return tr(language, "not sent in yet");
    case SubmissionState::submitted:
      return tr(language, "sent in");
    case SubmissionState::in_review:
      return tr(language, "in review");
    case SubmissionState::revise:
      return tr(language, "sent back for revision");
    case SubmissionState::resubmitted:
      return tr(language, "sent in again");
    case SubmissionState::accepted:
      return tr(language, "accepted");
    case SubmissionState::rejected:
      return tr(language, "not accepted");
    case SubmissionState::withdrawn:
      break;
  }
  return tr(language, "withdrawn");
}

std::string state_class(SubmissionState state) {
  if (state == SubmissionState::accepted) return "chip chip-held";
  if (state == SubmissionState::rejected || state == SubmissionState::withdrawn) return "chip chip-cancelled";
  return state == SubmissionState::draft ? "chip" : "chip chip-open";
}

std::string review_state_text(ReviewState state, Language language) {
  if (state == ReviewState::given) return tr(language, "reviewed");
  return state == ReviewState::conflict ? tr(language, "cannot review it") : tr(language, "waits for a review");
}

std::string problem_text(PaperProblem problem, const Call& call, Language language) {
  if (problem == PaperProblem::abstract_long)
    return tr(language, "The abstract may have {count} characters.",
              {{"count", std::to_string(call.longest_abstract)}});
  return tr(language, problem_words(problem));
}

std::string size_text(std::size_t bytes, Language language) {
  constexpr std::size_t kilo = 1024, mega = kilo * kilo;
  if (bytes >= mega) {
    const auto tenths = (bytes * 10 + mega / 2) / mega;
    return tr(language, "{size} MB",
              {{"size", std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "")}});
  }
  return tr(language, "{size} KB", {{"size", std::to_string((bytes + kilo - 1) / kilo)}});
}

std::string files_text(const Call& call, Language language) {
  std::vector<std::string> names;
  for (const auto kind : all_submitted_kinds)
    if (call.takes(kind)) names.push_back(upper(name_of(kind)));
  if (names.empty()) return tr(language, "No files are taken.");
  const auto kinds = join(names, ", ");
  return call.file_required
             ? tr(language, "A file is required: {kinds}; up to 10 MB each, five at most.", {{"kinds", kinds}})
             : tr(language, "Files can be added: {kinds}; up to 10 MB each, five at most.", {{"kinds", kinds}});
}

std::string accepted_files(const Call& call) {
  std::vector<std::string> names;
  for (const auto kind : all_submitted_kinds)
    if (call.takes(kind)) names.push_back("." + std::string(name_of(kind)));
  if (call.takes(SubmittedKind::jpeg)) names.emplace_back(".jpeg");
  return join(names, ",");
}

std::string until_text(const Event& event, const Call& call, const std::optional<Instant>& until,
                       Language language) {
  if (!until) return {};
  const auto zone = service::zone_of(event);
  const auto when = local_moment(*until, zone, language);
  const bool extended = call.first_closes && call.closes && *call.closes > *call.first_closes;
  if (!extended) return tr(language, "Works are taken until {when}.", {{"when", when}});
  return tr(language, "Works are taken until {when} (was {before}).",
            {{"when", when}, {"before", local_moment(*call.first_closes, zone, language)}});
}

std::string authors_text(const Submission& paper) {
  std::vector<std::string> names;
  for (const auto& one : paper.authors)
    names.push_back(one.institution.empty() ? one.name : one.name + " (" + one.institution + ")");
  return join(names, "; ");
}

void fill_paper_fields(TemplateDictionary& values, const Call& call, const service::PaperEntry& entry,
                       Language language) {
  values["TITLE_VALUE"] = entry.title;
  values["ABSTRACT"] = entry.abstract;
  values["LONGEST"] = std::to_string(call.longest_abstract);
  values["LONGEST_TEXT"] =
      tr(language, "Up to {count} characters.", {{"count", std::to_string(call.longest_abstract)}});
  values["NAME"] = entry.name;
  values["INSTITUTION"] = entry.institution;
  values["CO_AUTHORS"] = join(entry.co_authors, "\n");
  if (call.sections.empty()) return;
  auto& sections = *values.AddSectionDictionary("SECTIONS");
  for (const auto& section : call.sections) {
    auto& one = *sections.AddSectionDictionary("SECTION_CHOICE");
    one["VALUE"] = section;
    if (section == entry.section) one.ShowSection("SELECTED");
  }
}

void fill_call_event(TemplateDictionary& values, const Event& event, const std::string& association,
                     Language language) {
  show_text(values, "ASSOCIATION", association);
  values["TITLE"] = event.title;
  values["HREF"] = event_path(event.id);
  values["WHEN"] = when_text(event.period, language);
  show_text(values, "PLACE", event.place);
}

}  // namespace convoke::web
