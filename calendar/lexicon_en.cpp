// English, British and American.
#include "calendar/lexicon.hpp"

namespace convoke::calendar {

const std::vector<LexiconEntry>& lexicon_en() {
  using enum Class;
  static const std::vector<LexiconEntry> table = {
      entry(month, 1, "january jan"),
      entry(month, 2, "february feb"),
      entry(month, 3, "march mar"),
      entry(month, 4, "april apr"),
      entry(month, 5, "may"),
      entry(month, 6, "june jun"),
      entry(month, 7, "july jul"),
      entry(month, 8, "august aug"),
      entry(month, 9, "september sept sep"),
      entry(month, 10, "october oct"),
      entry(month, 11, "november nov"),
      entry(month, 12, "december dec"),

      entry(weekday, 1, "monday mon"),
      entry(weekday, 2, "tuesday tue tues"),
      entry(weekday, 3, "wednesday wed"),
      entry(weekday, 4, "thursday thu thur thurs"),
      entry(weekday, 5, "friday fri"),
      entry(weekday, 6, "saturday sat"),
      entry(weekday, 7, "sunday sun"),
      entry(weekdays, 1, "mondays"),
      entry(weekdays, 2, "tuesdays"),
      entry(weekdays, 3, "wednesdays"),
      entry(weekdays, 4, "thursdays"),
      entry(weekdays, 5, "fridays"),
      entry(weekdays, 6, "saturdays"),
      entry(weekdays, 7, "sundays"),
      entry(weekdays, 67, "weekends weekend"),
      entry(weekdays, 15, "weekdays working_days workdays weekday"),

      entry(ordinal, 1, "first 1st"),
      entry(ordinal, 2, "second"),
      entry(ordinal, 3, "third"),
      entry(ordinal, 4, "fourth"),
      entry(ordinal, 5, "fifth"),
      entry(ordinal, -1, "last final"),
      entry(number, 1, "one"),
      entry(number, 2, "two"),
      entry(number, 3, "three"),
      entry(number, 4, "four"),
      entry(number, 5, "five"),
      entry(number, 6, "six"),
      entry(number, 10, "ten"),
      entry(suffix, 0, "st nd rd th"),

      entry(season, Season::spring, "spring springtime"),
      entry(season, Season::summer, "summer summertime"),
      entry(season, Season::autumn, "autumn fall"),
      entry(season, Season::winter, "winter wintertime christmas"),
      entry(holidays, 0, "holidays holiday vacation vacations break half-term"),

      entry(unit, Unit::day, "day days"),
      entry(unit, Unit::week, "week weeks wk"),
      entry(unit, Unit::month, "month months"),
      entry(unit, Unit::quarter, "quarter quarters qtr"),
      entry(unit, Unit::term, "term terms"),
      entry(unit, Unit::half_year, "half-year half-years half_year"),
      entry(unit, Unit::semester, "semester semesters"),
      entry(unit, Unit::year, "year years calendar_year annum"),
      entry(unit, Unit::academic_year, "academic_year school_year ay"),
      entry(half, 0, "half"),
      entry(part, Part::beginning, "beginning start early onset begin"),
      entry(part, Part::middle, "middle mid"),
      entry(part, Part::end, "end late close"),
      entry(quarter_mark, 0, "q qtr"),
      entry(half_mark, 0, "h"),
      entry(workday, 0, "working_day business_day work_day"),
      entry(date_word, 0, "date_of"),

      entry(every, Frequency::daily, "daily"),
      entry(every, Frequency::weekly, "weekly"),
      entry(every, Frequency::biweekly, "biweekly bi-weekly fortnightly every_fortnight once_a_fortnight"),
      entry(every, Frequency::monthly, "monthly following_month of_the_following_month next_month"),
      entry(every, Frequency::quarterly, "quarterly termly"),
      entry(every, Frequency::semiannual,
            "semiannual semi-annual semiannually semi-annually biannual biannually half-yearly"),
      entry(every, Frequency::yearly, "yearly annual annually"),
      entry(each, 0, "every each"),
      entry(other, 0, "other alternate"),
      entry(times, 0, "times time"),
      entry(times, 1, "once"),
      entry(times, 2, "twice"),
      entry(times, 3, "thrice"),
      entry(report, 0, "reporting"),

      entry(in, 0, "in on a an per for"),
      entry(in, 1, "during throughout within over in_the_course_of across all_through"),
      entry(from, 0,
            "from since starting starting_from beginning_from as_of from_the starting_on starting_in"),
      entry(from, 1, "between"),
      entry(until, 0, "to until till through thru up_to"),
      entry(deadline, 0,
            "by due until till deadline up_to due_by due_on before_or_on submit_by closing before"),
      entry(deadline, 1, "no_later_than not_later_than"),
      entry(inclusive, 0, "inclusive incl"),
      entry(at, 0, "at from to"),
      entry(conjunction, 0, "and or"),
      entry(by, 0, "by according_to per as_per see in_accordance_with following"),
      entry(before, 0, "before prior_to ahead_of"),
      entry(after, 0, "after following_the following"),
      entry(clock, 0, "hrs hours h o'clock"),
      entry(clock, 1, "am a_m"),
      entry(clock, 2, "pm p_m"),
      entry(this_year, 0, "this_year current_year"),
      entry(this_year, 1, "next_year"),

      entry(whole_plan, 0,
            "all_year all_year_round year-round all_the_year_round whole_year entire_year the_whole_year "
            "year_round"),
      entry(ongoing, 0,
            "ongoing on-going continuous continuously constantly permanent permanently regularly "
            "systematically always "
            "as_needed as_required as_necessary on_request upon_request on_demand when_needed if_needed "
            "when_required ad_hoc "
            "as_they_arrive as_and_when~ as_received whole_period entire_period rolling at_all_times "
            "on_a_rolling_basis "
            "as_it_arises as_it_arrives on_a_permanent_basis on_an_ongoing_basis as_the_need_arises "
            "if_necessary "
            "when_necessary continual continually"),
      entry(plan_noun, 0,
            "plan plans schedule schedules timetable timetables programme program calendar regulations"),
      entry(undated, 0,
            "tba tbc tbd n/a tbn to_be_confirmed to_be_announced to_be_agreed to_be_decided to_be_determined "
            "to_be_arranged "
            "by_arrangement by_agreement by_appointment not_set not_yet_set not_known undecided unknown "
            "provisional "
            "to_be_specified to_be_fixed subject_to_confirmation subject_to_agreement as_agreed none"),
      entry(anniversary, 0, "anniversary anniversaries birthday jubilee centenary bicentenary"),

      entry(mode, 0,
            "online offline remote remotely virtual virtually hybrid zoom teams webinar "
            "in_person in-person on_site onsite"),
      // Words about the date itself, no place.
      entry(mode, 1, "date dates approx approximately tentative tentatively provisionally"),
      entry(venue, 0,
            "street st_ road avenue ave building bldg room hall floor branch tel phone address auditorium "
            "library"),
      entry(stage, 0, "stage stages round rounds semi-final semifinal final_round shortlisting registration"),
      entry(number_sign, 0, "no number nr"),
      entry(results, 0, "results_of based_on_the_results_of at_the_close_of"),
      entry(noise, 0, "the of at_least not_less_than no_less_than least about around period season"),
  };
  return table;
}

}  // namespace convoke::calendar
