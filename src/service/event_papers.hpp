// The paper around an event as PDF: certificates, badges, the list to sign. What is read from the database is put
// on paper where long work runs.
#pragma once

#include "base/deferred.hpp"
#include "model/certificate.hpp"
#include "service/context.hpp"
#include "service/registration_desk.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

inline constexpr std::string_view paper_media_type = "application/pdf";
inline constexpr std::string_view certificate_path = "/certificate/";  // of the public page, before the code
// Pages of one file: more are asked for one by one.
inline constexpr std::size_t most_certificates_a_file = 1'000, most_people_on_paper = 5'000;

// The address of the public page.
std::string certificate_address(std::string_view base_url, const Certificate& certificate);
// "24-25 September 2026"
std::string certificate_dates(const Certificate& certificate, Language language);

// Errors of these: unauthenticated, forbidden, not_found; limit_exceeded above the limits; storage_unavailable
// when too much waits.

// Those of the event in force whose names are not erased, by number; with `one`, that one alone, each in its own
// language. not_found when there is none.
Deferred<std::string> certificate_file(Context& context, Actor actor, DeskScope scope, CertificateId one = {});
// What they look like, for somebody invented.
Deferred<std::string> certificate_preview(Context& context, Actor actor, DeskScope scope, Language language);
// The one of this code among those of the party behind the link of a registration's mails.
Deferred<std::string> certificate_of_link(Context& context, std::string token, std::string code);

struct PaperWords {
  Language language = Language::uk;  // by whose alphabet people are sorted
  std::string title;
  std::vector<std::string> headings;  // of the list: number, name, institution, signature
  std::map<AttendanceFormat, std::string> formats;

  PaperWords() = default;
};
// Of those who have a place in the hall: nobody wears a badge at home.
Deferred<std::string> badge_file(Context& context, Actor actor, DeskScope scope, PaperWords words);
// The same people, with ten empty rows for whoever walks in.
Deferred<std::string> attendance_file(Context& context, Actor actor, DeskScope scope, PaperWords words);

}  // namespace convoke::service
