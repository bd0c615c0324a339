// Whose things somebody sees, inside a unit of work: those of an organisation and of what lies below it.
#pragma once

#include "db/unit.hpp"

#include <algorithm>
#include <vector>

namespace convoke::service {

class Reach {
 public:
  // 0: everything.
  Reach(db::Unit& unit, OrganisationId within) : all_(!within) {
    if (within) organisations_ = unit.organisations().within(within);
  }
  bool holds(OrganisationId organisation) const {
    return all_ || std::binary_search(organisations_.begin(), organisations_.end(), organisation);
  }

 private:
  bool all_;
  std::vector<OrganisationId> organisations_;  // by id
};

}  // namespace convoke::service
