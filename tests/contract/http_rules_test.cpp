// The HTTP half of the calendar contract (rules 1 to 15), asked of the whole server through a socket.
#include "base/id.hpp"
#include "tests/contract/site.hpp"
#include "tests/support/catch.hpp"

#include <libdeflate.h>

#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <set>

using namespace convoke;
using namespace convoke::testing;
using convoke::web::RawReply;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

// Two events and the association that they are of.
struct Library {
  tests::TemporaryStore temporary;
  FixedClock clock{parse_iso_instant("2026-09-01T06:00:00Z").value()};
  std::unique_ptr<Site> site;
  Event meeting, lecture;

  Library() {
    auto stored = temporary->write(db::Author("test", clock.now()), [](db::Unit& unit) {
      Organisation organisation;
      organisation.name = "Вишнева громада";
      organisation.zone = "Europe/Kyiv";
      return unit.organisations().insert(organisation);
    });
    REQUIRE(std::move(stored).wait());
    restart();
    meeting = site->add("Засідання методичного об’єднання", make_date(2026, 11, 12), hours{10});
    lecture = site->add("Відкрита лекція", make_date(2026, 12, 3));
    pass(seconds{61});
  }
  void restart() {
    site.reset();
    site = std::make_unique<Site>(*temporary, clock);
  }
  void pass(seconds by) { clock.set(clock.now() + by); }
  void rename(const std::string& title) {
    service::EventChange change;
    change.title = title;
    meeting = site->change(meeting.id, change);
  }
  // The address of a personal calendar of the first administrator, without the site's own.
  std::pair<std::string, service::IssuedCalendar> personal() {
    site->context.settings.password_cost = service::cheap_password_cost;
    const auto link = service::first_administrator_link(site->context).wait().value();
    service::FirstAdministrator entered;
    entered.token = link;
    entered.login = "olena@library.example";
    entered.name = "Олена";
    entered.password = "вербове листя шумить 7";
    const auto session = service::create_first_administrator(site->context, entered).wait();
    REQUIRE(session);
    owner = session->who;
    service::NewPersonalCalendar wanted;
    wanted.scope = PersonalScope::registrations;
    wanted.name = "Мій";
    const auto made = service::make_personal_calendar(site->context, owner, wanted).wait();
    REQUIRE(made);
    return {made->address.substr(site_address.size()), *made};
  }
  service::SignedIn owner;
};

std::string header(const std::string& name, const std::string& value) {
  return name + ": " + value + "\r\n";
}

std::string inflated(const std::string& packed, std::size_t size) {
  std::string out(size + 1, '\0');
  std::size_t length = 0;
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> tool(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  REQUIRE(libdeflate_gzip_decompress(tool.get(), packed.data(), packed.size(), out.data(), out.size(),
                                     &length) == LIBDEFLATE_SUCCESS);
  out.resize(length);
  return out;
}

std::multimap<std::string, std::string> without_length(const RawReply& reply) {
  auto headers = reply.headers;
  headers.erase("content-length");
  return headers;
}

bool is_small_plain_text(const RawReply& reply) {
  return reply.header("content-type").starts_with("text/plain") && reply.body.size() < 300 &&
         reply.body.find('<') == std::string::npos;
}

Instant date_of(const RawReply& reply, const std::string& name) {
  std::tm parts{};
  const auto text = reply.header(name);
  const auto* const end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  CAPTURE(name, text);
  REQUIRE(end != nullptr);
  REQUIRE(*end == '\0');
  return Instant{seconds{::timegm(&parts)}};
}

}  // namespace

TEST_CASE("feed rule 1: GET and HEAD of every calendar have one status and the same headers") {
  Library library;
  const auto personal = library.personal().first;
  for (const std::string& target : {std::string("/feeds/all.ics"), std::string("/feeds/meeting.ics?lang=be"),
                                    std::string("/feeds/none.ics"), std::string("/feeds/all.ics?kin=x"),
                                    std::string("/feeds/p/nobody.ics"), personal}) {
    for (const auto* more : {"", "Accept-Encoding: gzip\r\n", "If-None-Match: *\r\n"}) {
      CAPTURE(target, more);
      const auto get = library.site->get(target, more);
      const auto head = library.site->ask("HEAD", target, more);
      CHECK(head.status == get.status);
      CHECK(head.headers == get.headers);
      CHECK(head.body.empty());
      if (get.status != 304) CHECK(get.header("content-length") == std::to_string(get.body.size()));
    }
  }
}

TEST_CASE("feed rule 2: a calendar's type is text/calendar in UTF-8 and nothing stands before it") {
  Library library;
  for (const auto* target : {"/feeds/all.ics", "/feeds/seminar.ics", "/feeds/all.ics?lang=en"}) {
    const auto reply = library.site->get(target);
    CHECK(reply.status == 200);
    CHECK(reply.header("content-type") == "text/calendar; charset=utf-8");
    CHECK(reply.body.starts_with("BEGIN:VCALENDAR\r\n"));
  }
}

TEST_CASE("feed rule 3: the tag is strong and outlives a restart and changes with the bytes alone") {
  Library library;
  const auto first = library.site->feed();
  CHECK(first.header("etag").starts_with('"'));
  CHECK(first.header("etag").ends_with('"'));
  CHECK(first.header("etag").size() >= 18);
  {
    Site other(*library.temporary, library.clock);  // another node
    CHECK(other.feed().header("etag") == first.header("etag"));
  }
  library.restart();
  const auto again = library.site->feed();
  CHECK(again.header("etag") == first.header("etag"));
  CHECK(again.body == first.body);
  std::set<std::string> tags = {first.header("etag")}, bodies = {first.body};
  for (const auto* title : {"Перша назва", "Друга назва", "Перша назва"}) {
    library.rename(title);
    const auto changed = library.site->feed();
    tags.insert(changed.header("etag"));
    bodies.insert(changed.body);
  }
  CHECK(tags.size() == 4);  // the third differs from the first by its SEQUENCE
  CHECK(bodies.size() == tags.size());
}

TEST_CASE(
    "feed rule 4: whoever names the version it has gets 304 and a date beside a tag counts for nothing") {
  Library library;
  const auto now = library.site->feed();
  const auto tag = now.header("etag"), date = now.header("last-modified");
  struct Row {
    std::string more;
    unsigned status;
  };
  const std::vector<Row> rows = {
      {header("If-None-Match", tag), 304},
      {header("If-None-Match", "W/" + tag), 304},
      {header("If-None-Match", "*"), 304},
      {header("If-None-Match", "\"x\", " + tag + ", \"y\""), 304},
      {header("If-None-Match", "\"x\",W/" + tag), 304},
      {header("If-None-Match", tag) + header("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"), 304},
      {header("If-None-Match", "\"x\""), 200},
      {header("If-None-Match", "\"x\"") + header("If-Modified-Since", date), 200},
      {header("If-None-Match", tag.substr(1, tag.size() - 2)), 200},
      {header("If-None-Match", ""), 200},
  };
  for (const auto& row : rows) {
    CAPTURE(row.more);
    CHECK(library.site->get("/feeds/all.ics", row.more).status == row.status);
  }
}

TEST_CASE("feed rule 5: a date as late as the last change gets 304 and any other the calendar") {
  Library library;
  const auto date = library.site->feed().header("last-modified");
  struct Row {
    std::string since;
    unsigned status;
  };
  for (const auto& row : std::vector<Row>{{date, 304},
                                          {"Fri, 01 Jan 2027 00:00:00 GMT", 304},
                                          {"Mon, 31 Aug 2026 00:00:00 GMT", 200},
                                          {"Thu, 01 Jan 1970 00:00:00 GMT", 200},
                                          {"0", 200},
                                          {"yesterday", 200},
                                          {"", 200}}) {
    CAPTURE(row.since);
    CHECK(library.site->get("/feeds/all.ics", header("If-Modified-Since", row.since)).status == row.status);
  }
}

TEST_CASE("feed rule 6: a 304 repeats what a cache must know and brings nothing else of a body") {
  Library library;
  const auto full = library.site->feed();
  for (const auto& more : {header("If-None-Match", full.header("etag")),
                           header("If-Modified-Since", full.header("last-modified"))}) {
    const auto reply = library.site->get("/feeds/all.ics", more);
    REQUIRE(reply.status == 304);
    for (const auto* name : {"etag", "last-modified", "cache-control", "vary"}) {
      CAPTURE(name);
      CHECK_FALSE(reply.header(name).empty());
      CHECK(reply.header(name) == full.header(name));
    }
    CHECK(reply.body.empty());
    CHECK(reply.headers.count("content-length") == 0);
    CHECK(reply.headers.count("transfer-encoding") == 0);
  }
}

TEST_CASE("feed rule 7: no wish for a type is refused") {
  Library library;
  const auto bytes = library.site->feed().body;
  for (const auto* more :
       {"", "Accept: */*\r\n", "Accept: text/calendar\r\n", "Accept: text/plain\r\n", "Accept: text/html\r\n",
        "Accept: text/calendar,text/plain;q=0.8,*/*;q=0.5\r\n", "Accept: image/png;q=0, nonsense;;\r\n"}) {
    CAPTURE(more);
    const auto reply = library.site->get("/feeds/all.ics", more);
    CHECK(reply.status == 200);
    CHECK(reply.body == bytes);
  }
}

TEST_CASE("feed rule 8: compressed bytes unpack to the plain ones and go to nobody who did not ask") {
  Library library;
  const auto plain = library.site->feed();
  CHECK(plain.headers.count("content-encoding") == 0);
  CHECK(plain.header("vary").find("Accept-Encoding") != std::string::npos);
  struct Row {
    const char* wish;
    bool packed;
  };
  for (const auto& row : std::vector<Row>{{"gzip", true},
                                          {"gzip, deflate, br", true},
                                          {"br;q=1.0, gzip;q=0.8", true},
                                          {"identity;q=0.5, gzip", true},
                                          {"gzip;q=0", false},
                                          {"gzip;q=0.000, *", false},
                                          {"*", false},  // may be gzip, need not
                                          {"identity", false},
                                          {"deflate, br", false},
                                          {"", false}}) {
    CAPTURE(row.wish);
    const auto reply = library.site->get("/feeds/all.ics", header("Accept-Encoding", row.wish));
    REQUIRE(reply.status == 200);
    CHECK((reply.header("content-encoding") == "gzip") == row.packed);
    CHECK(reply.header("vary") == plain.header("vary"));
    CHECK((row.packed ? inflated(reply.body, plain.body.size()) : reply.body) == plain.body);
    CHECK((reply.header("etag") != plain.header("etag")) == row.packed);
    const auto again = library.site->get("/feeds/all.ics", header("Accept-Encoding", row.wish) +
                                                               header("If-None-Match", reply.header("etag")));
    CHECK(again.status == 304);
  }
}

TEST_CASE("feed rule 9: the date is that of the last change with removals counted and never in the future") {
  Library library;
  auto& site = *library.site;
  std::set<std::int64_t> dates;
  const auto look = [&](Instant changed) {
    const auto date = date_of(site.feed(), "last-modified");
    CHECK(date == changed);
    CHECK(date <= library.clock.now());
    dates.insert(date.time_since_epoch().count());
  };
  look(library.clock.now() - seconds{61} + seconds{2});  // three changes of one second: no two share a date
  library.pass(hours{1});
  library.rename("Інша назва");
  look(library.clock.now());
  library.pass(hours{1});
  site.remove(library.lecture.id);
  look(library.clock.now());
  library.pass(hours{1});
  service::EventChange cancel;
  cancel.status = EventStatus::cancelled;
  site.change(library.meeting.id, cancel);
  look(library.clock.now());
  CHECK(dates.size() == 4);
}

TEST_CASE("feed rule 9: the date moves when a cancelled event leaves with its window") {
  Library library;
  service::EventChange cancel;
  cancel.status = EventStatus::cancelled;
  library.site->change(library.meeting.id, cancel);
  const auto before = library.site->feed();
  library.pass(service::cancelled_shown_for + hours{24 * 90});
  const auto after = library.site->feed("/feeds/all.ics", Witness::some);
  CHECK(before.body.find(library.meeting.uid) != std::string::npos);
  CHECK(after.body.find(library.meeting.uid) == std::string::npos);
  CHECK(date_of(after, "last-modified") > date_of(before, "last-modified"));
  CHECK(date_of(after, "last-modified") <= library.clock.now());
}

TEST_CASE("feed rule 10: a broken database serves the last good calendar and without one a plain 503") {
  Library library;
  const auto good = library.site->feed();
  library.rename("Назва якої ще ніхто не бачив");
  library.site->counted.broken = true;
  const auto kept = library.site->get("/feeds/all.ics");
  CHECK(kept.status == 200);
  CHECK(kept.body == good.body);
  CHECK(library.site->get("/feeds/all.ics", header("If-None-Match", good.header("etag"))).status == 304);

  Site fresh(*library.temporary, library.clock);
  fresh.counted.broken = true;
  const auto none = fresh.get("/feeds/all.ics");
  CHECK(none.status == 503);
  CHECK_FALSE(none.header("retry-after").empty());
  CHECK(is_small_plain_text(none));
  fresh.counted.broken = false;
  CHECK(fresh.feed().body.find("Назва якої ще ніхто не бачив") != std::string::npos);
}

TEST_CASE("feed rule 11: a revoked calendar is gone and one that never was is not found") {
  Library library;
  const auto [address, issued] = library.personal();
  CHECK(library.site->get(address).status == 200);
  REQUIRE(service::revoke_personal_calendar(library.site->context, library.owner, issued.id).wait());
  const auto gone = library.site->get(address);
  CHECK(gone.status == 410);
  CHECK(is_small_plain_text(gone));
  for (const auto* target :
       {"/feeds/nothing.ics", "/feeds/p/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics", "/feeds/goal.ics"}) {
    CAPTURE(target);
    const auto unknown = library.site->get(target);
    CHECK(unknown.status == 404);
    CHECK(is_small_plain_text(unknown));
  }
}

TEST_CASE("feed rule 12: no calendar redirects or sets a cookie or asks anybody to sign in") {
  Library library;
  const auto personal = library.personal().first;
  for (const std::string& target :
       {std::string("/feeds/all.ics"), std::string("/feeds/meeting.ics?lang=ru&periods=span"),
        std::string("/feeds/none.ics"), personal}) {
    for (const auto* more :
         {"", "X-Forwarded-Proto: http\r\n", "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n",
          "Cookie: __Host-sid=nonsense\r\n", "User-Agent: Mozilla/5.0\r\nAccept: text/html\r\n"}) {
      CAPTURE(target, more);
      const auto reply = library.site->get(target, more);
      CHECK((reply.status == 200 || reply.status == 404));
      for (const auto* name : {"location", "set-cookie", "www-authenticate", "refresh"})
        CHECK(reply.headers.count(name) == 0);
      CHECK(reply.body.find("http://plans.example.org") == std::string::npos);  // never back to plain http
      CHECK(reply.body.find("evil.example") == std::string::npos);
    }
  }
}

TEST_CASE("feed rule 13: a personal address is short and private and stands in no log") {
  Library library;
  const auto [address, issued] = library.personal();
  const auto whole = site_address + address;
  CHECK(whole.size() <= 200);
  CHECK(whole.ends_with(".ics"));
  CHECK(std::all_of(whole.begin(), whole.end(), [](char c) { return c > 0x20 && c < 0x7F; }));
  CHECK(issued.token.size() >= 27);  // 160 bits
  const auto reply = library.site->get(address);
  REQUIRE(reply.status == 200);
  CHECK(reply.header("cache-control").find("private") != std::string::npos);
  CHECK(reply.header("cache-control").find("public") == std::string::npos);
  CHECK(reply.header("referrer-policy") == "no-referrer");
  CHECK(reply.header("x-robots-tag").find("noindex") != std::string::npos);
  CHECK(reply.headers.count("access-control-allow-origin") == 0);
  const auto open = library.site->get("/feeds/all.ics");
  CHECK(open.header("cache-control").find("public") != std::string::npos);
  // One letter off, or in another case, is another address; and nothing tells how near it was.
  auto near = address;
  near[near.size() - 6] = near[near.size() - 6] == 'A' ? 'B' : 'A';
  const auto wrong = library.site->get(near);
  const auto far = library.site->get("/feeds/p/AAAA.ics");
  CHECK(wrong.status == 404);
  CHECK(wrong.body == far.body);
  CHECK(without_length(wrong) == without_length(far));
}

TEST_CASE("feed rule 14: robots are told that calendars are theirs to fetch") {
  Library library;
  const auto reply = library.site->get("/robots.txt");
  CHECK(reply.status == 200);
  CHECK(reply.header("content-type").starts_with("text/plain"));
  CHECK(reply.body.find("User-agent: *\n") != std::string::npos);
  CHECK(reply.body.find("Allow: /feeds/\n") != std::string::npos);
  CHECK(reply.body.find("Disallow: /\n") == std::string::npos);
  CHECK(reply.body.find("Disallow: /feeds") == std::string::npos);
}

TEST_CASE("feed rule 15: without an edit the bytes and their tag stand still for a day and a night") {
  Library library;
  const auto first = library.site->feed();
  library.pass(seconds{1});
  for (int hour = 0; hour <= 24; ++hour) {
    CAPTURE(hour);
    const auto again = library.site->get("/feeds/all.ics");
    CHECK(again.body == first.body);
    CHECK(again.header("etag") == first.header("etag"));
    CHECK(again.header("last-modified") == first.header("last-modified"));
    library.pass(hours{1});
  }
  library.restart();
  CHECK(library.site->get("/feeds/all.ics").body == first.body);
}

TEST_CASE("feed rule 20: a cache may keep a calendar no longer than it asks to be refreshed") {
  Library library;
  const auto reply = library.site->feed();
  const auto& kept = reply.header("cache-control");
  const auto at = kept.find("max-age=");
  REQUIRE(at != std::string::npos);
  CHECK(std::stoi(kept.substr(at + 8)) <= 3600);
  CHECK(reply.body.find("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n") != std::string::npos);
  CHECK(reply.body.find("X-PUBLISHED-TTL:PT1H\r\n") != std::string::npos);
}

TEST_CASE("threat rule G6: guesses at personal addresses are answered alike and then not at all") {
  Library library;
  const auto [address, issued] = library.personal();
  const auto first = library.site->get("/feeds/p/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics");
  CHECK(first.status == 404);
  unsigned refused = 0;
  for (std::size_t i = 1; i < web::wrong_calendars_per_minute + 5; ++i) {
    const auto guess = library.site->get("/feeds/p/" + random_token(24) + ".ics");
    if (guess.status == 404) {
      CHECK(guess.body == first.body);
      CHECK(guess.headers == first.headers);
    } else {
      CHECK(guess.status == 429);
      CHECK_FALSE(guess.header("retry-after").empty());
      ++refused;
    }
  }
  CHECK(refused > 0);
  CHECK(refused <= 5);
  CHECK(library.site->get(address).status == 200);  // who knows it is never refused
  REQUIRE(service::revoke_personal_calendar(library.site->context, library.owner, issued.id).wait());
  CHECK(library.site->get(address).status != 200);  // from the very next request on
}
