#include "tests/db/store_contract.hpp"
#include "tests/support/temporary_store.hpp"

namespace convoke::tests {
namespace {

class SqliteDatabase final : public Database {
 public:
  std::unique_ptr<db::Store> open() override {
    db::sqlite::Options options;
    options.path = folder_.file("convoke.db");
    auto store = db::sqlite::open(options);
    if (!store) FAIL(store.error().message);
    return std::move(*store);
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace

const std::vector<Backend>& backends() {
  static const std::vector<Backend> all = {
      {"sqlite", [] { return std::make_unique<SqliteDatabase>(); }},
  };
  return all;
}

}  // namespace convoke::tests
