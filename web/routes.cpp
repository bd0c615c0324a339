#include "web/routes.hpp"

#include "web/csrf.hpp"
#include "web/handlers/accounts.hpp"
#include "web/handlers/answers.hpp"
#include "web/handlers/api.hpp"
#include "web/handlers/api_occurrences.hpp"
#include "web/handlers/calendar.hpp"
#include "web/handlers/call.hpp"
#include "web/handlers/clashes.hpp"
#include "web/handlers/control.hpp"
#include "web/handlers/corrections.hpp"
#include "web/handlers/directory.hpp"
#include "web/handlers/directory_import.hpp"
#include "web/handlers/door.hpp"
#include "web/handlers/entry.hpp"
#include "web/handlers/event_details.hpp"
#include "web/handlers/feeds.hpp"
#include "web/handlers/intake.hpp"
#include "web/handlers/manage_accounts.hpp"
#include "web/handlers/my_work.hpp"
#include "web/handlers/new_event.hpp"
#include "web/handlers/news.hpp"
#include "web/handlers/operations.hpp"
#include "web/handlers/organisations.hpp"
#include "web/handlers/outbox.hpp"
#include "web/handlers/own_tokens.hpp"
#include "web/handlers/pages.hpp"
#include "web/handlers/papers.hpp"
#include "web/handlers/personal.hpp"
#include "web/handlers/plan_approvals.hpp"
#include "web/handlers/plan_desk.hpp"
#include "web/handlers/plan_head.hpp"
#include "web/handlers/polls.hpp"
#include "web/handlers/programme.hpp"
#include "web/handlers/register.hpp"
#include "web/handlers/registration_desk.hpp"
#include "web/handlers/registration_invitations.hpp"
#include "web/handlers/registration_list.hpp"
#include "web/handlers/report.hpp"
#include "web/handlers/reviews.hpp"
#include "web/handlers/rules.hpp"
#include "web/handlers/search.hpp"
#include "web/handlers/series_day.hpp"
#include "web/handlers/sources.hpp"
#include "web/handlers/submissions_desk.hpp"
#include "web/handlers/subscribe.hpp"
#include "web/handlers/texts.hpp"
#include "web/handlers/twins.hpp"
#include "web/handlers/webhooks.hpp"

#include <array>

namespace convoke::web {
namespace {

constexpr std::size_t no_body = 0;
constexpr std::size_t json_limit = 64 * 1024;
// Hundreds of talks with their abstracts.
constexpr std::size_t programme_limit = 1024 * 1024;
constexpr std::size_t csv_limit = 2 * 1024 * 1024;
constexpr std::size_t calendar_limit = 2 * 1024 * 1024;
constexpr std::size_t document_limit = 10 * 1024 * 1024;
// A thousand addresses with names, and what encoding makes of them.
constexpr std::size_t invitations_limit = 4 * form_limit;
// An agenda of a hundred points and a description of 20,000 letters, each of six bytes in a form.
constexpr std::size_t details_limit = 16 * form_limit;
// A document in a form, or its text pasted: with the form's other fields.
constexpr std::size_t intake_limit = document_limit + form_limit;

using Function = boost::asio::awaitable<Reply> (*)(Services&, Request);

struct Row {
  Method method;
  const char* pattern;
  Access access;
  std::size_t body_limit;
  Function function;
};

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto put = Method::put;
constexpr auto patch = Method::patch;
constexpr auto del = Method::del;
constexpr auto everyone = Access::everyone;
constexpr auto visitor = Access::visitor;
constexpr auto member = Access::member;
constexpr auto organiser = Access::organiser;
constexpr auto administrator = Access::administrator;
constexpr auto approver = Access::approver;
constexpr auto reader = Access::reader;
constexpr auto editor = Access::editor;
constexpr auto own_reader = Access::own_reader;
constexpr auto own_editor = Access::own_editor;

// clang-format off
constexpr Row rows[] = {  // no std::array: its deduction counts no further than 256
    // Pages
    Row{get, "/", visitor, no_body, show_home},
    Row{get, "/plans", visitor, no_body, show_plans},
    Row{get, "/plans/{id}", visitor, no_body, show_plan},
    Row{get, "/plans/{id}/export/{format}", everyone, no_body, export_plan_file},
    Row{get, "/plans/{id}/report", member, no_body, show_report},
    Row{get, "/plans/{id}/report.docx", member, no_body, download_report},
    Row{get, "/events/{id}", visitor, no_body, show_event},
    Row{get, "/events/{id}.ics", everyone, no_body, download_event},
    Row{get, "/events/{id}/programme", visitor, no_body, show_programme},
    Row{get, "/events/{id}/programme.ics", everyone, no_body, download_programme_calendar},
    Row{get, "/events/{id}/programme.docx", everyone, no_body, download_programme_document},
    Row{get, "/calendar", visitor, no_body, show_month},
    Row{get, "/calendar/year", visitor, no_body, show_year},
    Row{get, "/calendar/entries", visitor, no_body, list_calendar_entries},
    Row{get, "/search", visitor, no_body, show_search},
    Row{get, "/subscribe", visitor, no_body, show_subscribe},
    Row{get, "/subscribe/poster", everyone, no_body, show_poster},
    Row{get, "/subscribe/qr.svg", everyone, no_body, show_subscribe_code},
    Row{get, "/embed/coming", everyone, no_body, show_embed},
    Row{get, "/embed/coming.json", everyone, no_body, show_embed_json},
    // People
    Row{get, "/login", visitor, no_body, show_login},
    Row{post, "/login", visitor, form_limit, sign_in},
    Row{post, "/login/code", visitor, form_limit, take_code},
    Row{get, "/login/mail", visitor, no_body, show_link_request},
    Row{post, "/login/mail", visitor, form_limit, request_link},
    Row{get, "/login/link/{token}", visitor, no_body, show_sign_in_link},
    Row{post, "/login/link/{token}", visitor, form_limit, use_sign_in_link},
    Row{post, "/logout", member, form_limit, sign_out},
    Row{get, "/setup/{token}", visitor, no_body, show_setup},
    Row{post, "/setup/{token}", visitor, form_limit, set_up},
    Row{get, "/invitation/{token}", visitor, no_body, show_invitation},
    Row{post, "/invitation/{token}", visitor, form_limit, take_invitation},
    Row{get, "/account", member, no_body, show_account},
    Row{get, "/account/second-factor", member, no_body, show_factor},
    Row{post, "/account/second-factor", member, form_limit, begin_factor},
    Row{post, "/account/second-factor/codes", member, form_limit, renew_codes},
    Row{post, "/account/second-factor/end", member, form_limit, end_factor},
    Row{get, "/account/tokens", organiser, no_body, show_tokens},
    Row{post, "/account/tokens", organiser, form_limit, make_token},
    Row{post, "/account/tokens/{id}/revoke", organiser, form_limit, revoke_token},
    Row{post, "/account/password", member, form_limit, change_password},
    Row{post, "/account/sessions/{id}/end", member, form_limit, end_session},
    Row{get, "/my", member, no_body, show_my_work},
    Row{get, "/calendars", member, no_body, show_calendars},
    Row{post, "/calendars", member, form_limit, make_calendar},
    Row{post, "/calendars/{id}/revoke", member, form_limit, revoke_calendar},
    Row{post, "/events/{id}/attend", member, form_limit, attend_event},
    Row{post, "/events/{id}/withdraw", member, form_limit, withdraw_from_event},
    // Links in mails: the token is what allows it
    Row{get, "/news", visitor, no_body, show_news},
    Row{post, "/news", visitor, form_limit, ask_for_news},
    Row{post, "/unsubscribe/{token}", everyone, form_limit, unsubscribe_now},
    Row{get, "/register/{event}", visitor, no_body, show_register},
    Row{post, "/register/{event}", visitor, registration_form_limit, take_registration},
    Row{get, "/register/invited/{token}", everyone, no_body, show_invited},
    Row{post, "/register/invited/{token}", everyone, registration_form_limit, take_invited},
    Row{get, "/register/link/{token}", everyone, no_body, show_registration_link},
    Row{post, "/register/link/{token}", everyone, form_limit, take_registration_link},
    Row{post, "/register/link/{token}/files", everyone, registration_file_limit, take_registration_file},
    Row{get, "/register/link/{token}/files/{field}", everyone, no_body, download_own_registration_file},
    Row{get, "/register/link/{token}/data", everyone, no_body, show_own_registration_data},
    Row{get, "/door/{token}", visitor, no_body, show_door_ticket},
    // Calls for papers and entries
    Row{get, "/events/{id}/call", visitor, no_body, show_call},
    Row{post, "/events/{id}/call", visitor, form_limit, take_paper},
    Row{get, "/call/link/{token}", everyone, no_body, show_paper_link},
    Row{post, "/call/link/{token}", everyone, form_limit, take_paper_link},
    Row{post, "/call/link/{token}/files", everyone, paper_file_limit, take_paper_file},
    Row{get, "/call/link/{token}/data", everyone, no_body, show_own_paper_data},
    Row{get, "/call/link/{token}/files/{file}", everyone, no_body, download_paper_file},
    Row{get, "/review/{token}", everyone, no_body, show_review_link},
    Row{post, "/review/{token}", everyone, form_limit, take_review_link},
    Row{get, "/review/{token}/papers/{paper}/files/{file}", everyone, no_body, download_review_file},
    Row{get, "/manage/events/{id}/submissions", organiser, no_body, show_submissions},
    Row{post, "/manage/events/{id}/submissions", organiser, form_limit, save_submissions},
    Row{post, "/manage/events/{id}/submissions/assign", organiser, form_limit, assign_submissions},
    Row{get, "/manage/events/{id}/submissions/protocol", organiser, no_body, show_submissions_protocol},
    Row{get, "/manage/events/{id}/submissions/export/{format}", organiser, no_body, export_submissions},
    Row{get, "/manage/events/{id}/submissions/{paper}", organiser, no_body, show_submission},
    Row{post, "/manage/events/{id}/submissions/{paper}", organiser, form_limit, act_on_submission},
    Row{get, "/manage/events/{id}/submissions/{paper}/files/{file}", organiser, no_body, download_submission_file},
    Row{get, "/register/link/{token}/certificate/{code}", everyone, no_body, download_own_certificate},
    Row{get, "/certificate/{code}", visitor, no_body, show_certificate},
    Row{get, "/verify", visitor, no_body, show_verify},
    Row{get, "/answer/{token}", everyone, no_body, show_answer},
    Row{post, "/answer/{token}", everyone, form_limit, take_answer},
    Row{get, "/poll/{token}", everyone, no_body, show_poll_link},
    Row{post, "/poll/{token}", everyone, form_limit, take_poll_answer},
    // The workplace
    Row{get, "/manage/texts", organiser, no_body, show_texts},
    Row{get, "/manage/texts/{kind}/{language}", organiser, no_body, show_text_page},
    Row{post, "/manage/texts/{kind}/{language}", organiser, form_limit, save_text},
    Row{post, "/manage/texts/{kind}/{language}/look", organiser, form_limit, look_at_text},
    Row{post, "/manage/texts/{kind}/{language}/reset", organiser, form_limit, reset_text},
    // The rules of reminders
    Row{get, "/manage/rules", organiser, no_body, show_rules},
    Row{get, "/manage/rules/edit", organiser, no_body, edit_rules},
    Row{post, "/manage/rules/edit", organiser, form_limit, change_rules},
    // The workplace: control of execution
    Row{get, "/manage", organiser, no_body, show_control},
    Row{post, "/manage/answers/{id}/decision", organiser, form_limit, decide_answer},
    Row{post, "/manage/done", organiser, form_limit, mark_done},
    Row{post, "/events/{id}/answers", organiser, form_limit, answer_for_event},
    Row{post, "/events/{id}/result", organiser, form_limit, record_result},
    Row{post, "/events/{id}/day", organiser, form_limit, name_event_day},
    // Plans as tables that people write
    Row{get, "/manage/plans", organiser, no_body, show_plan_list},
    Row{post, "/manage/plans", organiser, form_limit, begin_plan},
    Row{get, "/manage/plans/{id}/heading", organiser, no_body, show_plan_heading},
    Row{post, "/manage/plans/{id}/heading", organiser, form_limit, save_plan_heading},
    Row{post, "/manage/plans/{id}/sections/{row}/move", organiser, form_limit, move_plan_section},
    Row{get, "/manage/plans/{id}", organiser, no_body, show_plan_desk},
    Row{get, "/manage/plans/{id}/clashes", organiser, no_body, show_plan_clashes},
    Row{post, "/manage/events/{id}/date", organiser, form_limit, fix_event_day},
    Row{get, "/manage/events/new", organiser, no_body, show_new_event},
    Row{post, "/manage/events/new", organiser, form_limit, add_event},
    Row{get, "/manage/events/{id}/details", organiser, no_body, show_event_details},
    Row{post, "/manage/events/{id}/details", organiser, details_limit, save_event_details},
    Row{get, "/manage/events/{id}/days/{day}", organiser, no_body, show_series_day},
    Row{post, "/manage/events/{id}/days/{day}", organiser, details_limit, save_series_day},
    Row{get, "/manage/events/{id}/minutes.docx", organiser, no_body, download_minutes},
    Row{get, "/manage/events/{id}/poll", organiser, no_body, show_new_poll},
    Row{post, "/manage/events/{id}/poll", organiser, form_limit, open_event_poll},
    Row{get, "/manage/polls/{id}", organiser, no_body, show_poll},
    Row{post, "/manage/polls/{id}/remind", organiser, form_limit, remind_of_poll},
    Row{post, "/manage/polls/{id}/close", organiser, form_limit, close_event_poll},
    Row{get, "/manage/plans/{id}/history", organiser, no_body, show_plan_history},
    Row{post, "/manage/plans/{id}/rows", organiser, form_limit, add_plan_row},
    Row{post, "/manage/plans/{id}/rows/{row}", organiser, form_limit, save_plan_row},
    Row{post, "/manage/plans/{id}/rows/{row}/move", organiser, form_limit, move_plan_row},
    Row{post, "/manage/plans/{id}/rows/{row}/remove", organiser, form_limit, remove_plan_row},
    Row{post, "/manage/plans/{id}/sections/{row}", organiser, form_limit, rename_plan_section},
    Row{post, "/manage/plans/{id}/bulk", organiser, form_limit, change_plan_rows},
    Row{post, "/manage/plans/{id}/undo", organiser, form_limit, undo_plan_edit},
    Row{get, "/manage/plans/{id}/approvals", organiser, no_body, show_plan_approvals},
    Row{post, "/manage/plans/{id}/approvals", organiser, form_limit, change_plan_approvals},
    Row{get, "/manage/plans/{id}/versions/{number}", organiser, no_body, show_plan_version},
    Row{post, "/plans/{id}/approve", approver, form_limit, approve_plan_now},
    // The workplace: bringing a plan in
    Row{get, "/manage/intake", organiser, no_body, show_intake_start},
    Row{post, "/manage/intake", organiser, intake_limit, begin_intake},
    Row{get, "/manage/intake/{id}", organiser, no_body, show_intake},
    Row{post, "/manage/intake/{id}/plan", organiser, form_limit, change_intake},
    Row{post, "/manage/intake/{id}/rows/{key}", organiser, form_limit, change_intake_row},
    Row{post, "/manage/intake/{id}/names", organiser, form_limit, decide_intake_name},
    Row{post, "/manage/intake/{id}/enter", organiser, form_limit, enter_intake},
    Row{post, "/manage/intake/{id}/drop", organiser, form_limit, drop_intake},
    Row{get, "/manage/corrections", organiser, no_body, show_corrections},
    Row{post, "/manage/corrections", organiser, form_limit, forget_correction},
    Row{get, "/manage/period", organiser, no_body, understand_period},
    Row{post, "/manage/plans/{id}/next-year", organiser, form_limit, begin_next_year},
    Row{get, "/manage/plans/{id}/past", organiser, no_body, show_past_rows},
    // Registration
    Row{get, "/manage/events/{id}/registration", organiser, no_body, show_registration_desk},
    Row{post, "/manage/events/{id}/registration", organiser, form_limit, save_registration_desk},
    Row{post, "/manage/events/{id}/registration/fields", organiser, form_limit, change_registration_field},
    Row{get, "/manage/events/{id}/registration/list", organiser, no_body, show_registration_list},
    Row{post, "/manage/events/{id}/registration/list", organiser, document_limit, preview_registration_table},
    Row{post, "/manage/events/{id}/registration/list/commit", organiser, csv_limit, commit_registration_table},
    Row{get, "/manage/events/{id}/registration/invitations", organiser, no_body, show_registration_invitations},
    Row{post, "/manage/events/{id}/registration/invitations/look", organiser, invitations_limit, look_at_registration_invitations},
    Row{post, "/manage/events/{id}/registration/invitations/send", organiser, invitations_limit, send_registration_invitations},
    Row{post, "/manage/events/{id}/registration/invitations/remind", organiser, form_limit, remind_registration_invitations},
    Row{post, "/manage/events/{id}/registration/people", organiser, form_limit, add_registration_by_hand},
    Row{post, "/manage/events/{id}/registration/people/{person}", organiser, form_limit, step_registration_row},
    Row{get, "/manage/events/{id}/registration/people/{person}/files/{field}", organiser, no_body, download_registration_file},
    Row{get, "/manage/events/{id}/registration/export/{format}", organiser, no_body, export_registration_list},
    Row{get, "/manage/events/{id}/door", organiser, no_body, show_door},
    Row{post, "/manage/events/{id}/door", organiser, form_limit, take_arrival},
    Row{get, "/manage/events/{id}/door/people.json", organiser, no_body, list_door_people},
    Row{post, "/manage/events/{id}/door/arrivals", organiser, json_limit, take_arrivals},
    Row{post, "/manage/events/{id}/door/walk-ins", organiser, form_limit, take_walk_in},
    // The programme of a conference
    Row{get, "/manage/events/{id}/programme", organiser, no_body, show_programme_desk},
    Row{post, "/manage/events/{id}/programme", organiser, form_limit, change_programme},
    // Certificates, badges, lists to sign
    Row{get, "/manage/events/{id}/papers", organiser, no_body, show_papers},
    Row{post, "/manage/events/{id}/papers", organiser, form_limit, save_papers},
    Row{post, "/manage/events/{id}/papers/background", organiser, document_limit, put_papers_background},
    Row{post, "/manage/events/{id}/papers/issue", organiser, form_limit, issue_papers},
    Row{post, "/manage/events/{id}/papers/reissue", organiser, form_limit, reissue_papers},
    Row{get, "/manage/events/{id}/papers/certificates/{certificate}", organiser, no_body, download_certificate},
    Row{post, "/manage/events/{id}/papers/certificates/{certificate}", organiser, form_limit, change_certificate},
    Row{get, "/manage/events/{id}/papers/{document}", organiser, no_body, download_paper},
    // Neighbours' calendars
    Row{get, "/sources", visitor, no_body, show_sources},
    Row{post, "/sources", organiser, form_limit, add_source},
    Row{post, "/sources/{id}/refresh", organiser, form_limit, refresh_source},
    Row{post, "/sources/{id}/remove", organiser, form_limit, remove_source},
    // The workplace: who stands behind the names
    Row{get, "/manage/directory", organiser, no_body, show_people},
    Row{post, "/manage/directory/people", organiser, form_limit, enter_person},
    Row{get, "/manage/directory/import", organiser, no_body, show_people_import},
    Row{post, "/manage/directory/import", organiser, document_limit, preview_people_import},
    Row{post, "/manage/directory/import/commit", organiser, csv_limit, commit_people_import},
    Row{get, "/manage/directory/people/{id}", organiser, no_body, show_person},
    Row{post, "/manage/directory/people/{id}", organiser, form_limit, save_person},
    Row{get, "/manage/directory/offices", organiser, no_body, show_offices},
    Row{post, "/manage/directory/offices", organiser, form_limit, enter_office},
    Row{get, "/manage/directory/offices/{id}", organiser, no_body, show_office},
    Row{post, "/manage/directory/offices/{id}", organiser, form_limit, save_office},
    Row{post, "/manage/directory/offices/{id}/remove", organiser, form_limit, remove_office},
    Row{post, "/manage/directory/offices/{id}/members", organiser, form_limit, add_member},
    Row{post, "/manage/directory/offices/{id}/members/{position}", organiser, form_limit, end_member},
    Row{get, "/manage/directory/leave", organiser, no_body, show_leave},
    Row{post, "/manage/directory/leave", organiser, form_limit, enter_leave},
    Row{post, "/manage/directory/leave/{id}/remove", organiser, form_limit, remove_leave},
    Row{get, "/manage/unreachable", organiser, no_body, show_unreachable},
    Row{post, "/manage/unreachable", organiser, form_limit, mend_unreachable},
    // The workplace: accounts
    Row{get, "/manage/accounts", organiser, no_body, show_accounts},
    Row{post, "/manage/accounts", organiser, form_limit, invite_account},
    Row{get, "/manage/accounts/{id}", organiser, no_body, show_one_account},
    Row{post, "/manage/accounts/{id}", organiser, form_limit, save_account},
    Row{post, "/manage/accounts/{id}/invite", organiser, form_limit, invite_account_again},
    Row{post, "/manage/accounts/{id}/withdraw", organiser, form_limit, withdraw_account},
    Row{post, "/manage/accounts/{id}/close", organiser, form_limit, close_account},
    Row{post, "/manage/accounts/{id}/open", organiser, form_limit, open_account},
    Row{post, "/manage/accounts/{id}/second-factor/end", administrator, form_limit, end_account_factor},
    Row{get, "/manage/organisations", administrator, no_body, show_organisations},
    Row{post, "/manage/organisations", administrator, form_limit, enter_organisation},
    Row{get, "/manage/organisations/{id}", administrator, no_body, show_organisation},
    Row{post, "/manage/organisations/{id}", administrator, form_limit, save_organisation},
    // The queue of mails
    Row{get, "/manage/outbox", organiser, no_body, show_outbox},
    Row{get, "/manage/outbox/{id}", organiser, no_body, show_outbox_mail},
    Row{get, "/manage/outbox/{id}/html", organiser, no_body, show_outbox_html},
    Row{post, "/manage/outbox/{id}/resend", organiser, form_limit, resend_mail},
    Row{post, "/manage/outbox/{id}/cancel", organiser, form_limit, cancel_mail},
    // Other programs that are told
    Row{get, "/manage/webhooks", organiser, no_body, show_webhooks},
    Row{post, "/manage/webhooks", organiser, form_limit, make_webhook},
    Row{get, "/manage/webhooks/{id}", organiser, no_body, show_webhook},
    Row{post, "/manage/webhooks/{id}/test", organiser, form_limit, try_webhook},
    Row{post, "/manage/webhooks/{id}/remove", organiser, form_limit, end_webhook},
    // Calendars
    Row{get, "/feeds/p/{token}.ics", everyone, no_body, serve_personal_feed},
    Row{get, "/feeds/p/{token}.json", everyone, no_body, serve_personal_json},
    Row{get, "/feeds/p/{token}.atom", everyone, no_body, serve_personal_atom},
    Row{get, "/feeds/{filter}.ics", everyone, no_body, serve_feed},
    Row{get, "/feeds/{filter}.json", everyone, no_body, serve_json_feed},
    Row{get, "/feeds/{filter}.atom", everyone, no_body, serve_atom_feed},
    // The API
    Row{get, "/api/v1/plans", everyone, no_body, list_plans_api},
    Row{post, "/api/v1/plans/import", editor, document_limit, import_plan_api},
    Row{get, "/api/v1/plans/{id}", everyone, no_body, get_plan_api},
    Row{get, "/api/v1/plans/{id}/conflicts", reader, no_body, list_plan_conflicts_api},
    Row{get, "/api/v1/events", everyone, no_body, list_events_api},
    Row{post, "/api/v1/events", own_editor, json_limit, create_event_api},
    Row{get, "/api/v1/events/{id}", everyone, no_body, get_event_api},
    Row{patch, "/api/v1/events/{id}", own_editor, json_limit, change_event_api},
    Row{del, "/api/v1/events/{id}", own_editor, no_body, remove_event_api},
    Row{get, "/api/v1/events/{id}/occurrences", everyone, no_body, list_occurrences_api},
    Row{patch, "/api/v1/events/{id}/occurrences/{day}", own_editor, json_limit, change_occurrence_api},
    Row{del, "/api/v1/events/{id}/occurrences/{day}", own_editor, no_body, cancel_occurrence_api},
    Row{get, "/api/v1/events/{id}/conflicts", reader, no_body, list_conflicts_api},
    Row{get, "/api/v1/events/{id}/answers", reader, no_body, list_answers_api},
    Row{post, "/api/v1/events/{id}/answers", editor, json_limit, give_answer_api},
    Row{get, "/api/v1/events/{id}/history", reader, no_body, list_history_api},
    Row{get, "/api/v1/events/{id}/programme", everyone, no_body, get_programme_api},
    Row{put, "/api/v1/events/{id}/programme", own_editor, programme_limit, put_programme_api},
    Row{get, "/api/v1/events/{id}/registrations", own_editor, no_body, list_registrations_api},
    Row{post, "/api/v1/events/{id}/registrations", own_editor, json_limit, add_registration_api},
    Row{get, "/api/v1/events/{id}/submissions", own_editor, no_body, list_submissions_api},
    Row{get, "/api/v1/events/{id}/submissions/{submission}", own_editor, no_body, show_submission_api},
    Row{get, "/api/v1/events/{id}/submissions/{submission}/files/{file}", own_editor, no_body, download_submission_file_api},
    Row{post, "/api/v1/events/{id}/submissions/{submission}/decision", own_editor, json_limit, decide_on_submission_api},
    Row{get, "/api/v1/events/{id}/polls", own_editor, no_body, list_polls_api},
    Row{post, "/api/v1/events/{id}/polls", own_editor, json_limit, open_poll_api},
    Row{get, "/api/v1/polls/{id}", own_editor, no_body, get_poll_api},
    Row{post, "/api/v1/polls/{id}/remind", own_editor, no_body, remind_poll_api},
    Row{post, "/api/v1/polls/{id}/close", own_editor, json_limit, close_poll_api},
    Row{get, "/api/v1/events/{id}/participants", reader, no_body, list_participants_api},
    Row{post, "/api/v1/answers/{id}/decision", editor, json_limit, decide_answer_api},
    Row{get, "/api/v1/search", everyone, no_body, search_api},
    Row{get, "/api/v1/sources", reader, no_body, list_sources_api},
    Row{post, "/api/v1/sources", editor, json_limit, add_source_api},
    Row{post, "/api/v1/sources/upload", editor, calendar_limit, upload_source_api},
    Row{post, "/api/v1/sources/{id}/upload", editor, calendar_limit, upload_source_again_api},
    Row{post, "/api/v1/sources/{id}/refresh", editor, no_body, refresh_source_api},
    Row{del, "/api/v1/sources/{id}", editor, no_body, remove_source_api},
    Row{get, "/api/v1/people", reader, no_body, list_people_api},
    Row{post, "/api/v1/people", editor, json_limit, save_person_api},
    Row{post, "/api/v1/people/import", editor, csv_limit, import_people_api},
    Row{get, "/api/v1/texts", editor, no_body, list_texts_api},
    Row{get, "/api/v1/texts/{kind}/{language}", editor, no_body, get_text_api},
    Row{put, "/api/v1/texts/{kind}/{language}", editor, json_limit, put_text_api},
    Row{del, "/api/v1/texts/{kind}/{language}", editor, no_body, delete_text_api},
    Row{patch, "/api/v1/people/{id}", own_editor, json_limit, change_person_api},
    Row{get, "/api/v1/rosters", own_reader, no_body, list_rosters_api},
    Row{post, "/api/v1/rosters", own_editor, json_limit, add_roster_api},
    Row{patch, "/api/v1/rosters/{id}", own_editor, json_limit, change_roster_api},
    Row{del, "/api/v1/rosters/{id}", own_editor, no_body, remove_roster_api},
    Row{get, "/api/v1/absences", own_reader, no_body, list_absences_api},
    Row{post, "/api/v1/absences", own_editor, json_limit, add_absence_api},
    Row{patch, "/api/v1/absences/{id}", own_editor, json_limit, change_absence_api},
    Row{del, "/api/v1/absences/{id}", own_editor, no_body, remove_absence_api},
    Row{get, "/api/v1/unreachable", own_reader, no_body, list_unreachable_api},
    Row{get, "/api/v1/reminders", reader, no_body, list_reminders_api},
    Row{get, "/api/v1/rules", editor, no_body, list_rules_api},
    Row{put, "/api/v1/rules", editor, json_limit, save_rules_api},
    Row{del, "/api/v1/rules/{id}", editor, no_body, remove_rules_api},
    Row{get, "/api/v1/reminders/{id}", reader, no_body, get_reminder_api},
    Row{post, "/api/v1/reminders/{id}/resend", editor, no_body, resend_reminder_api},
    Row{post, "/api/v1/reminders/{id}/cancel", editor, no_body, cancel_reminder_api},
    Row{get, "/api/v1/session", member, no_body, describe_session_api},
    Row{get, "/api/v1/calendars", member, no_body, list_calendars_api},
    Row{post, "/api/v1/calendars", member, json_limit, make_calendar_api},
    Row{del, "/api/v1/calendars/{id}", member, no_body, revoke_calendar_api},
    Row{get, "/api/v1/webhooks", editor, no_body, list_webhooks_api},
    Row{post, "/api/v1/webhooks", editor, json_limit, make_webhook_api},
    Row{get, "/api/v1/webhooks/{id}/deliveries", editor, no_body, list_deliveries_api},
    Row{post, "/api/v1/webhooks/{id}/test", editor, no_body, try_webhook_api},
    Row{del, "/api/v1/webhooks/{id}", editor, no_body, end_webhook_api},
    Row{get, "/api/v1/organisations", everyone, no_body, list_organisations_api},
    Row{post, "/api/v1/organisations", editor, json_limit, add_organisation_api},
    Row{patch, "/api/v1/organisations/{id}", editor, json_limit, change_organisation_api},
    Row{get, "/api/v1/openapi.json", everyone, no_body, describe_api},
    // Files, robots, operators
    Row{get, "/assets/{name}", everyone, no_body, show_asset},
    Row{get, "/favicon.svg", everyone, no_body, show_icon},
    Row{get, "/favicon.ico", everyone, no_body, show_icon},
    Row{get, "/robots.txt", everyone, no_body, show_robots},
    Row{get, "/healthz", everyone, no_body, show_health},
    Row{get, "/readyz", everyone, no_body, show_readiness},
    Row{get, "/metrics", everyone, no_body, show_metrics},
};
// clang-format on

std::string_view name_of(Access access) {
  switch (access) {
    case Access::everyone:
    case Access::visitor:
      return "everyone";
    case Access::reader:
    case Access::own_reader:
      return "token";
    case Access::editor:
    case Access::own_editor:
      return "token with write";
    case Access::member:
      return "signed in";
    case Access::organiser:
      return "organiser";
    case Access::administrator:
      return "administrator";
    case Access::approver:
      return "approver";
  }
  return {};
}

}  // namespace

RouteTable make_routes(Services& services) {
  RouteTable table;
  for (const Row& row : rows) {
    // Not a coroutine itself: the one it starts keeps the request in its own frame.
    Handler handler = [&services, function = row.function](Request request) {
      return function(services, std::move(request));
    };
    table.emplace_back(row.method, row.pattern, row.access, row.body_limit, std::move(handler));
  }
  return table;
}

std::vector<std::string> describe_routes() {
  std::vector<std::string> lines;
  for (const Row& row : rows)
    lines.push_back(std::string(name_of(row.method)) + " " + row.pattern + "  (" +
                    std::string(name_of(row.access)) + ")");
  return lines;
}

}  // namespace convoke::web
