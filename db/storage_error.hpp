// A database that does not do its work: an exception, never a value, until it reaches the edge of the store.
#pragma once

#include "base/result.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace convoke::db {

class StorageError : public std::runtime_error {
 public:
  enum class Kind {
    busy,     // locked by another process longer than the time-out
    full,     // no space, or the file may not grow
    broken,   // an I/O error or a damaged file
    refused,  // a rule of the schema was broken: a fault of ours
  };
  StorageError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// Errc::storage_unavailable for a StorageError (with a message fit for a person: no SQL, no path),
// Errc::internal for anything else; both are logged.
Error storage_failure(std::exception_ptr failure);

}  // namespace convoke::db
