// A fresh SQLite store in a folder of its own that goes away with it: for the tests of every layer. Link
// db_sqlite.
#pragma once

#include "db/sqlite/open.hpp"
#include "db/store.hpp"

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace convoke::tests {

// A folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "convoke-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

class TemporaryStore {
 public:
  TemporaryStore() {
    db::sqlite::Options options;
    options.path = file();
    auto opened = db::sqlite::open(options);
    if (!opened) throw std::runtime_error(opened.error().message);
    store_ = std::move(*opened);
  }

  db::Store& operator*() const { return *store_; }
  db::Store* operator->() const { return store_.get(); }
  std::string file() const { return folder_.file("convoke.db"); }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<db::Store> store_;
};

}  // namespace convoke::tests
