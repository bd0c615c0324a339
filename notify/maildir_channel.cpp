#include "notify/maildir_channel.hpp"

#include "base/id.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <utility>

namespace convoke::notify {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class File {
 public:
  File(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool sync() { return ::fsync(fd_) == 0; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::string without_carriage_returns(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] != '\r' || i + 1 == bytes.size() || bytes[i + 1] != '\n') text += bytes[i];
  return text;
}

// Unique over time, processes and threads: seconds, process, count, and randomness for what shares a folder.
std::string unique_name() {
  static std::atomic<unsigned> count{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  return std::to_string(seconds) + ".P" + std::to_string(::getpid()) + "Q" + std::to_string(++count) + "R" +
         random_token(6) + ".convoke";
}

class MaildirChannel final : public Channel {
 public:
  explicit MaildirChannel(fs::path folder) : folder_(std::move(folder)) {}

  Delivery deliver(const OutgoingMail& mail) override {
    std::error_code error;
    for (const char* name : {"tmp", "new", "cur"}) {
      fs::create_directories(folder_ / name, error);
      if (error) return failed("mkdir", error.message());
    }
    const std::string name = unique_name();
    const fs::path draft = folder_ / "tmp" / name;
    if (const char* step = write(draft, without_carriage_returns(mail.bytes))) {
      const int reason = errno;
      fs::remove(draft, error);
      return failed(step, std::strerror(reason));
    }
    if (before_end_) before_end_();
    fs::rename(draft, folder_ / "new" / name, error);
    if (error) {
      const std::string reason = error.message();
      fs::remove(draft, error);
      return failed("rename", reason);
    }
    File directory(folder_ / "new", O_RDONLY | O_DIRECTORY);
    if (!directory.is_open() || !directory.sync()) {
      Delivery delivery = failed("fsync", std::strerror(errno));
      delivery.maybe_delivered = true;
      return delivery;
    }
    return Delivery::done("written");
  }

  void before_end(std::function<void()> tell) override { before_end_ = std::move(tell); }

 private:
  // Nothing when the file is whole on disk, else the step that failed, with errno.
  static const char* write(const fs::path& path, const std::string& bytes) {
    File file(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) return "open";
    if (!file.write_all(bytes)) return "write";
    if (!file.sync()) return "fsync";
    return nullptr;
  }

  static Delivery failed(std::string_view step, std::string_view why) {
    return {Outcome::retry_later, "maildir: " + std::string(step) + ": " + std::string(why), true, false};
  }

  fs::path folder_;
  std::function<void()> before_end_;
};

}  // namespace

std::unique_ptr<Channel> maildir_channel(fs::path folder) {
  return std::make_unique<MaildirChannel>(std::move(folder));
}

}  // namespace convoke::notify
