#include "notify/channel.hpp"

#include "notify/maildir_channel.hpp"
#include "notify/smtp_channel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

using namespace convoke;
using namespace convoke::notify;
namespace fs = std::filesystem;

namespace {

OutgoingMail mail(std::string bytes = "Subject: a\r\n\r\n.\r\n..\r\nlast\r\n") {
  return {"from@example.org", "to@example.org", "<id@example.org>", std::move(bytes)};
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  return found;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a relay is named by its address with what is left out filled in") {
  using Kind = MailAddress::Kind;
  using Tls = MailAddress::Tls;
  struct Row {
    const char* url;
    Kind kind;
    const char* host;
    int port;
    const char *user, *password;
    Tls tls;
  };
  const std::vector<Row> rows = {
      {"smtp://127.0.0.1:2525", Kind::smtp, "127.0.0.1", 2525, "", "", Tls::when_offered},
      {"smtp://localhost", Kind::smtp, "localhost", 25, "", "", Tls::when_offered},
      {"smtp://[::1]:2525", Kind::smtp, "::1", 2525, "", "", Tls::when_offered},
      {"smtp://mail.example.org", Kind::smtp, "mail.example.org", 25, "", "", Tls::required},
      {"smtp://mail.example.org/", Kind::smtp, "mail.example.org", 25, "", "", Tls::required},
      {"smtp://u:p@mail.example.org", Kind::smtp, "mail.example.org", 587, "u", "p", Tls::required},
      {"smtp://u%40x.org:p%3A%2F@mail.example.org:26", Kind::smtp, "mail.example.org", 26, "u@x.org", "p:/",
       Tls::required},
      {"smtp://relay:1025?tls=never", Kind::smtp, "relay", 1025, "", "", Tls::never},
      {"smtp://relay:1025/?tls=try", Kind::smtp, "relay", 1025, "", "", Tls::when_offered},
      {"smtp://127.0.0.1?tls=require", Kind::smtp, "127.0.0.1", 25, "", "", Tls::required},
      {"smtps://u:p@mail.example.org", Kind::smtps, "mail.example.org", 465, "u", "p", Tls::required},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    const auto address = parse_mail_url(row.url);
    REQUIRE(address);
    CHECK(address->kind == row.kind);
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
    CHECK(address->user == row.user);
    CHECK(address->password == row.password);
    CHECK(address->tls == row.tls);
  }
  CHECK(parse_mail_url("maildir:var/mail").value().path == "var/mail");
}

TEST_CASE("an address that is none is refused in one line that never shows the password") {
  for (const std::string url : {"", "smtp:", "smtp://", "http://example.org", "mail.example.org", "maildir:",
                                "smtp://h:0x19", "smtp://h:99999", "smtp://h/path", "smtp://h?tls=maybe",
                                "smtp://h?x=1", "smtps://h?tls=never", "smtp://u:secret@h\r\nRCPT",
                                "smtp://u%0d%0a:secret@h", "smtp://u:secret%00@h", "smtp://u:secret@h:x"}) {
    CAPTURE(url);
    const auto address = parse_mail_url(url);
    REQUIRE(address.has_error());
    CHECK(address.error().code == Errc::invalid_input);
    CHECK(address.error().message.find("secret") == std::string::npos);
    CHECK(address.error().message.find('\n') == std::string::npos);
    CHECK(open_channel(url).has_error());
  }
}

TEST_CASE("a Maildir is made when it is missing and holds each mail whole") {
  tests::TemporaryFolder folder;
  const fs::path root = folder.path() / "deep" / "mail";
  auto channel = open_channel("maildir:" + root.string()).value();
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
  CHECK(channel->deliver(mail("Subject: b\r\n\r\n")).outcome == Outcome::delivered);
  CHECK(files_in(root / "tmp").empty());
  CHECK(files_in(root / "cur").empty());
  std::set<std::string> contents;
  for (const auto& file : files_in(root / "new")) contents.insert(bytes_of(file));
  CHECK(contents == std::set<std::string>{"Subject: a\n\n.\n..\nlast\n", "Subject: b\n\n"});
}

TEST_CASE("threads that write to one Maildir never share a name") {
  tests::TemporaryFolder folder;
  constexpr int threads = 4, mails = 25;
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i)
    writers.emplace_back([&] {
      auto channel = maildir_channel(folder.path());
      for (int k = 0; k < mails; ++k) channel->deliver(mail());
    });
  for (auto& writer : writers) writer.join();
  CHECK(files_in(folder.path() / "new").size() == threads * mails);
}

TEST_CASE("a Maildir that cannot be written is tried again later and leaves no half mail") {
  tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "mail") << "a file stands where the folder should be";
  const auto delivery = maildir_channel(folder.path() / "mail")->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(delivery.unreachable);
}

TEST_CASE("a disk that takes no more leaves no half mail in a Maildir") {
  tests::TemporaryFolder folder;
  auto channel = maildir_channel(folder.path());
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto ignored = ::signal(SIGXFSZ, SIG_IGN);  // then a write fails as on a full disk
  const rlimit small{1000, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto delivery = channel->deliver(mail("Subject: a\r\n\r\n" + std::string(5000, 'w') + "\r\n"));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, ignored);
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(delivery.unreachable);
  CHECK(files_in(folder.path() / "tmp").empty());
  CHECK(files_in(folder.path() / "new").empty());
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
}

TEST_CASE("an address with a line break is refused before anything is sent") {
  // Port 1 has no relay: a refusal that needs none proves that nothing was tried.
  auto channel = open_channel("smtp://127.0.0.1:1").value();
  const std::vector<std::string> hostile = {"a@b\r\nRCPT TO:<c@d>", "a@b>\r\nDATA", "a b@c", "", "a@b\n"};
  for (const auto& address : hostile) {
    CAPTURE(address);
    OutgoingMail bad_to = mail(), bad_from = mail();
    bad_to.to = address;
    bad_from.from = address;
    for (const auto& bad : {bad_to, bad_from}) CHECK(channel->deliver(bad).outcome == Outcome::refused);
  }
  const auto delivery = channel->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(delivery.unreachable);
  CHECK_FALSE(delivery.maybe_delivered);
}
