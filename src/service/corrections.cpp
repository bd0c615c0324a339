// What people put right in one document, kept for the next of their association. A correction is looked up by
// what the document says: a kind by the title, a period by its words, a person by the name.
#include "base/text.hpp"
#include "model/person.hpp"
#include "service/intake_store.hpp"
#include "service/next_year.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace convoke::service {
namespace {

using Kept = std::map<std::pair<CorrectedField, std::string>, std::string>;

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// Words about a period that hold in any year: what has a day or a year is of one year alone.
bool holds_next_year(std::string_view words) {
  return !words.empty() && !has_digit(words);
}

const std::string* find(const Kept& kept, CorrectedField field, const std::string& raw) {
  const auto found = kept.find({field, raw});
  return found == kept.end() ? nullptr : &found->second;
}

void remember(DraftRow& row, RowField field) {
  put_right(row, static_cast<unsigned>(field));
  row.put_right &= ~static_cast<unsigned>(field);
  row.remembered |= static_cast<unsigned>(field);
}

void apply_to_row(const Kept& kept, DraftRow& row, const Plan& plan) {
  auto& event = row.item.event;
  if (const auto* kind = find(kept, CorrectedField::kind, title_key(event.title)))
    if (const auto known = event_kind_of(*kind)) {
      event.kind = *known;
      remember(row, RowField::kind);
    }
  const auto* period = find(kept, CorrectedField::period, fold(event.period.source_text));
  if (period != nullptr && !event.period.source_text.empty()) {
    set_period(row, *period, plan);
    remember(row, RowField::period);
  }
}

void apply_to_name(db::Unit& unit, const Kept& kept, IntakeDraft& draft, const std::string& name) {
  const std::string key = name_key(name);
  const auto* value = find(kept, CorrectedField::person, key);
  if (value == nullptr || draft.names.contains(key)) return;
  NameDecision decision;
  decision.remembered = true;
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (problem == std::errc() && end == value->data() + value->size()) {
    if (!unit.people().find(PersonId{number})) return;
    decision.what = NameDecision::What::person;
    decision.person = PersonId{number};
  } else {
    decision.what = NameDecision::What::same_as;
    decision.name = *value;
  }
  draft.names.emplace(key, std::move(decision));
}

}  // namespace

std::string title_key(std::string_view title) {
  const std::string folded = fold(title);
  std::string key;
  for (const auto word : split(folded, ' ')) {
    if (word.empty() || has_digit(word) || is_edition(word)) continue;
    key += (key.empty() ? "" : " ") + std::string(word);
  }
  return key;
}

void apply_corrections(db::Unit& unit, IntakeDraft& draft, OrganisationId organisation) {
  if (!organisation) return;
  Kept kept;
  for (auto& one : unit.corrections().list(organisation))
    kept.emplace(std::pair(one.field, std::move(one.raw)), std::move(one.value));
  if (kept.empty()) return;
  for (auto& row : draft.rows) {
    apply_to_row(kept, row, draft.plan);
    for (const auto& who : row.item.event.responsible)
      if (!who.name.empty()) apply_to_name(unit, kept, draft, who.name);
  }
}

void keep_corrections(db::Unit& unit, const IntakeDraft& draft, OrganisationId organisation, Instant now) {
  const auto keep = [&](CorrectedField field, std::string raw, std::string value) {
    Correction one;
    one.organisation = organisation;
    one.field = field;
    one.raw = std::move(raw);
    one.value = std::move(value);
    one.at = now;
    if (!one.raw.empty()) unit.corrections().save(one);
  };
  for (const auto& row : draft.rows) {
    const auto& event = row.item.event;
    if (row.left_out || !event.as_read) continue;
    const auto& read = *event.as_read;
    if (has(row.put_right, RowField::kind) &&
        (event.kind != read.kind || has(row.remembered, RowField::kind)))
      keep(CorrectedField::kind, title_key(read.title), std::string(name_of(event.kind)));
    const bool other_period = fold(event.period.source_text) != fold(read.period_text);
    if (has(row.put_right, RowField::period) && other_period && holds_next_year(read.period_text) &&
        holds_next_year(event.period.source_text))
      keep(CorrectedField::period, fold(read.period_text), event.period.source_text);
  }
  for (const auto& [key, decision] : draft.names) {
    if (decision.what == NameDecision::What::person)
      keep(CorrectedField::person, key, std::to_string(decision.person.value));
    else if (decision.what == NameDecision::What::same_as)
      keep(CorrectedField::person, key, decision.name);
    else
      unit.corrections().remove(organisation, CorrectedField::person, key);
  }
}

}  // namespace convoke::service
