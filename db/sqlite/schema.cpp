#include "base/embedded.hpp"
#include "db/sqlite/migrations.hpp"

namespace convoke::embedded {
std::span<const EmbeddedFile> schema_steps();
}

namespace convoke::db::sqlite {

const std::vector<std::string_view>& migration_steps() {
  static const std::vector<std::string_view> steps = [] {
    std::vector<std::string_view> all;
    for (const EmbeddedFile& step : embedded::schema_steps()) all.push_back(step.bytes);
    return all;
  }();
  return steps;
}

}  // namespace convoke::db::sqlite
