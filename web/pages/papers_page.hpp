// The organiser's page of an event's paper, and the public page of one certificate.
#pragma once

#include "service/certificates.hpp"
#include "service/event_papers.hpp"
#include "web/pages/frame.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace convoke::web {

std::string papers_path(EventId event);  // "/manage/events/7/papers"

struct PapersPage {
  const service::CertificateDesk* desk = nullptr;
  std::optional<CertificateSettings> entered;  // what could not be stored; none: as stored
  std::optional<Error> problem;
  bool saved = false;
  std::optional<std::int64_t> anew;  // so many were written anew just now
  bool told = false;                 // and their holders are told
  Date today = make_date(1970, 1, 1);

  PapersPage() = default;
};
std::string render_papers(const PapersPage& page, const Frame& frame);

// Null: there is no such certificate.
std::string render_certificate(const service::CertificateCheck* check, const Frame& frame);

inline constexpr const char* verify_path = "/verify";
struct VerifyPage {
  enum class Answer { none, no_code, number_alone, unknown } answer = Answer::none;
  std::string typed;

  VerifyPage() = default;
};
std::string render_verify(const VerifyPage& page, const Frame& frame);

service::PaperWords badge_words(Language language);
service::PaperWords attendance_words(Language language);

}  // namespace convoke::web
