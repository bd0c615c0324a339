// Reading a calendar from somebody else's server, without letting its address lead where it may not (threats
// E2): each name is resolved once, by us, every address behind it is judged, and the connection is made to
// the addresses that were judged. Redirects are followed by hand, each one judged anew.
#pragma once

#include "calendar/ical_prescan.hpp"
#include "model/source.hpp"
#include "notify/outside_connection.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace convoke::service {

using notify::Resolve;

struct FetchRequest {
  std::string url;
  std::string etag, last_modified;  // of what is known already; may be empty
};

struct FetchAnswer {
  SourceTrouble trouble = SourceTrouble::none;
  std::string problem;  // one line in English, when there is trouble
  bool not_modified = false;
  bool interrupted = false;         // by us: says nothing about the source
  std::string body;                 // unpacked
  std::string etag, last_modified;  // as sent; empty when absent or unfit to be sent back

  static FetchAnswer failed(SourceTrouble trouble, std::string problem);
};

// Used by one thread at a time, except interrupt().
class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Blocks for the deadline at most. Throws nothing.
  virtual FetchAnswer fetch(const FetchRequest& request) = 0;
  // From another thread: a fetch under way gives up within about a second. Final.
  virtual void interrupt() {}
};

struct FetchSettings {
  OutsideExceptions exceptions;  // none by default
  std::string agent = "Convoke/" CONVOKE_VERSION;
  std::chrono::milliseconds deadline{5'000};  // of all its steps together
  std::size_t largest = calendar::largest_calendar_file;
  int redirects = 3;
  Resolve resolve;  // absent: the system's resolver
};

// Over http and https, with libcurl. Throws std::runtime_error when libcurl cannot be had.
std::unique_ptr<Fetcher> make_web_fetcher(FetchSettings settings);

}  // namespace convoke::service
