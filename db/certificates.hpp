// The repository of certificates and of the register of their numbers. Part of db/unit.hpp.
#pragma once

#include "model/certificate.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

// Settings stand in the change log as "certificates" (with the event's number), the picture with them. A
// certificate loses its name the moment its registration does, whoever erases it; its number stays.
class Certificates {
 public:
  virtual ~Certificates() = default;
  virtual void save_settings(const CertificateSettings& settings) = 0;  // all but the picture
  // Those of an event that has none are the shipped ones.
  virtual CertificateSettings settings(EventId event) = 0;
  // `bytes` of documents::Picture::jpeg; empty: there is none any more.
  virtual void put_background(EventId event, const std::string& bytes) = 0;
  virtual std::string background(EventId event) = 0;  // empty: none

  // Gives it the next number of its register (organisation and year), whatever `number` says, and stores it.
  virtual Certificate insert(const Certificate& certificate) = 0;
  // Name, facts, language, reissued and revoked; never the number, the code or whose it is.
  virtual void update(const Certificate& certificate) = 0;
  virtual std::optional<Certificate> find(CertificateId id) = 0;
  virtual std::optional<Certificate> find_by_code(const std::string& code) = 0;
  virtual std::optional<Certificate> of_registration(RegistrationId registration) = 0;
  virtual std::vector<Certificate> of_event(EventId event) = 0;  // by year and number
  // What it says; goes with its name. None of those that were given before this was kept.
  virtual void put_saying(CertificateId id, const CertificateSaying& saying) = 0;
  virtual std::map<CertificateId, CertificateSaying> sayings(EventId event) = 0;
  virtual int count(EventId event) = 0;  // those in force
};

}  // namespace convoke::db
