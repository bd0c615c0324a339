// Certificates of those who took part in an event, and the register of their numbers. A number is given once,
// counted by association and year, and stays with its certificate whatever becomes of it: written anew with a
// corrected name, revoked, or without a name when the person's data were erased.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/registration.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

using CertificateId = Id<struct CertificateTag>;

struct Certificate {
  CertificateId id;
  EventId event;
  RegistrationId registration;  // of whom; one each
  OrganisationId organisation;  // whose register it stands in
  int year = 0, number = 0;     // in that register
  std::string code;             // random: what the public page is found by
  Language language = Language::uk;
  std::string name;                                                  // empty: erased
  std::string event_title;                                           // as it was called when this was written
  std::string place;                                                 // may be empty
  Date first = make_date(1970, 1, 1), last = make_date(1970, 1, 1);  // when the event was
  Instant issued{};                                                  // first
  std::optional<Instant> reissued, revoked;

  Certificate() = default;
  bool operator==(const Certificate&) const = default;
};

// "12/2026"
std::string number_text(const Certificate& certificate);
// "0f3a-…": eighty random bits, which nobody walks through (threats C4).
std::string new_certificate_code();
// As typed, in any case, with or without hyphens or spaces; nothing for what no code looks like.
std::optional<std::string> certificate_code_of(std::string_view typed);

// What somebody copied off a certificate by hand: the code, with the number before or after it or without, or
// the whole address. Spaces, dashes and case do not matter, nor whether a letter is Latin or the Cyrillic one
// that looks like it; O is zero, l and I are one.
struct TypedCertificate {
  std::string code;    // as certificate_code_of() gives it; empty: a number alone, by which nothing is found
  std::string number;  // as number_text() gives it; empty: none was typed

  bool operator==(const TypedCertificate&) const = default;
};
// Nothing for what is neither. At most longest_typed_certificate bytes are read.
std::optional<TypedCertificate> typed_certificate(std::string_view typed);
inline constexpr std::size_t longest_typed_certificate = 400;

// What stands on the certificates of an event besides the names.
struct CertificateWords {
  std::string title;      // "Certificate"
  std::string lead;       // above the name
  std::string text;       // below it, lines; with places
  std::string signatory;  // who signs; lines

  bool operator==(const CertificateWords&) const = default;
};

// Places of CertificateWords::text.
inline constexpr std::array<std::string_view, 8> certificate_places = {
    "event", "dates", "place", "hours", "institution", "format", "number", "association"};
// Values in the order of certificate_places.
using CertificateValues = std::array<std::string, certificate_places.size()>;

struct CertificateLine {
  std::string text;
  bool strong = false;  // the event, alone on its line

  bool operator==(const CertificateLine&) const = default;
};
// The lines with their places filled. A line with a place that has nothing to say is left out, as in mails.
// What is in braces and no place stays as it is written.
std::vector<CertificateLine> fill_certificate(std::string_view text, const CertificateValues& values);
// The first of what looks like a place and is none: "salary" for "{salary}".
std::optional<std::string> unknown_place(std::string_view text);

// What a certificate says besides its own fields, as it was when it was written: what the event says later
// changes no paper that somebody holds.
struct CertificateSaying {
  CertificateWords words;
  std::string hours, association, institution;
  AttendanceFormat format = AttendanceFormat::hall;

  bool operator==(const CertificateSaying&) const = default;
};

struct CertificateSettings {
  EventId event;
  bool awaited = false;  // people are told that there will be one: the letter of thanks waits for it
  std::array<CertificateWords, 4> words;  // by language; empty: the shipped ones
  std::string hours;                      // "8"; empty: nothing is said
  bool background = false;                // there is a picture

  CertificateSettings() = default;
  bool operator==(const CertificateSettings&) const = default;
};

// The words that are shipped, where the organiser has none.
CertificateWords words_in(const CertificateSettings& settings, Language language);

}  // namespace convoke
