// How much a client may send and how long it may take: every number that the server refuses by, in one place.
// The defaults are what is run in public; tests make them small.
#pragma once

#include <chrono>
#include <cstddef>

namespace convoke::web {

struct Limits {
  std::size_t target = 4096;         // bytes of the request's target; more: 414
  std::size_t header_block = 8192;   // bytes of all header lines; more: 431
  std::size_t header_fields = 64;    // more: 431
  std::size_t form_fields = 200;     // of a query or a form; more: 400
  std::size_t connections = 10'000;  // at once; more: closed with a 503
  std::size_t connections_per_address = 100;
  // Of one address, an IPv6 network of 64 bits counting as one; more: 429. Each may come at once.
  std::size_t requests_per_minute = 600;
  std::size_t changes_per_minute = 60;     // those that are to change something (POST, PATCH, …)
  std::size_t addresses_counted = 16'384;  // more: those not seen for longest are forgotten
  std::size_t linger_bytes = 1024 * 1024;  // read and thrown away after a refusal, so that the reply is seen
};

// Each is one absolute span, set once when its phase begins: a client that sends a byte now and then gains
// nothing.
struct Deadlines {
  std::chrono::milliseconds header{10'000};          // first byte to empty line
  std::chrono::milliseconds body{30'000};            // the whole body …
  std::chrono::milliseconds body_per_64_kib{1'000};  // … and this for each 64 KiB of it
  std::chrono::milliseconds idle{15'000};            // between requests
  std::chrono::milliseconds write{30'000};           // the whole reply
  std::chrono::milliseconds handler{10'000};         // from body to reply
  std::chrono::milliseconds linger{2'000};           // after a reply that ends the connection
  std::chrono::milliseconds drain{10'000};           // from stop() to the last reply
  std::chrono::milliseconds accept_pause{50};        // after the system ran out of descriptors
};

}  // namespace convoke::web
