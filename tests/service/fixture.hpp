// A service over a fresh store and a clock that stands still.
#pragma once

#include "base/clock.hpp"
#include "service/context.hpp"
#include "service/plans.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

namespace convoke::service::testing {

inline const Actor editor("test", Role::editor);

struct Fixture {
  tests::TemporaryStore temporary;
  FixedClock clock{parse_iso_instant("2026-09-01T06:00:00Z").value()};
  Context context{*temporary, clock, Settings{}};
  int wakes = 0;

  Fixture() {
    context.reminders_queued = [this] { ++wakes; };
  }

  ImportSummary import(std::string text, std::string name = "plan.txt") {
    ImportRequest request;
    request.bytes = std::move(text);
    request.file_name = std::move(name);
    auto summary = import_document(context, editor, std::move(request)).wait();
    if (!summary) FAIL(summary.error().message);
    return *summary;
  }
};

// An invented plan with a day, a month, a quarterly row and all-year work.
inline const char* const small_plan =
    "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n"
    "\n"
    "№\tЗахід\tТермін\tВідповідальний\n"
    "Засідання\t\t\t\n"
    "1.\tУстановче засідання\t24 вересня 2026 року\tКалина О.П.\n"
    "2.\tКруглий стіл «Книга в дорозі»\tлистопад 2026 року\tЯвір С.М.\n"
    "Постійна робота\t\t\t\n"
    "1.\tЗвіт про стан фонду\tщоквартально\tКалина О.П.\n"
    "2.\tІнформування бібліотек\tпротягом року\tбібліотекарі\n";

}  // namespace convoke::service::testing
