#include "app/demo.hpp"

#include "base/date.hpp"
#include "base/embedded.hpp"
#include "db/store.hpp"
#include "service/people.hpp"
#include "service/plans.hpp"

namespace convoke::embedded {
std::span<const EmbeddedFile> sample();
}

namespace convoke::app {
namespace {

// From June on, what comes is next year's plan.
int academic_year_of(Instant now) {
  const Date today{std::chrono::floor<std::chrono::days>(now)};
  const int year = static_cast<int>(today.year());
  return today.month() >= std::chrono::June ? year : year - 1;
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

Result<bool> fill_demo(service::Context& context) {
  const auto plans =
      context.store.read([](db::Unit& unit) { return static_cast<int>(unit.plans().list().size()); }).wait();
  if (!plans) return plans.error();
  if (*plans > 0) return false;
  const service::Actor actor("demo", service::Role::editor);
  const int year = academic_year_of(context.clock.now());
  service::ImportRequest request;
  request.bytes = find_embedded(embedded::sample(), "plan.txt");
  request.file_name = "plan.txt";
  replace_all(request.bytes, "{Y}", std::to_string(year));
  replace_all(request.bytes, "{Y1}", std::to_string(year + 1));
  const auto imported = service::import_document(context, actor, request).wait();
  if (!imported) return imported.error();
  const auto people =
      service::import_people(context, actor, std::string(find_embedded(embedded::sample(), "people.csv")))
          .wait();
  if (!people) return people.error();
  return true;
}

}  // namespace convoke::app
