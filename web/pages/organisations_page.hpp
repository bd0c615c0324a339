// Organisations as a tree, for administrators: what lies below what, and a form to add or move one.
#pragma once

#include "service/organisation_tree.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

enum class OrganisationProblem { name, known, zone, parent, circle, deep, other };

// A form as it was entered.
struct OrganisationEntry {
  std::string name, zone, contact;
  Language language = Language::uk;
  Tier tier = Tier::association;
  OrganisationId parent;
};

struct OrganisationsView {
  std::vector<service::OrganisationRow> rows;
  OrganisationEntry entered;
  std::optional<OrganisationProblem> problem;
  bool saved = false;
};

std::string render_organisations(const Frame& frame, const OrganisationsView& view);
// One of them. Precondition: the rows have it.
std::string render_organisation(const Frame& frame, const OrganisationsView& view, OrganisationId id);

std::string organisation_path(OrganisationId id);
OrganisationEntry entry_of(const Organisation& organisation);

}  // namespace convoke::web
