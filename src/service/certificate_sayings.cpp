#include "service/certificate_sayings.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

bool uses(const CertificateSaying& now, const CertificateSaying& said, std::string_view place) {
  const auto mark = "{" + std::string(place) + "}";
  return now.words.text.find(mark) != std::string::npos || said.words.text.find(mark) != std::string::npos;
}

}  // namespace

bool has_days(const Event& event) {
  const auto& period = event.period;
  return period.has_dates() && (period.is_dated() || period.precision == Precision::date_range);
}

void take_facts(Certificate& one, const Event& event) {
  one.event_title = event.title;
  one.place = event.place;
  if (!has_days(event)) return;
  one.first = *event.period.first;
  one.last = *event.period.last;
}

CertificateWriting::CertificateWriting(db::Unit& unit, const Event& event)
    : unit_(unit), event_(event), settings_(unit.certificates().settings(event.id)) {
  if (const auto organisation = unit.organisations().find(event.organisation))
    association_ = organisation->name;
}

CertificateSaying CertificateWriting::saying_of(const Certificate& one,
                                                const CertificateSaying* before) const {
  CertificateSaying saying;
  if (before != nullptr) saying = *before;
  saying.words = words_in(settings_, one.language);
  saying.hours = settings_.hours;
  saying.association = association_;
  const auto person = unit_.registrations().find(one.registration);
  if (!person || person->name.empty()) return saying;
  saying.institution = person->institution;
  saying.format = person->format;
  return saying;
}

std::vector<CertificateFact> CertificateWriting::outdated(const Certificate& one,
                                                          const CertificateSaying* said) const {
  using Fact = CertificateFact;
  std::vector<Fact> facts;
  if (one.revoked || one.name.empty()) return facts;
  const auto now = saying_of(one, said);
  const auto& then = said != nullptr ? *said : now;
  const auto note = [&facts](bool differs, Fact fact) {
    if (differs) facts.push_back(fact);
  };
  Certificate anew = one;
  take_facts(anew, event_);
  note(then.association != now.association, Fact::association);
  note(anew.event_title != one.event_title, Fact::title);
  note(anew.first != one.first || anew.last != one.last, Fact::days);
  note(anew.place != one.place && uses(now, then, "place"), Fact::place);
  note(then.hours != now.hours && uses(now, then, "hours"), Fact::hours);
  note((then.institution != now.institution && uses(now, then, "institution")) ||
           (then.format != now.format && uses(now, then, "format")),
       Fact::institution);
  note(then.words != now.words, Fact::words);
  return facts;
}

void keep_saying(db::Unit& unit, const CertificateWriting& writing, const Certificate& one) {
  unit.certificates().put_saying(one.id, writing.saying_of(one));
}

void keep_old_sayings(db::Unit& unit, const Event& event) {
  const auto kept = unit.certificates().sayings(event.id);
  const CertificateWriting writing(unit, event);
  for (const auto& one : unit.certificates().of_event(event.id))
    if (!one.name.empty() && !kept.contains(one.id)) keep_saying(unit, writing, one);
}

}  // namespace convoke::service
