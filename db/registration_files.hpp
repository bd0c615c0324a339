// The repository of files that came with registration forms. Part of db/unit.hpp. Files are rows like
// everything else (deploy/decisions/0015). Nothing here is asked of a form that asks for no files.
#pragma once

#include "model/registration_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

class RegistrationFiles {
 public:
  virtual ~RegistrationFiles() = default;
  // Takes the place of the file of the same registration and field.
  virtual void put(const RegistrationFile& file, const std::string& bytes) = 0;
  virtual std::vector<RegistrationFile> of(RegistrationId registration) = 0;  // by field
  virtual std::optional<RegistrationFile> find(RegistrationId registration, const std::string& field) = 0;
  // Empty when it is gone.
  virtual std::string bytes(RegistrationId registration, const std::string& field) = 0;

  // In bytes: of an event; of everybody who has not confirmed an address.
  virtual std::size_t stored(EventId event) = 0;
  virtual std::size_t unconfirmed() = 0;

  // How many were removed: of one registration; of one field of an event's form; of an event.
  virtual int remove(RegistrationId registration) = 0;
  virtual int remove_field(EventId event, const std::string& field) = 0;
  virtual int remove_all(EventId event) = 0;
};

}  // namespace convoke::db
