// Replies that stand: what an address answers to everybody until something changes. The first one is the
// handler's; it is kept as bytes, and while it stands it is given again without taking the request apart,
// finding its route or asking the handler. Nothing of what guards a request is left out for that: only a
// request that has passed the gate and the rate limit gets so far, and only replies of routes that are open
// to everyone are kept. Owns the heads of the replies; the bodies stay whose they are.
#pragma once

#include "web/body_file.hpp"
#include "web/conditional.hpp"
#include "web/http.hpp"
#include "web/security_headers.hpp"

#include <array>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// What a handler says of a reply that may be given again. The reply must be the same for everybody who asks
// the same address and makes the same conditions.
class Standing {
 public:
  std::string etag, gzip_etag;  // as Validators has them
  Instant last_modified{};
  bool date_is_exact = true;
  std::function<bool(Instant now)> stands;  // false: ask the handler. Any thread; quick; must not block

  Validators validators() const;
};

// A reply whole, but for its Date and what becomes of the connection.
struct StandingReply {
  unsigned status = 200;
  std::string start;   // the status line, which the date follows
  std::string fields;  // all other lines, without the empty one
  std::size_t body_size = 0;
  std::weak_ptr<const Rope> body;        // whoever made it decides how long it is kept
  std::shared_ptr<const BodyFile> file;  // the same bytes, once they are asked for so often that it pays
  std::string path;                      // for the log
};

class StandingReplies {
 public:
  static constexpr std::size_t most_addresses = 1024;  // the one asked for least recently goes
  // Bodies that are asked for this often in one second are given as files. Those of the addresses asked for
  // least recently stop being files when there are more, or more bytes in them.
  static constexpr unsigned worth_a_file = 8;
  static constexpr std::size_t shortest_file = std::size_t{16} << 10U;  // fewer bytes are copied as fast
  static constexpr std::size_t longest_file = std::size_t{512} << 10U;
  static constexpr std::size_t most_files = 64;
  static constexpr std::size_t most_file_bytes = std::size_t{16} << 20U;

  // The reply to a GET of `target`, as it was sent, that makes these conditions; null: ask the handler. Each
  // address is asked of its handler anew every second, so that whoever keeps the bodies sees which are read.
  // Any thread.
  std::shared_ptr<const StandingReply> find(std::string_view target, const Conditions& conditions,
                                            Instant now);
  // Keeps what a handler answered if it may be given again: `reply` says so and has its body in pieces, or
  // none for a 304. Any thread.
  void keep(std::string target, const Request& request, const Reply& reply, const HeaderPolicy& policy,
            Instant now);

  std::size_t size() const;
  std::size_t files() const;
  std::size_t file_bytes() const;

 private:
  struct Slot {
    std::shared_ptr<const StandingReply> reply;
    unsigned given = 0;  // how often since the handler was asked
  };
  struct Address {
    std::string target;
    std::shared_ptr<const Standing> standing;
    Instant answered{};
    std::array<Slot, 4> slots;  // by slot_of()
  };
  using Addresses = std::list<Address>;

  static std::size_t slot_of(const Choice& choice);
  void put_in_file(Slot& slot);
  void make_room_for_file(std::size_t size);
  Address& address_of(std::string target);

  mutable std::mutex mutex_;
  Addresses addresses_;  // the one asked for last stands first
  std::map<std::string_view, Addresses::iterator> by_target_;
};

}  // namespace convoke::web
