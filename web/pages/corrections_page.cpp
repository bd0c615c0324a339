#include "web/pages/corrections_page.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string read_as(const service::KeptCorrection& kept, Language language) {
  const auto& correction = kept.correction;
  switch (correction.field) {
    case CorrectedField::kind:
      if (const auto kind = event_kind_of(correction.value))
        return capitalise(calendar::kind_label(*kind, language));
      return correction.value;
    case CorrectedField::period:
      return correction.value;
    case CorrectedField::person:
      break;
  }
  return kept.person.empty() ? tr(language, "somebody who is no longer in the directory") : kept.person;
}

const char* field_text(CorrectedField field) {
  switch (field) {
    case CorrectedField::kind:
      return "Kind";
    case CorrectedField::period:
      return "Period";
    case CorrectedField::person:
      break;
  }
  return "Responsible";
}

}  // namespace

std::string render_corrections(const std::vector<service::KeptCorrection>& kept, const Frame& frame) {
  TemplateDictionary values("corrections");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "What was put right"), Desk::intake);
  if (kept.empty()) values.ShowSection("NONE");
  TemplateDictionary* section = nullptr;
  OrganisationId shown;
  for (const auto& one : kept) {
    if (!section || one.correction.organisation != shown) {
      section = values.AddSectionDictionary("ASSOCIATION");
      section->SetValue("NAME", one.organisation);
      shown = one.correction.organisation;
    }
    auto& row = *section->AddSectionDictionary("ROW");
    row["FIELD"] = tr(language, field_text(one.correction.field));
    row["RAW"] = one.correction.raw;
    row["READ_AS"] = read_as(one, language);
    row["FIELD_NAME"] = std::string(name_of(one.correction.field));
    row["ORGANISATION"] = std::to_string(one.correction.organisation.value);
    row["CSRF"] = frame.csrf;
  }
  return render_template("corrections.html", language, values);
}

}  // namespace convoke::web
