#include "service/accepted_talks.hpp"

#include "service/programme_store.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

bool has_talks(const Event& event) {
  return event.kind != EventKind::competition;
}

bool is_of(const ProgrammeRow& row, const Submission& paper) {
  if (paper.talk && row.talk == paper.talk) return true;
  return !row.is_break && row.title == paper.title && row.abstract == paper.abstract;
}

std::vector<std::string> speakers_of(const Submission& paper) {
  std::vector<std::string> speakers;
  for (const auto& author : paper.authors)
    speakers.push_back(author.institution.empty() ? author.name : author.name + ", " + author.institution);
  return speakers;
}

}  // namespace

Result<void> add_to_programme(const Writing& writing, const Event& event, Submission& paper) {
  if (!has_talks(event)) return {};
  auto programme = load_programme(writing.unit, event);
  // Accepted once more: the talk that was cancelled takes place again.
  for (auto& section : programme.sections) {
    const auto row =
        std::ranges::find_if(section.rows, [&](const ProgrammeRow& one) { return is_of(one, paper); });
    if (row == section.rows.end()) continue;
    row->cancelled = false;
    paper.talk = row->talk;
    const auto stored = store_programme(writing, event, std::move(programme));
    if (!stored) return stored.error();
    return {};
  }
  NewTalk talk;
  talk.title = paper.title;
  talk.speakers = speakers_of(paper);
  talk.abstract = paper.abstract;
  const auto section = std::ranges::find(programme.sections, paper.section, &ProgrammeSection::title);
  if (!paper.section.empty() && section != programme.sections.end()) talk.section = section->number;
  const auto added = add_talk(writing, event.id, talk);
  if (!added) return added.error();
  paper.talk = *added;
  return {};
}

Result<void> take_from_programme(const Writing& writing, const Event& event, Submission& paper) {
  if (!has_talks(event)) return {};
  auto programme = load_programme(writing.unit, event);
  bool found =
      std::erase_if(programme.unplaced, [&](const ProgrammeRow& row) { return is_of(row, paper); }) > 0;
  for (auto& section : programme.sections) {
    for (auto& row : section.rows) {
      if (!is_of(row, paper)) continue;
      row.cancelled = found = true;
    }
  }
  if (!found) return {};
  const auto stored = store_programme(writing, event, std::move(programme));
  if (!stored) return stored.error();
  return {};
}

}  // namespace convoke::service
