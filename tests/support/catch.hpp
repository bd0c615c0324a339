// Catch2 with words for our values, so that a failing CHECK shows a date and not {?}. Include this, not catch.hpp.
#pragma once

#include "base/date.hpp"

#include <catch2/catch.hpp>

namespace Catch {

template <>
struct StringMaker<convoke::Date> {
  static std::string convert(const convoke::Date& date) { return convoke::format_iso(date); }
};

template <>
struct StringMaker<convoke::Instant> {
  static std::string convert(const convoke::Instant& instant) { return convoke::format_iso(instant); }
};

template <class T>
struct StringMaker<boost::system::result<T, convoke::Error>> {
  static std::string convert(const boost::system::result<T, convoke::Error>& result) {
    return result ? std::string("a value")
                  : std::string(name_of(result.error().code)) + ": " + result.error().message;
  }
};

}  // namespace Catch
