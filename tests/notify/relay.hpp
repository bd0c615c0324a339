// A real SMTP server (aiosmtpd, smtp_server.py) beside a test, over a loopback port that the system chose. It
// answers as it is told and keeps each message that it took.
#pragma once

#include "tests/notify/child.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace convoke::tests {

// What a relay may say instead of yes (threats F9).
inline const std::vector<std::string> negative_replies = {"421 4.3.0 closing",
                                                          "450 4.2.1 busy",
                                                          "451 4.7.1 greylisted",
                                                          "452 4.2.2 full",
                                                          "550 5.1.1 <to@example.org> unknown",
                                                          "552 5.2.2 over quota",
                                                          "554 5.6.0 not like this"};

inline bool has_aiosmtpd() {
  static const bool found = [] {
    Child child({python, "-c", "import aiosmtpd"});
    return child.wait() == 0;
  }();
  if (!found) WARN("skipped: no aiosmtpd for " << python << " (apt-get install python3-aiosmtpd)");
  return found;
}

class Relay {
 public:
  explicit Relay(std::vector<std::string> options = {}) {
    std::vector<std::string> arguments = {
        python, "-W", "ignore", CONVOKE_SOURCE_DIR "/tests/notify/smtp_server.py", folder_.path().string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    child_ = std::make_unique<Child>(arguments);
    port_ = child_->read_line();
    if (port_.empty()) throw std::runtime_error("the SMTP server did not start");
  }

  std::string host() const { return "127.0.0.1:" + port_; }
  std::string url() const { return "smtp://" + host(); }
  void script(const std::string& stage, const std::string& reply) {
    command("script " + stage + " " + reply);
  }
  void pause(std::chrono::milliseconds between) { command("pause " + std::to_string(between.count())); }
  void clear() { command("clear"); }
  int messages() { return std::stoi(command("count")); }
  int connections() {
    const auto answer = command("count");
    return std::stoi(answer.substr(answer.find(' ')));
  }
  std::string message(int number) {
    std::ifstream file(folder_.path() / (std::to_string(number) + ".eml"), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string command(const std::string& line) {
    child_->write(line + "\n");
    return child_->read_line();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Child> child_;
  std::string port_;
};

}  // namespace convoke::tests
