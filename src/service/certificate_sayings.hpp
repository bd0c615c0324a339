// What each certificate says, and whether its event still says so. A certificate keeps its words: what is
// corrected later changes no paper silently, and whoever corrects an event is told which certificates are to
// be written anew.
#pragma once

#include "db/unit.hpp"
#include "model/certificate.hpp"
#include "model/event.hpp"

#include <map>
#include <string>
#include <vector>

namespace convoke::service {

// In the order in which they stand on a certificate.
enum class CertificateFact { association, title, days, place, hours, institution, words };

// What certificates of one event would say if they were written just now.
class CertificateWriting {
 public:
  CertificateWriting(db::Unit& unit, const Event& event);

  // Those of its holder who is not there any more: as `before` has them.
  CertificateSaying saying_of(const Certificate& one, const CertificateSaying* before = nullptr) const;
  // What is not true any more; empty for one that is revoked or erased. Of one whose words were not kept, the
  // title, the days and the place alone are known.
  std::vector<CertificateFact> outdated(const Certificate& one, const CertificateSaying* said) const;

 private:
  db::Unit& unit_;
  const Event& event_;
  CertificateSettings settings_;
  std::string association_;
};

// Several days may be known, but days they must be.
bool has_days(const Event& event);
// Title, place and days of the event; the days stay when the event has none.
void take_facts(Certificate& one, const Event& event);
// Writes it down.
void keep_saying(db::Unit& unit, const CertificateWriting& writing, const Certificate& one);
// Before the words of an event change: whoever has no words of its own keeps those that were.
void keep_old_sayings(db::Unit& unit, const Event& event);

}  // namespace convoke::service
