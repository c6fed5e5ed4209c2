"""Every address of the application, one list for each noun."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as usersessions
from django.urls import path, re_path

from mentoring.views import (
    area,
    data_health,
    day_log,
    day_totals,
    eligibility,
    enrol_many,
    exception,
    health,
    impact,
    imports,
    invitation,
    membership,
    mentor,
    method,
    offer,
    pairing,
    people,
    person,
    programme,
    role,
    saved_view,
    school,
    staff,
    stated,
    succession,
    support_day,
    term,
    timeline,
    today,
    trust,
    why,
)

account_pages = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/sign-up/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "account/password/change/",
        account.password_change,
        name="account_change_password",
    ),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path(
        "account/password/reset/", account.password_reset, name="account_reset_password"
    ),
    path(
        "account/password/reset/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        # The mail's link joins the two by a hyphen; a key holds hyphens too.
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "account/sessions/",
        usersessions.list_usersessions,
        name="usersessions_list",
    ),
    path("role/<int:pk>/", role.role_switch, name="role_switch"),
]

second_factors = [
    path("account/second-factor/", factors.index, name="mfa_index"),
    path("account/sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("account/confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/confirm/key/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "account/second-factor/app/remove/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/codes/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/recovery-codes.txt",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/second-factor/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/second-factor/keys/<int:pk>/",
        keys.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
    path(
        "account/second-factor/keys/<int:pk>/remove/",
        keys.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
]

people_pages = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/held.json", person.person_held, name="person_held"),
    path("people/<int:pk>/hand-over/", person.hand_over, name="hand_over"),
    path("people/<int:pk>/factor/", person.person_factor, name="person_factor"),
    path("people/<int:pk>/erase/", person.person_erase, name="person_erase"),
    path("people/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("people/invite/", invitation.invite, name="invite"),
    path("people/invitations/", invitation.invitation_list, name="invitations"),
    path(
        "people/invitations/<int:pk>/", invitation.invitation_detail, name="invitation"
    ),
    path(
        "people/invitations/<int:pk>/resend/",
        invitation.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "people/invitations/<int:pk>/revoke/",
        invitation.invitation_revoke,
        name="invitation_revoke",
    ),
    path(
        "invitation/<str:token>/",
        invitation.invitation_accept,
        name="invitation_accept",
    ),
]

schools = [
    path("schools/", school.school_list, name="schools"),
    path("schools/suggest/", school.school_suggest, name="school_suggest"),
    path("schools/schools.<slug:kind>", school.school_export, name="school_export"),
    path("schools/views/", saved_view.view_save, name="view_save"),
    path("schools/views/<int:pk>/delete/", saved_view.view_delete, name="view_delete"),
    path("schools/<int:pk>/", school.school_detail, name="school"),
    path("schools/<int:pk>/timeline/", timeline.school_timeline, name="timeline"),
    path("schools/urn/<int:urn>/", school.school_by_urn, name="school_by_urn"),
]

trusts = [
    path("trusts/", trust.trust_list, name="trusts"),
    path("trusts/<int:pk>/", trust.trust_detail, name="trust"),
]

successions = [
    path("successions/", succession.succession_list, name="successions"),
    path("successions/<int:pk>/", succession.succession_case, name="succession"),
    path(
        "successions/<int:pk>/undo/",
        succession.succession_undo,
        name="succession_undo",
    ),
]

memberships = [
    path("schools/<int:pk>/enrol/", membership.enrol, name="enrol"),
    path("memberships/", membership.membership_list, name="memberships"),
    path(
        "memberships/memberships.<slug:kind>",
        membership.membership_export,
        name="membership_export",
    ),
    path("memberships/steps/", membership.membership_steps, name="membership_steps"),
    path("memberships/enrol/", enrol_many.enrol_many, name="enrol_many"),
    path("memberships/together/", enrol_many.enrolment_sets, name="enrolment_sets"),
    path(
        "memberships/together/<uuid:token>/",
        enrol_many.enrolment_set,
        name="enrolment_set",
    ),
    path(
        "memberships/together/<uuid:token>/undo/",
        enrol_many.enrolment_set_undo,
        name="enrolment_set_undo",
    ),
    path("memberships/<int:pk>/", membership.membership_detail, name="membership"),
    path(
        "memberships/<int:pk>/<slug:name>/",
        membership.membership_step,
        name="membership_step",
    ),
]

pairings = [
    path("pairings/", pairing.pairing_list, name="pairings"),
    path(
        "pairings/pairings.<slug:kind>", pairing.pairing_export, name="pairing_export"
    ),
    path("pairings/steps/", pairing.pairing_steps, name="pairing_steps"),
    path("pairings/<int:pk>/", pairing.pairing_detail, name="pairing"),
    path("pairings/<int:pk>/query/", pairing.pairing_query, name="pairing_query"),
    path(
        "pairings/queries/<int:pk>/answer/",
        pairing.pairing_query_answer,
        name="pairing_query_answer",
    ),
    path(
        "pairings/queries/<int:pk>/withdraw/",
        pairing.pairing_query_withdraw,
        name="pairing_query_withdraw",
    ),
    path("pairings/<int:pk>/<slug:name>/", pairing.pairing_step, name="pairing_step"),
    path(
        "memberships/<int:pk>/mentors/propose/",
        pairing.pairing_propose,
        name="pairing_propose",
    ),
]

support_days = [
    path("days/", support_day.day_list, name="days"),
    path("days/days.<slug:kind>", support_day.day_export, name="day_export"),
    path("days/totals/", day_totals.day_totals, name="day_totals"),
    path(
        "days/totals.<slug:kind>",
        day_totals.day_totals_export,
        name="day_totals_export",
    ),
    path("days/log/", day_log.day_choose, name="day_choose"),
    path("days/to-confirm/", support_day.days_to_confirm, name="days_to_confirm"),
    path("days/<int:pk>/", support_day.day_detail, name="day"),
    path("days/<int:pk>/<slug:name>/", support_day.day_step, name="day_step"),
    path("pairings/<int:pk>/days/log/", day_log.day_log, name="day_log"),
]

needed_and_offered = [
    path("offers/", offer.offer_search, name="offer_search"),
    path("mentors/", mentor.mentor_board, name="mentors"),
    path("mentors/mentors.<slug:kind>", mentor.mentor_export, name="mentor_export"),
    path("memberships/<int:pk>/needs/", stated.mentee_needs, name="needs"),
    path("memberships/<int:pk>/offers/", stated.mentor_offers, name="offers"),
    path("schools/<int:pk>/staff/", staff.staff_list, name="staff"),
    path("schools/<int:pk>/staff/new/", staff.staff_new, name="staff_new"),
    path("staff/<int:pk>/", staff.staff_correct, name="staff_member"),
    path("staff/<int:pk>/left/", staff.staff_left, name="staff_left"),
    path("staff/<int:pk>/erase/", staff.staff_erase, name="staff_erase"),
]

kept_by_staff = [
    path("areas/", area.area_list, name="areas"),
    path("areas/new/", area.area_new, name="area_new"),
    path("areas/<int:pk>/", area.area_rename, name="area"),
    path("areas/<int:pk>/move/", area.area_move, name="area_move"),
    path("areas/<int:pk>/retire/", area.area_retire, name="area_retire"),
    path("areas/<int:pk>/take-back/", area.area_take_back, name="area_take_back"),
    path("terms/", term.term_list, name="terms"),
    path("terms/new/", term.term_new, name="term_new"),
    path("terms/<int:pk>/", term.term_change, name="term"),
    path("terms/<int:pk>/remove/", term.term_remove, name="term_remove"),
]

eligibility_lists = [
    path("eligibility/", eligibility.eligibility_index, name="eligibility"),
    path("eligibility/freeze/", eligibility.freeze, name="eligibility_freeze"),
    path(
        "eligibility/<int:pk>/",
        eligibility.eligibility_detail,
        name="eligibility_list",
    ),
    path("eligibility/why/", why.preview_why, name="eligibility_why"),
    path("eligibility/<int:pk>/why/", why.list_why, name="eligibility_list_why"),
    path(
        "eligibility/<int:pk>/schools.<slug:kind>",
        eligibility.eligibility_export,
        name="eligibility_export",
    ),
]

exceptions = [
    path("eligibility/exceptions/", exception.exception_list, name="exceptions"),
    path("eligibility/exceptions/new/", exception.exception_new, name="exception_new"),
    path(
        "eligibility/exceptions/<int:pk>/",
        exception.exception_detail,
        name="exception",
    ),
    path(
        "eligibility/exceptions/<int:pk>/change/",
        exception.exception_change,
        name="exception_change",
    ),
    path(
        "eligibility/exceptions/<int:pk>/end/",
        exception.exception_end,
        name="exception_end",
    ),
    path("schools/<int:pk>/exception/", exception.grant, name="exception_grant"),
]

import_runs = [
    path("imports/", imports.import_list, name="imports"),
    path("imports/<int:pk>/", imports.import_run, name="import_run"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/send/", imports.upload_new, name="upload_new"),
    path("imports/sent/<int:pk>/", imports.upload_detail, name="upload"),
    path(
        "imports/sent/<int:pk>/progress/",
        imports.upload_progress,
        name="upload_progress",
    ),
    path(
        "imports/sent/<int:pk>/confirm/", imports.upload_confirm, name="upload_confirm"
    ),
    path(
        "imports/sent/<int:pk>/set-aside/",
        imports.upload_set_aside,
        name="upload_set_aside",
    ),
    path(
        "imports/sent/<int:pk>/restart/", imports.upload_restart, name="upload_restart"
    ),
    path(
        "imports/sent/<int:pk>/changes.csv",
        imports.upload_changes,
        name="upload_changes",
    ),
    path(
        "imports/files/<int:pk>/refused.csv",
        imports.upload_refused,
        name="upload_refused",
    ),
]

impact_pages = [
    path("", impact.impact, name="impact"),
    path("impact/schools/", impact.impact_schools, name="impact_schools"),
]

methods = [
    path("method/", method.method, name="method"),
    path("method/england.csv", method.method_england, name="method_england"),
    path("method/gains.csv", method.method_gains, name="method_gains"),
    path("method/groups.csv", method.method_groups, name="method_groups"),
]

watched = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

first_pages = [
    path("today/", today.today, name="today"),
    path(
        "today/<slug:kind>/<int:pk>/<slug:name>/", today.today_note, name="today_note"
    ),
]

urlpatterns = [
    *first_pages,
    *impact_pages,
    *methods,
    path("data-health/", data_health.data_health, name="data_health"),
    path("programme/", programme.programme_settings, name="programme"),
    *schools,
    *trusts,
    *successions,
    *needed_and_offered,
    *memberships,
    *pairings,
    *support_days,
    *kept_by_staff,
    *eligibility_lists,
    *exceptions,
    *import_runs,
    *account_pages,
    *second_factors,
    *people_pages,
    *watched,
]

handler400 = "mentoring.views.errors.bad_request"
handler403 = "mentoring.views.errors.forbidden"
handler404 = "mentoring.views.errors.not_found"
handler500 = "mentoring.views.errors.server_error"
