// People, organisations and what they are to each other.
#pragma once

#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// Where an organisation stands in the tree. From the widest to the narrowest.
enum class Tier { region, association, district, library };
std::string_view name_of(Tier tier);
std::optional<Tier> tier_of(std::string_view name);

struct Organisation {
  OrganisationId id;
  std::string name;
  std::string zone = "Europe/Kyiv";  // IANA name; the default of its events
  Language language = Language::uk;  // of what it publishes
  std::string contact;               // a public address or phone, or empty
  OrganisationId parent;             // 0: a root of the tree
  Tier tier = Tier::association;
};

struct Person {
  PersonId id;
  OrganisationId organisation;  // 0: not known
  std::string name;             // "Гайко В.И."
  std::string email;            // empty: unreachable
  std::string post;
  Language language = Language::uk;  // of the mails to this person
  MailRhythm rhythm = MailRhythm::each;
};

// The form two spellings of one name share: "Гайко В. И." and "В.И.Гайко" give "гайко в.и.". Initials that
// differ stay different people.
std::string name_key(std::string_view name);

}  // namespace convoke
