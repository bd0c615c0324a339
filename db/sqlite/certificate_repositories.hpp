// The repository of db/certificates.hpp over one SQLite connection.
#pragma once

#include "db/certificates.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqliteCertificates final : public Certificates {
 public:
  SqliteCertificates(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  void save_settings(const CertificateSettings& settings) override;
  CertificateSettings settings(EventId event) override;
  void put_background(EventId event, const std::string& bytes) override;
  std::string background(EventId event) override;
  Certificate insert(const Certificate& certificate) override;
  void update(const Certificate& certificate) override;
  std::optional<Certificate> find(CertificateId id) override;
  std::optional<Certificate> find_by_code(const std::string& code) override;
  std::optional<Certificate> of_registration(RegistrationId registration) override;
  std::vector<Certificate> of_event(EventId event) override;
  void put_saying(CertificateId id, const CertificateSaying& saying) override;
  std::map<CertificateId, CertificateSaying> sayings(EventId event) override;
  int count(EventId event) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

}  // namespace convoke::db::sqlite
