#include "app/holidays.hpp"

#include "calendar/holidays.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace convoke::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 200;

Error unreadable(const fs::path& path, const std::string& why) {
  return {Errc::invalid_input, "holidays: " + path.string() + ": " + why};
}

Result<std::vector<fs::path>> files_in(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure))
    if (it->path().extension() == ".tsv") files.push_back(it->path());
  if (failure) return unreadable(folder, "the folder cannot be read");
  if (files.size() > most_files) return unreadable(folder, "more than 200 files");
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::vector<calendar::SpecialDay>> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(calendar::max_holiday_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || !file.is_open()) return unreadable(path, "it cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto days = calendar::read_special_days(text);
  if (!days) return unreadable(path, days.error().message);
  return days;
}

}  // namespace

Result<std::shared_ptr<const calendar::DaysOff>> load_days_off(const std::string& folder) {
  auto table = std::make_shared<calendar::DaysOff>(calendar::built_in_days_off());
  if (folder.empty()) return std::shared_ptr<const calendar::DaysOff>(std::move(table));
  const auto files = files_in(folder);
  if (!files) return files.error();
  for (const auto& path : *files) {
    const auto days = read_file(path);
    if (!days) return days.error();
    for (const auto& day : *days) table->put(day);
  }
  return std::shared_ptr<const calendar::DaysOff>(std::move(table));
}

}  // namespace convoke::app
