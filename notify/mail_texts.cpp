#include "notify/mail_texts.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace convoke::embedded {
std::span<const EmbeddedFile> mails_uk();
std::span<const EmbeddedFile> mails_be();
std::span<const EmbeddedFile> mails_ru();
std::span<const EmbeddedFile> mails_en();
}  // namespace convoke::embedded

namespace convoke::notify {

std::span<const EmbeddedFile> mail_files(Language language) {
  constexpr std::array files = {embedded::mails_uk, embedded::mails_be, embedded::mails_ru,
                                embedded::mails_en};
  return files.at(static_cast<std::size_t>(language))();
}

TemplateText shipped_text(ReminderReason kind, Language language) {
  const std::string name = std::string(name_of(kind)) + ".txt";
  const auto file = find_embedded(mail_files(language), name);
  if (file.empty()) throw std::logic_error("no text for " + name);
  return read_template_file(file);
}

TemplateText text_of(db::Unit& unit, OrganisationId organisation, ReminderReason kind, Language language) {
  auto own = unit.mail_templates().find(organisation, kind, language);
  if (!own && organisation) own = unit.mail_templates().find(OrganisationId{}, kind, language);
  if (own) return {std::move(own->subject), std::move(own->body)};
  return shipped_text(kind, language);
}

}  // namespace convoke::notify
