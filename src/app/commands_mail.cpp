// `convoke mail receive`: what a mail server hands over, or what lies in a Maildir.
#include "app/commands.hpp"
#include "app/session.hpp"
#include "base/log.hpp"
#include "notify/inbound_mail.hpp"
#include "service/inbound.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace convoke::app {
namespace {

namespace fs = std::filesystem;
using What = service::Received::What;

// What a mail server's pipe understands (sysexits.h).
constexpr int mail_taken = 0, mail_refused = 65, mail_later = 75;
// Of a Maildir, in one run: what is left comes with the next.
constexpr std::size_t most_files = 10'000;

std::string_view name_of(What what) {
  constexpr std::array<std::string_view, 5> names = {"answer", "outdated", "bounce", "nothing", "refused"};
  return names.at(static_cast<std::size_t>(what));
}

// As much as may be taken, and one byte more, by which what is too large is told.
std::string read_all(int file) {
  std::string bytes;
  std::array<char, 65536> buffer;
  while (bytes.size() <= notify::largest_inbound_mail) {
    const auto got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

// The code for the mail server, and one line for whoever sent it: mail servers put it into their report.
int receive_one(service::Context& context, std::string bytes) {
  const auto received = service::receive_mail(context, std::move(bytes)).wait();
  if (!received) {
    const bool later =
        received.error().code == Errc::storage_unavailable || received.error().code == Errc::internal;
    std::cerr << "convoke: " << received.error().message << "\n";
    return later ? mail_later : mail_refused;
  }
  log::info("mail_received", {{"what", name_of(received->what)}, {"why", received->why}});
  if (received->what != What::refused) return mail_taken;
  std::cerr << "convoke: " << received->why << "\n";
  return mail_refused;
}

// Neither a link nor a folder is read.
std::optional<std::string> read_mail_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  struct stat about {};
  const bool plain = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  std::string bytes = plain ? read_all(file) : std::string{};
  ::close(file);
  return plain ? std::optional(std::move(bytes)) : std::nullopt;
}

// What was dealt with is moved to cur/, as read ("S"); what was refused as unread, so that a person finds it.
int receive_maildir(service::Context& context, const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::directory_iterator entry(folder / "new", failed), end;
       !failed && entry != end && files.size() < most_files; entry.increment(failed))
    files.push_back(entry->path());
  if (failed) {
    std::cerr << "convoke: the folder " << (folder / "new").string() << " cannot be read\n";
    return mail_later;
  }
  std::sort(files.begin(), files.end());
  fs::create_directories(folder / "cur", failed);
  int taken = 0, refused = 0, left = 0;
  for (const auto& file : files) {
    const auto bytes = read_mail_file(file);
    const int code = bytes ? receive_one(context, *bytes) : mail_later;
    if (code != mail_later) {
      const std::string flags = code == mail_taken ? ":2,S" : ":2,";
      fs::rename(file, folder / "cur" / (file.filename().string() + flags), failed);
    }
    ++(code == mail_later || failed ? left : code == mail_taken ? taken : refused);
  }
  std::cout << taken << " taken, " << refused << " refused, " << left << " left\n";
  return left > 0 ? mail_later : mail_taken;
}

}  // namespace

int run_mail_receive(const Options& options, std::span<const std::string> arguments) {
  if (!arguments.empty())
    return report({Errc::invalid_input, "mail receive reads its standard input, or --maildir PATH"});
  auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  // Whatever is wrong with the database, the mail server keeps the mail and comes again.
  auto store = open_store(options, Use::reading);
  if (!store) {
    report(store.error());
    return mail_later;
  }
  service::Context context{**store, **clock, service_settings(options)};
  if (const auto folder = options.given("maildir")) return receive_maildir(context, *folder);
  return receive_one(context, read_all(STDIN_FILENO));
}

}  // namespace convoke::app
