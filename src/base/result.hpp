// What a function returns when its input may be wrong: a value, or an Error that says what to do.
// A broken disk or database is an exception (see db/store.hpp); bad input never is.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace convoke {

// One table (web/problem.cpp) maps these to HTTP statuses. They begin at 1: zero would read as success.
enum class Errc {
  invalid_input = 1,    // the input breaks a rule; the message says which
  not_a_plan,           // the document was read but holds no planned events
  unsupported_format,   // no reader for this kind of file
  limit_exceeded,       // a named limit refused the input; the message names it
  not_found,            // no such thing, or not for this reader
  gone,                 // it was here and has been withdrawn
  conflict,             // somebody changed it in between
  forbidden,            // known, but may not
  unauthenticated,      // not signed in, or the token is unknown
  storage_unavailable,  // the database is locked, full or broken; nothing was changed
  delivery_failed,      // the mail relay or folder refused
  internal,             // a fault of ours; logged with an id
};

std::string_view name_of(Errc code);

struct Error {
  Errc code = Errc::internal;
  std::string message;  // one line for a person: what is wrong and what to do

  Error() = default;
  Error(Errc c, std::string m) : code(c), message(std::move(m)) {}
};

// Thrown by Result::value() on an error nobody looked at: a fault of ours.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template<class T>
using Result = boost::system::result<T, Error>;

}  // namespace convoke
