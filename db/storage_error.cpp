#include "db/storage_error.hpp"

#include "base/log.hpp"

namespace convoke::db {
namespace {

Error describe(const StorageError& failure) {
  switch (failure.kind()) {
    case StorageError::Kind::busy:
      return {Errc::storage_unavailable, "the database is busy; nothing was changed, try again in a moment"};
    case StorageError::Kind::full:
      return {Errc::storage_unavailable, "the disk is full; nothing was changed, free some space and try again"};
    case StorageError::Kind::broken:
      return {Errc::storage_unavailable, "the database cannot be read or written; nothing was changed"};
    case StorageError::Kind::refused:
      return {Errc::internal, "the change was refused by the database; nothing was changed"};
  }
  return {Errc::internal, "the database failed"};
}

}  // namespace

Error storage_failure(std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const StorageError& error) {
    log::error("storage.failed", {{"what", error.what()}});
    return describe(error);
  } catch (const std::exception& error) {
    log::error("storage.unexpected", {{"what", error.what()}});
    return {Errc::internal, "an internal error; nothing was changed"};
  } catch (...) {
    log::error("storage.unexpected");
    return {Errc::internal, "an internal error; nothing was changed"};
  }
}

}  // namespace convoke::db
