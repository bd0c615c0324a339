// One row of the preview of a plan on its way in: what stands in the document, and beside it what was read of
// it, or the form in which it is put right.
#pragma once

#include "service/intake.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/intake_page.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// WARNING sections, each with how much it leaves open.
void fill_intake_warnings(ctemplate::TemplateDictionary& values, const std::vector<std::string>& warnings,
                          Language language);

class IntakeRowFiller {
 public:
  // Both must outlive it.
  IntakeRowFiller(const IntakeView& view, const Frame& frame);

  // `first`: no row stands above it.
  void fill(ctemplate::TemplateDictionary& values, const service::DraftRow& row, bool first) const;

 private:
  service::Certainty row_certainty(const service::DraftRow& row) const;
  const service::NameMatch* match_of(const std::string& name) const;
  void fill_people(ctemplate::TemplateDictionary& values, const Event& event) const;
  void fill_fields(ctemplate::TemplateDictionary& values, const service::DraftRow& row) const;
  void fill_reading(ctemplate::TemplateDictionary& values, const service::DraftRow& row,
                    service::Certainty certainty) const;
  void fill_action(ctemplate::TemplateDictionary& values, const service::DraftRow& row) const;
  void fill_form(ctemplate::TemplateDictionary& form, const service::DraftRow& row, bool first) const;
  void fill_texts(ctemplate::TemplateDictionary& form, const service::RowEntry& entry) const;

  const IntakeView& view_;
  const Frame& frame_;
  std::map<std::string, std::size_t> places_;  // of names, by key
};

}  // namespace convoke::web
