"""Each cell of the table of roles: every act of every service, tried by a person of each role.

What is not in the table here fails the test, so that a new service must say who may use it.
"""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fake_exchange import FakeExchange

from intake_app import services
from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.disclosure import SealedFile
from intake_app.domain.errors import IntakeError, NoGrant, NotAllowed
from intake_app.domain.export import Reach
from intake_app.domain.figure import Figure
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.log_entry import LogKind
from intake_app.domain.measure import Kind, Measure, Question
from intake_app.domain.roles import MATRIX, Compartment, May, Role, may, require
from intake_app.domain.staffing import Asked, Why
from intake_app.domain.suppression import told_together
from intake_app.domain.terms import Instrument
from intake_app.domain.text import Text
from intake_app.domain.told_web import Draft
from intake_app.domain.update import Package, Release
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft
from intake_app.services.training.training import fictional_department
from intake_app.services.users.changing import OneTime
from intake_app.settings import resources
from intake_app.words import Words

ROLES = tuple(Role)
DESK, COORDINATOR = Role.FRONT_DESK, Role.COORDINATOR

TAKE = frozenset({May.TAKE_WALK_IN, May.TAKE_CASE})
READ = frozenset({May.READ_INTAKE, May.READ_CASE})
AMEND = frozenset({May.AMEND_INTAKE, May.AMEND_CASE})
ISSUE = frozenset({May.ISSUE_PAPER, May.ISSUE_CASE_PAPER})
"""What works on a record in whichever room it is: any of these lets in, to that room alone."""
SETTLES = frozenset({
    May.AMEND_INTAKE, May.AMEND_CASE, May.SETTLE_NAMES, May.SETTLE_CONFLICT, May.FOLLOW_UP,
    May.MAKE_REFERRAL, May.EXTEND_CASE, May.CHANGE_SETTINGS, May.KEEP_ROSTER, May.EDIT_PROVIDERS,
})  # fmt: skip
"""Who wrote something may have to say which of two entries holds: a part of it, or all."""
ENDS = frozenset({May.PROPOSE_PURGE, May.APPROVE_PURGE, May.HOLD_RECORDS})
"""What is shown of records that end: to whoever has a part in it."""

ACTS: dict[str, May | frozenset[May]] = {
    "measures.rearrest.rearrest_of": May.NOTE_REARREST,
    "measures.rearrest.note_rearrest": May.NOTE_REARREST,
    "measures.rearrest.take_back_rearrest": May.NOTE_REARREST,
    "measures.rearrest.rearrest_due": May.NOTE_REARREST,
    "measures.telling.tell": May.SEE_NUMBERS,
    "measures.telling.tell_all": May.SEE_NUMBERS,
    "reports.releasing.release": May.RELEASE_NUMBERS,
    "reports.releasing.released": May.SEE_RELEASED,
    "reports.releasing.read_release": May.SEE_RELEASED,
    "measures.asking.families_of": May.SEE_NUMBERS,
    "measures.asking.measures_of": May.SEE_NUMBERS,
    "measures.asking.cuts_of": May.SEE_NUMBERS,
    "measures.asking.ask": May.SEE_NUMBERS,
    "measures.asking.ask_all": May.SEE_NUMBERS,
    "measures.asking.answer_all": May.SEE_NUMBERS,
    "measures.asking.records_behind": May.SEE_NUMBERS,
    "measures.viewing.board": May.SEE_NUMBERS,
    "measures.viewing.view": May.SEE_NUMBERS,
    "reports.table_file.table_file": May.SEE_NUMBERS,
    "reports.table_file.copied_table": May.SEE_NUMBERS,
    "reports.status_list.look_over_status_list": May.GIVE_STATUS_LIST,
    "reports.status_list.give_status_list": May.GIVE_STATUS_LIST,
    "reports.quarterly.quarterly_report": May.SEE_NUMBERS,
    "reports.quarterly.print_quarterly": May.SEE_RELEASED,  # of one for the house: SEE_NUMBERS
    "reports.measure_paper.print_measure": May.SEE_RELEASED,
    "reports.monthly.monthly_sheet": May.SEE_NUMBERS,
    "reports.monthly.print_monthly": May.SEE_RELEASED,
    "exports.county_key.county_key": May.EXPORT_RECORDS,
    "exports.county_key.make_county_key": May.EXPORT_RECORDS,
    "exports.county_key.take_county_key": May.EXPORT_RECORDS,
    "exports.county_key.take_county_key_file": May.EXPORT_RECORDS,
    "exports.county_key.county_key_words": May.EXPORT_RECORDS,
    "exports.county_key.county_key_file": May.EXPORT_RECORDS,
    "exports.county_key.print_county_key": May.EXPORT_RECORDS,
    "county.extracting.county_recipients": May.EXPORT_RECORDS,
    "county.extracting.county_would_leave": May.EXPORT_RECORDS,
    "county.extracting.make_county_extract": May.EXPORT_RECORDS,
    "county.extracting.save_county_extract": May.EXPORT_RECORDS,
    "county.departments.open_inbox": May.MERGE_DEPARTMENTS,
    "county.departments.receive": May.MERGE_DEPARTMENTS,
    "county.departments.confirm_sender": May.MERGE_DEPARTMENTS,
    "county.departments.county_numbers": May.MERGE_DEPARTMENTS,
    "county.paper.county_lines": May.MERGE_DEPARTMENTS,
    "county.paper.print_county": May.MERGE_DEPARTMENTS,
    "exports.agreements.agreements": May.EXPORT_RECORDS,
    "exports.agreements.enter_agreement": May.EXPORT_RECORDS,
    "exports.agreements.end_agreement": May.EXPORT_RECORDS,
    "exports.reasons.all_reasons": May.EXPORT_RECORDS,
    "imports.importing.read_table": May.IMPORT_PAST,
    "imports.importing.past_imports": May.IMPORT_PAST,
    "imports.shape.forms_to_fill": May.IMPORT_PAST,
    "imports.shape.shape_of": May.IMPORT_PAST,
    "imports.shape.names_of_forms": May.IMPORT_PAST,
    "imports.earlier_list.suggested_list": May.IMPORT_PAST,
    "imports.earlier_list.read_list": May.IMPORT_PAST,
    "exports.exporting.exports_of": May.EXPORT_RECORDS,
    "exports.exporting.prepare_export": May.EXPORT_RECORDS,
    "exports.exporting.save_export": May.EXPORT_RECORDS,
    "exports.exporting.exported": May.EXPORT_RECORDS,
    "disputes.disputes.disputes": SETTLES,
    "disputes.disputes.postpone": SETTLES,
    "disputes.disputes.disputes_about": READ,
    "disputes.settling.settle": SETTLES,
    "disputes.sheet.print_dispute": SETTLES,
    "people.same_elsewhere.same_elsewhere": May.MERGE_PEOPLE,
    "people.same_elsewhere.say_two": May.MERGE_PEOPLE,
    "records.drafts.begin_draft": May.TAKE_WALK_IN,
    "records.drafts.save_draft": May.TAKE_WALK_IN,
    "records.drafts.unfinished": TAKE,
    "records.drafts.resume_draft": TAKE,
    "records.drafts.hand_over_draft": TAKE,
    "records.drafts.discard_draft": TAKE,
    "records.drop_box.take_in": May.TAKE_IN,
    "intakes.handed_in.handed_in": TAKE,
    "intakes.handed_in.read_handed_in": TAKE,
    "intakes.handed_in.add_note": TAKE,
    "intakes.intakes.finish_intake": May.TAKE_WALK_IN,
    "intakes.intakes.read_intake": READ,
    "intakes.intakes.amend_intake": AMEND,
    "intakes.intakes.mark_entered_in_error": May.AMEND_INTAKE,
    "intakes.people.people_order": May.FIND_PEOPLE,
    "intakes.people.people_rows": May.FIND_PEOPLE,
    "intakes.people.find_people": May.FIND_PEOPLE,
    "intakes.people.show_names": May.FIND_PEOPLE,
    "intakes.people.today": May.FIND_PEOPLE,
    "intakes.people.due": May.FIND_PEOPLE,
    "intakes.people.is_case": READ,
    "intakes.people.folder_of": READ,
    "follow_up.episodes.episode_of": May.READ_INTAKE,
    "follow_up.episodes.asks_of": May.READ_INTAKE,
    "follow_up.episodes.said_of": May.READ_INTAKE,
    "follow_up.episodes.move_episode": May.AMEND_INTAKE,
    "intakes.events.events": May.FIND_PEOPLE,
    "intakes.events.read_event": May.READ_INTAKE,
    "intakes.events.note_reported": May.AMEND_INTAKE,
    "intakes.events.note_copied": May.READ_INTAKE,
    "intakes.events.begin_another": May.READ_INTAKE,
    "intakes.events.begin_another_handed_in": TAKE,
    "papers.papers.offers": May.ISSUE_PAPER,
    "papers.papers.preview_paper": May.ISSUE_PAPER,
    "papers.papers.make_papers": May.ISSUE_PAPER,
    "papers.papers.issue_papers": ISSUE,
    "papers.papers.issued_papers": READ,
    "papers.papers.draft_papers": May.ISSUE_PAPER,
    "papers.papers.paper_bytes": ISSUE,
    "papers.papers.note_printed": ISSUE,
    "papers.papers.note_saved": ISSUE,
    "papers.papers.void_and_reissue": ISSUE,
    "papers.print_queue.sheet_sets": ISSUE,
    "requests.log.log_entries": May.KEEP_LOGS,
    "requests.log.receive": May.KEEP_LOGS,
    "requests.log.read_entry": May.KEEP_LOGS,
    "requests.log.extend_entry": May.KEEP_LOGS,
    "requests.log.note_entry": May.KEEP_LOGS,
    "requests.log.answer_entry": May.KEEP_LOGS,
    "requests.replies.print_reply": May.KEEP_LOGS,
    "papers.print_queue.set_aside": ISSUE,
    "drawing.blank_papers.print_blank": May.ISSUE_PAPER,
    "drawing.blank_forms.blank_forms": May.ISSUE_PAPER,
    "intakes.paper_intakes.key_in_intake": May.TAKE_WALK_IN,
    "consents.consents.read_consents": May.KEEP_CONSENT,
    "consents.consents.ask_consent": May.KEEP_CONSENT,
    "consents.consents.take_consent": May.KEEP_CONSENT,
    "consents.consents.note_ended": May.KEEP_CONSENT,
    "consents.consents.answers_under": May.KEEP_CONSENT,
    "sharing.consent_papers.print_consent": May.KEEP_CONSENT,
    "sharing.consent_papers.consent_papers": May.KEEP_CONSENT,
    "consents.disclosures.leaving": READ,
    "consents.disclosures.papers_leaving": READ,
    "consents.disclosures.draft_leaving": May.ISSUE_PAPER,
    "sharing.consent_overview.consent_overview": May.KEEP_CONSENT,
    "consents.disclosures.note_disclosure": May.KEEP_CONSENT,
    "sharing.revoking.revoke": May.KEEP_CONSENT,
    "sharing.revoking.traces": May.KEEP_CONSENT,
    "sharing.revoking.print_notice": May.KEEP_CONSENT,
    "sharing.revoking.note_told": May.KEEP_CONSENT,
    "sharing.accounting.disclosures_of": May.KEEP_CONSENT,
    "sharing.accounting.print_accounting": May.KEEP_CONSENT,
    "follow_up.follow_ups.follow_ups_of": May.FOLLOW_UP,
    "follow_up.follow_ups.extra": May.FOLLOW_UP,
    "follow_up.follow_ups.hand_over": May.FOLLOW_UP,
    "follow_up.follow_ups.put_off": May.FOLLOW_UP,
    "follow_up.follow_ups.finish": May.FOLLOW_UP,
    "follow_up.follow_ups.drop": May.FOLLOW_UP,
    "follow_up.follow_ups.note_unable": May.FOLLOW_UP,
    "follow_up.follow_ups.stop": May.FOLLOW_UP,
    "follow_up.attempts.call_sheet": May.FOLLOW_UP,
    "follow_up.attempts.attempts_of": May.FOLLOW_UP,
    "follow_up.attempts.log_attempt": May.FOLLOW_UP,
    "follow_up.attempts.take_back_attempt": May.FOLLOW_UP,
    "follow_up.call_notes.begin_call": May.FOLLOW_UP,
    "follow_up.call_notes.kept_call": May.FOLLOW_UP,
    "follow_up.call_notes.keep_call": May.FOLLOW_UP,
    "follow_up.call_notes.forget_call": May.FOLLOW_UP,
    "follow_up.overview.follow_up_overview": May.FOLLOW_UP,
    "follow_up.calendar.follow_up_file": May.FOLLOW_UP,
    "follow_up.calendar.note_follow_up_file_saved": May.FOLLOW_UP,
    "follow_up.due_list.due_tasks": May.FOLLOW_UP,
    "follow_up.due_list.print_due_tasks": May.FOLLOW_UP,
    "follow_up.due_list.write_letters": May.FOLLOW_UP,
    "follow_up.timeline.timeline_of": READ,
    "follow_up.timeline.print_timeline": READ,
    "providers.providers.all_providers": May.SEE_PROVIDERS,
    "providers.providers.search_providers": May.SEE_PROVIDERS,
    "providers.providers.note_provider": May.LOG_CALL,
    "providers.providers.verify_provider": May.LOG_CALL,
    "providers.providers.preview_import": May.IMPORT_PROVIDERS,
    "providers.providers.import_providers": May.IMPORT_PROVIDERS,
    "providers.edits.edit_provider": May.EDIT_PROVIDERS,
    "providers.edits.add_provider": May.EDIT_PROVIDERS,
    "providers.edits.merge_providers": May.EDIT_PROVIDERS,
    "providers.edits.undo_merge": May.EDIT_PROVIDERS,
    "referrals.directory_sheet.print_directory": May.SEE_PROVIDERS,
    "referrals.referrals.make_referral": May.MAKE_REFERRAL,
    "referrals.referrals.note_step": May.MAKE_REFERRAL,
    "referrals.overview.referral_overview": May.MAKE_REFERRAL,
    "referrals.letters.write_letters": May.MAKE_REFERRAL,
    "referrals.letters.letters_leaving": May.MAKE_REFERRAL,
    "referrals.letters.reissue_letter": ISSUE,
    "referrals.reply_slips.waiting_for_word": May.MAKE_REFERRAL,
    "referrals.reply_slips.key_replies": May.MAKE_REFERRAL,
    "referrals.bed_calls.log_bed_call": May.MAKE_REFERRAL,
    "providers.roster.whole_roster": May.SEE_PROVIDERS,
    "providers.roster.keep_roster_entry": May.KEEP_ROSTER,
    "providers.roster.log_call": May.LOG_CALL,
    "providers.roster.calls": May.SEE_PROVIDERS,
    "decisions.department.change_agency": May.CHANGE_SETTINGS,
    "decisions.history.history": frozenset({May.CHANGE_SETTINGS, May.APPROVE_RETENTION}),
    "decisions.history.undo": May.CHANGE_SETTINGS,
    "decisions.history.approve": May.APPROVE_RETENTION,
    "decisions.history.require_reader": frozenset({May.CHANGE_SETTINGS, May.APPROVE_RETENTION}),
    "decisions.telling.history_told": frozenset({May.CHANGE_SETTINGS, May.APPROVE_RETENTION}),
    "decisions.packs.look_at_pack": May.CHANGE_SETTINGS,
    "decisions.packs.try_pack": May.CHANGE_SETTINGS,
    "decisions.packs.trial_now": May.CHANGE_SETTINGS,
    "decisions.packs.end_trial": May.CHANGE_SETTINGS,
    "decisions.packs.accept_pack": May.CHANGE_SETTINGS,
    "decisions.wording.worded_texts": May.CHANGE_SETTINGS,
    "decisions.wording.wording": May.CHANGE_SETTINGS,
    "decisions.wording.preview_words": May.CHANGE_SETTINGS,
    "decisions.wording.keep_words": May.CHANGE_SETTINGS,
    "decisions.wording.use_shipped_words": May.CHANGE_SETTINGS,
    "decisions.code_lists.code_lists": May.CHANGE_SETTINGS,
    "decisions.code_lists.add_code": May.CHANGE_SETTINGS,
    "decisions.code_lists.retire_code": May.CHANGE_SETTINGS,
    "decisions.code_lists.rename_code": May.CHANGE_SETTINGS,
    "decisions.schedule.schedule_now": frozenset({May.CHANGE_SETTINGS, May.APPROVE_RETENTION}),
    "decisions.schedule.propose_times": May.CHANGE_SETTINGS,
    "decisions.open_days.offices_in": May.CHANGE_SETTINGS,
    "decisions.printers.keep_printers": May.CHANGE_SETTINGS,
    "trust.gathering.trust": May.SEE_TRUST,
    "trust.report.auditor_report": May.SEE_TRUST,
    "trust.report.report_was_used": May.SEE_TRUST,
    "trust.support.support_text": May.MAKE_SUPPORT_FILE,
    "trust.support.support_was_saved": May.MAKE_SUPPORT_FILE,
    "cards.keeping.kept_cards": May.DRILL_CARD,
    "cards.keeping.department_words": May.DRILL_CARD,
    "cards.keeping.drill_card": May.DRILL_CARD,
    "cards.keeping.name_holder": May.KEEP_CARDS,
    "cards.keeping.report_lost": May.KEEP_CARDS,
    "cards.renewing.begin_new_cards": May.KEEP_CARDS,
    "cards.renewing.give_up_new_cards": May.KEEP_CARDS,
    "cards.renewing.finish_new_cards": May.KEEP_CARDS,
    "audit.review.weeks": May.REVIEW_AUDIT,
    "audit.review.waiting": May.REVIEW_AUDIT,
    "audit.review.review_week": May.REVIEW_AUDIT,
    "audit.review.lines_of_week": May.REVIEW_AUDIT,
    "audit.review.sign_off": May.REVIEW_AUDIT,
    "audit.exporting.export_trail": May.EXPORT_AUDIT,
    "audit.exporting.save_trail": May.EXPORT_AUDIT,
    "audit.keeping.open_archive": May.EXPORT_AUDIT,
    "users.listing.users": May.MANAGE_USERS,
    "users.changing.add_user": May.MANAGE_USERS,
    "users.changing.renew_user": May.MANAGE_USERS,
    "users.changing.disable_user": May.MANAGE_USERS,
    "users.changing.user_left": May.MANAGE_USERS,
    "users.changing.change_roles": May.MANAGE_USERS,
    "users.changing.let_back": May.MANAGE_USERS,
    "users.granting.keys_waiting": May.MANAGE_USERS,
    "users.granting.ask_again": May.MANAGE_USERS,
    "users.granting.keys_asked": May.GRANT_KEYS,
    "users.granting.give_key": May.GRANT_KEYS,
    "users.granting.refuse_key": May.GRANT_KEYS,
    "users.lockouts.locked_users": May.RELEASE_LOCKOUT,
    "users.lockouts.release_user": May.RELEASE_LOCKOUT,
    "users.one_time_sheet.print_one_time": May.MANAGE_USERS,
    "backup.keeping.back_up_now": May.KEEP_BACKUPS,
    "backup.keeping.look_through_all": May.KEEP_BACKUPS,
    "updates.looking.look_at": May.UPDATE_PROGRAM,
    "updates.preparing.prepare": May.UPDATE_PROGRAM,
    "updates.preparing.prepared": May.UPDATE_PROGRAM,
    "updates.preparing.keep_own": May.UPDATE_PROGRAM,
    "updates.going_back.way_back_of": May.UPDATE_PROGRAM,
    "backup.places.places": May.KEEP_BACKUPS,
    "backup.places.plugged_in": May.KEEP_BACKUPS,
    "backup.places.add_place": May.KEEP_BACKUPS,
    "backup.places.remove_place": May.KEEP_BACKUPS,
    "citing.cases.read_case": May.READ_CASE,
    "citing.cases.case_offers": May.ISSUE_CASE_PAPER,
    "citing.cases.issue_case_papers": May.ISSUE_CASE_PAPER,
    "citing.cases.reissue_case_paper": May.ISSUE_CASE_PAPER,
    "case.acts.note_reported": May.RECORD_PROGRESS,
    "case.acts.note_no_show": May.RECORD_PROGRESS,
    "case.acts.reschedule": May.RECORD_PROGRESS,
    "case.acts.note_assessed": May.RECORD_PROGRESS,
    "case.acts.agree_plan": May.RECORD_PROGRESS,
    "case.acts.extend_case": May.EXTEND_CASE,
    "case.acts.toll_case": May.EXTEND_CASE,
    "case.acts.end_tolling": May.EXTEND_CASE,
    "case.acts.set_limitation": May.EXTEND_CASE,
    "case.acts.note_do_not_contact": May.RECORD_PROGRESS,
    "case.acts.resume_contact": May.EXTEND_CASE,
    "case.acts.close_case": May.CLOSE_CASE,
    "case.acts.reopen_case": May.CLOSE_CASE,
    "case.acts.charge_action": May.CLOSE_CASE,
    "case.acts.settle_conflict": May.SETTLE_CONFLICT,
    "case.acts.mark_case_in_error": May.AMEND_CASE,
    "case.conditions.add_condition": May.EXTEND_CASE,
    "case.conditions.change_condition": May.EXTEND_CASE,
    "case.conditions.waive_condition": May.EXTEND_CASE,
    "case.conditions.record_progress": May.RECORD_PROGRESS,
    "case.conditions.take_back_progress": May.RECORD_PROGRESS,
    "case.treatment.record_treatment": May.RECORD_TREATMENT,
    "case.treatment.treatment_notes": May.RECORD_TREATMENT,
    "case.offers.reasons": May.NOTE_OFFER,
    "case.offers.note_not_offered": May.NOTE_OFFER,
    "case.offers.note_declined": May.NOTE_OFFER,
    "case.offers.accepted_offer_change": May.TAKE_CASE,
    "case.offers.open_offers": May.NOTE_OFFER,
    "case.offers.add_demographics": May.NOTE_OFFER,
    "case.offers.take_back": May.NOTE_OFFER,
    "case.offers.offers": May.FIND_CASES,
    "case.offers.gaps": May.FIND_CASES,
    "citing.offer_details.detail_questions": May.NOTE_OFFER,
    "citing.offer_details.add_details": May.NOTE_OFFER,
    "citing.eligibility.check": May.CHECK_ELIGIBILITY,
    "citing.eligibility.check_all": May.CHECK_ELIGIBILITY,
    "citing.eligibility.check_draft": May.CHECK_ELIGIBILITY,
    "citing.eligibility.eligibility_change": May.TAKE_CASE,
    "citing.eligibility_questions.questions": May.CHECK_ELIGIBILITY,
    "citing.eligibility_questions.answers_for": May.CHECK_ELIGIBILITY,
    "citing.eligibility_questions.about_answers": May.CHECK_ELIGIBILITY,
    "citing.earlier_cases.earlier_cases": May.FIND_CASES,
    "citing.overrides.override": May.OVERRIDE,
    "citing.overrides.note_approval": May.APPROVE,
    "citing.overrides.blocking": May.CHECK_ELIGIBILITY,
    "citing.overrides.override_changes": May.TAKE_CASE,
    "citing.overrides.overrides_to_confirm": May.OVERRIDE,
    "citing.overrides.confirm_override": May.OVERRIDE,
    "citing.overrides.decisions": May.SEE_CASELOAD,
    "citing.citing.issue_case": May.TAKE_CASE,
    "citing.citing.would_issue": May.TAKE_CASE,
    "citing.contact_ends.decline": May.TAKE_CASE,
    "citing.contact_ends.not_offered": May.TAKE_CASE,
    "citing.after_issue.copy_set": May.ISSUE_CASE_PAPER,
    "citing.after_issue.same_incident": May.TAKE_CASE,
    "citing.after_issue.reissue_case": May.TAKE_CASE,
    "records.ledger.ledger": May.FIND_CASES,
    "citing.pads.pad_officers": May.KEEP_PADS,
    "citing.pads.pad_programs": May.KEEP_PADS,
    "citing.pads.make_pad": May.KEEP_PADS,
    "citing.pads.pads": May.KEEP_PADS,
    "citing.pads.pad_of": May.KEEP_PADS,
    "citing.pads.pad_bytes": May.KEEP_PADS,
    "citing.pads.note_pad_copied": May.KEEP_PADS,
    "citing.pads.hand_over_pad": May.KEEP_PADS,
    "citing.pads.return_pad": May.KEEP_PADS,
    "citing.pads.void_number": May.KEEP_PADS,
    "citing.keying_in.key_in": May.TAKE_CASE,
    "citing.pocket_card.print_pocket_card": May.KEEP_PADS,
    "training.training.fill_directory": May.IMPORT_PROVIDERS,
    "training.training.fill_shelf": May.KEEP_STOCK,
    "training.training.take_fictional_intakes": May.TAKE_WALK_IN,
    "training.past.take_fictional_past": May.TAKE_WALK_IN,
    "training.past_cases.take_past_cases": May.TAKE_CASE,
    "citing.packets.make_packet": May.ISSUE_CASE_PAPER,
    "citing.packets.packet_facts": May.ISSUE_CASE_PAPER,
    "sharing.recipients.recipients": May.KEEP_RECIPIENTS,
    "sharing.recipients.read_card": May.KEEP_RECIPIENTS,
    "sharing.recipients.add_recipient": May.KEEP_RECIPIENTS,
    "sharing.recipients.take_back_recipient": May.KEEP_RECIPIENTS,
    "sharing.recipients.words_of_station": May.KEEP_RECIPIENTS,
    "sharing.recipients.providers_for": May.KEEP_RECIPIENTS,
    "sharing.sealed_bundles.recipients_for": May.DISCLOSE,
    "sharing.sealed_bundles.what_would_leave": May.DISCLOSE,
    "sharing.sealed_bundles.make_disclosure": May.DISCLOSE,
    "sharing.sealed_bundles.save_disclosure": May.DISCLOSE,
    "sharing.sealed_bundles.receipt_came": May.DISCLOSE,
    "sharing.evaluation.evaluators": May.DISCLOSE,
    "sharing.evaluation.count_for": May.DISCLOSE,
    "sharing.evaluation.make_evaluation": May.DISCLOSE,
    "citing.packets.reissue_packet": May.ISSUE_CASE_PAPER,
    "sealing.sealing.seal_case": May.SEAL_CASE,
    "purging.purging.propose_purge": May.PROPOSE_PURGE,
    "purging.purging.approve_purge": May.APPROVE_PURGE,
    "purging.purging.proposals": ENDS,
    "purging.purging.removed": ENDS,
    "purging.purging.record_end": ENDS,
    "purging.certificates.purge_certificate": ENDS,
    "purging.retention.due_records": May.PROPOSE_PURGE,
    "purging.holds.place_hold": May.HOLD_RECORDS,
    "purging.holds.lift_hold": May.HOLD_RECORDS,
    "purging.holds.holds": May.HOLD_RECORDS,
    "sealing.sealed_cases.sealed_cases": May.READ_SEALED,
    "sealing.sealed_cases.read_sealed": May.READ_SEALED,
    "sealing.sealed_cases.sealed_paper": May.READ_SEALED,
    "sealing.sealed_cases.audit_of_sealed": May.READ_SEALED,
    "sealing.tokens.earlier": May.TAKE_CASE,
    "training.cases.take_fictional_cases": May.TAKE_CASE,
    "week.arrivals.expected_programs": May.RECORD_PROGRESS,
    "week.arrivals.expected_arrivals": May.RECORD_PROGRESS,
    "week.arrivals.key_ticks": May.RECORD_PROGRESS,
    "week.arrivals.print_arrivals": May.RECORD_PROGRESS,
    "week.reminders.reminders_due": May.RECORD_PROGRESS,
    "week.reminders.reminders_of": May.RECORD_PROGRESS,
    "week.reminders.print_reminders": May.RECORD_PROGRESS,
    "week.reminders.note_reminded": May.RECORD_PROGRESS,
    "case.calendar_file.appointment_file": May.ISSUE_CASE_PAPER,
    "case.calendar_file.note_calendar_saved": May.ISSUE_CASE_PAPER,
    "week.desk_sheet.due_today": May.RECORD_PROGRESS,
    "week.desk_sheet.print_desk_sheet": May.RECORD_PROGRESS,
    "week.supervision.approvals_waiting": May.SEE_CASELOAD,
    "week.supervision.override_log": May.SEE_CASELOAD,
    "week.supervision.rules_set_aside": May.SEE_CASELOAD,
    "week.supervision.caseload": May.SEE_CASELOAD,
    "week.supervision.conflicts_to_settle": May.SETTLE_CONFLICT,
    "people.persons.intakes_of": READ,
    "people.persons.flag_history": READ,
    "people.persons.set_flag": May.FLAG_PERSON,
    "people.other_side.is_known_there": May.FLAG_PERSON,
    "people.other_side.also_stop": May.FLAG_PERSON,
    "people.person_view.reach_of": READ,
    "people.person_view.person_view": READ,
    "people.same_person.same_as": READ,
    "people.same_person.identity_of_person": READ,
    "people.same_person.next_ways": READ,
    "people.same_person.begin_for": READ,
    "people.merging.both_sides": May.MERGE_PEOPLE,
    "people.merging.merge_people": May.MERGE_PEOPLE,
    "people.merging.merges": READ,
    "people.merging.unmerge": May.MERGE_PEOPLE,
    "people.conflicts.set_conflict": May.KEEP_APART,
    "people.conflicts.kept_from": May.KEEP_APART,
    "follow_up.screenings.tools": frozenset({May.SCREEN, May.CHANGE_SETTINGS}),
    "follow_up.screenings.switch_tool": frozenset({May.SCREEN, May.CHANGE_SETTINGS}),
    "follow_up.screenings.judge": May.SCREEN,
    "follow_up.screenings.keep_screening": May.SCREEN,
    "follow_up.screenings.note_declined": May.SCREEN,
    "follow_up.screenings.screenings_of": May.SCREEN,
    "follow_up.screenings.take_back_screening": May.SCREEN,
    "follow_up.screenings.result_sheet": May.SCREEN,
    "aid.aid.aid_offers": May.GIVE_AID,
    "aid.aid.give_aid": May.GIVE_AID,
    "aid.aid.aid_of": May.GIVE_AID,
    "aid.aid.take_back_aid": May.GIVE_AID,
    "aid.aid.count_shelf": May.KEEP_STOCK,
    "aid.stock.stock": May.KEEP_STOCK,
    "aid.stock.receive": May.KEEP_STOCK,
    "aid.stock.count_lot": May.KEEP_STOCK,
    "aid.stock.discard": May.KEEP_STOCK,
    "aid.stock.move": May.KEEP_STOCK,
    "aid.stock.give_without_name": May.KEEP_STOCK,
    "aid.stock.month_costs": May.KEEP_STOCK,
    "aid.stock_sheet.print_stock_sheet": May.KEEP_STOCK,
    "intakes.attachments.attachments_of": READ,
    "intakes.attachments.add_attachment": AMEND,
    "intakes.attachments.attachment_bytes": READ,
    "intakes.attachments.thumbnail_bytes": READ,
    "intakes.attachments.note_attachment_printed": READ,
    "intakes.attachments.remove_attachment": AMEND,
    "exchanging.exchanging.begin_anew": May.CARRY_BUNDLES,
    "exchanging.exchanging.trust_snapshot": May.CARRY_BUNDLES,
    "exchanging.exchanging.turn_page": May.TURN_PAGE,
    "exchanging.stations.stations": May.ENROL_STATION,
    "exchanging.stations.department_words": May.ENROL_STATION,
    "exchanging.stations.requests": May.ENROL_STATION,
    "exchanging.stations.enrol": May.ENROL_STATION,
    "exchanging.stations.rename": May.ENROL_STATION,
    "exchanging.stations.strike": May.ENROL_STATION,
    "exchanging.sticks.stick_drives": May.CARRY_BUNDLES,
    "exchanging.sticks.stick_question": May.CARRY_BUNDLES,
    "exchanging.sticks.asked_of_stick": May.CARRY_BUNDLES,
    "exchanging.sticks.look_at_stick": May.CARRY_BUNDLES,
    "exchanging.sticks.prepare_stick": May.KEEP_STORES,
    "exchanging.sticks.stick_command": May.CARRY_BUNDLES,
    "exchanging.sticks.note_stick": May.CARRY_BUNDLES,
    "exchanging.stores.stores": May.KEEP_STORES,
    "exchanging.stores.marker_for": May.KEEP_STORES,
    "exchanging.stores.add_store": May.KEEP_STORES,
    "exchanging.stores.renew_secret": May.KEEP_STORES,
    "exchanging.stores.pause_store": May.KEEP_STORES,
    "exchanging.stores.remove_store": May.KEEP_STORES,
    "exchanging.carrying.note_carried": May.CARRY_BUNDLES,
    "exchanging.carrying.carrier_log": May.CARRY_BUNDLES,
    "exchanging.carrying.print_carrier_log": May.CARRY_BUNDLES,
}
INNER = {
    "papers.print_queue.title_of",  # what a kind of paper is called
    "measures.journeys.settle_journeys", "measures.journeys.bring_up",
    # days, and words of codes: they name nobody
    "measures.periods.last_full_quarter", "measures.periods.last_full", "measures.periods.running",
    "measures.periods.before", "measures.periods.after",
    "measures.periods.recent", "measures.periods.months_back",
    "measures.labels.labels_of", "measures.labels.part_labels", "measures.asking.question_of",
    # what a report that was asked for has to agree with; a release that was asked for
    "measures.released_before.earlier_of", "measures.released_before.record_of_release",
    "measures.released_before.tables_released",
    # parts of an import that was asked for
    "imports.plan.imports_of", "imports.plan.planned", "imports.plan.base_mapping",
    "imports.plan.suggested", "imports.targets.targets_of", "imports.targets.reasons_of",
    "imports.ways.faults_of", "sealing.tokens.made_token",
    # parts of an export that was asked for
    "exports.agreements.require_agreement", "exports.kinds.kinds_for",
    "exports.kinds.kind_named", "exports.reasons.require_reason",
    "exports.reasons.fits_file", "exports.mapped.files_of",
    "reports.sheets.sheets_of", "measures.released_before.how_often_figures_left",
    "exports.notice.notice_file", "exports.fhir.fhir_kinds",
    # parts of what departments do together; whoever holds the county key is told nothing
    "exports.county_key.the_key", "exports.county_key.holds_county_key",
    "exports.county_key.county_parts", "county.extracting.definitions_of",
    "exports.county_rows.county_rows", "county.words.county_leaving",
    "exports.extract.research_kinds",
    "exports.county_rows.codes_allowed",
    "county.telling.told_county", "county.telling.keep_told",
    # parts of reports that were asked for; what is told of complaints is told to everybody
    "reports.report.told_views", "reports.report.draw_report",
    "measures.complaints.settle_complaints", "measures.complaints.complaints_told",
    "folds.keeping.kept_journey", "sealing.statistics.sealed_statistic",
    "decisions.department.set_fields", "decisions.keeping.keep", "decisions.printers.set_printers",
    "decisions.printers.parts_of", "decisions.texts.keep_texts", "decisions.texts.own_on",
    "decisions.texts.renew", "decisions.texts.texts_behind", "decisions.texts.today_of",
    "decisions.printers.printers_here", "decisions.printers.settle_printers",  # for everybody
    "decisions.checks.check_settings",  # a light and numbers
    # one's own way in concerns nobody else: every role may, and each try is in the log
    "signing.own.sign_in_state", "signing.own.change_passphrase", "signing.own.suggestion",
    "signing.own.offer_phone", "signing.own.offer_sheet", "signing.own.keep_proof",
    "signing.checks.check_second_factor", "signing.checks.check_keyring",
    # parts of the acts above, called by them after the role was asked
    "users.lockouts.release_with_passphrase",
    "referrals.referrals.offered_first", "referrals.letters.letters_of",
    "referrals.letters.around_referral",
    "referrals.letters.covering_consent", "referrals.reply_slips.refusal_reasons",
    # nobody is found for who may not list
    "people.same_person.may_suggest", "people.same_person.suggestions",
    "people.persons.flag_changes", "case.letters.letters_changes",
    "people.conflicts.who_can_be_kept_off",
    "records.veil.veiled", "records.veil.behind",
    "records.apart.keep_apart", "records.apart.keep_apart_at_finish",
    "disputes.disputes.may_see_differences", "disputes.disputes.may_settle",
    "disputes.disputes.require_dispute",
    "disputes.disputes.file_of", "disputes.words.tell",  # parts of acts that asked
    "disputes.disputes.disputes_waiting",  # a number, and only of what one may settle
    # they write sums of acts that are there, whoever is signed in
    "refolding.refold", "refolding.refold_rest",
    "case.programs.case_programs", "case.programs.program_guides",
    "records.drafts.guide_of", "records.drafts.require_own", "records.drafts.settle_drafts",
    "records.drafts.who_can_go_on",
    "records.form_versions.keep_form", "records.form_versions.guide_for",
    "records.form_versions.guide_of_record",
    "records.numbers.taken_numbers", "records.on_paper.require_number",
    "records.on_paper.require_times", "records.on_paper.moment", "citing.pads.unused",
    "citing.pads.draft_with",
    "citing.pads.keyed_change", "citing.pad_sheet.blank_citation",
    "citing.pad_sheet.program_around",
    "records.drafts.open_submitted", "records.drop_box.submit", "records.drop_box.taken_in",
    # a number and hours, and those only to who holds the key or is the deputy
    "records.drop_box.waiting",
    "intakes.handed_in.agreed", "intakes.handed_in.kept_copy", "intakes.handed_in.hand_in",
    "intakes.handed_in.settle_handed_in",
    # codes, and counts without any content
    "requests.log.outcomes", "requests.holdings.holdings",
    "requests.holdings.count_holdings",  # counts only what is open here
    # which forms there are
    "drawing.blank_forms.paper_ways", "records.ways_in.ways_in", "records.ways_in.form_of",
    "records.ways_in.may_take", "intakes.events.may_begin_another", "intakes.handed_in.sender_copy",
    "records.amending.amending_changes", "training.training.take_other_ways",
    "training.patterns.pattern_of", "training.cases.answers_of_case",  # made up, of nobody
    "papers.copies.count_use", "drawing.making.sheet_of",
    "drawing.issued_paper.issued_as", "drawing.issued_paper.with_title", "papers.papers.issue_for",
    "consents.consents.held_one", "consents.consents.ended_by_visit",
    "consents.report_back.allow", "consents.report_back.may_tell_treatment",
    "consents.report_back.block", "consents.consents.held_of", "consents.consents.held_in",
    "consents.consents.subject_of",
    "records.consent_watch.limits_of",
    "records.consent_watch.watch_changes", "records.consent_watch.unwatch_changes",
    "consents.consents.today", "consents.disclosures.leaving_sheet",
    "consents.disclosures.leaving_draft",
    "consents.disclosures.require_standing", "consents.disclosures.standing_now",
    "consents.disclosures.scope_of",
    "sharing.recipients.outsiders_of", "consents.disclosures.leaving_covered",
    "drawing.house_sheets.composed",
    "sharing.disclosure_content.from_care", "sharing.disclosure_content.from_case",
    "sharing.disclosure_content.words_told", "sharing.disclosure_content.expires_on",
    "sharing.disclosure_content.documents_of", "sharing.disclosure_content.purpose_of",
    "consents.disclosed.disclosure_fact", "consents.disclosed.what_left",
    "drawing.provider_words.words_of_provider",
    "records.frames.frame_for", "records.frames.paper_language", "records.frames.person_language",
    "records.intake_changes.creating_changes",
    "records.numbers.next_numbers", "records.numbers.reserve", "records.numbers.shown_number",
    "drawing.provider_words.provider_words", "papers.papers.papers_of_draft",
    "records.ledger.sealed_numbers", "sealing.sealing.settle_sealing",
    "sealing.sealing.why_not_sealed",
    "sealing.sealing.leftovers", "sealing.statistics.statistic",
    "purging.purging.withdraw_purge",  # asks what its proposer, or who approves, may do
    "purging.acts.ending_of", "purging.acts.signed_fact", "purging.acts.known_acts",
    "purging.acts.standings", "purging.acts.read_order", "purging.acts.approves",
    "purging.parts.open_files", "purging.clearing.clear_file", "purging.station.clear_station",
    "purging.settling.settle_purges", "purging.settling.sweep", "purging.settling.carry_out",
    "chores.do_chores", "purging.settling.hide_or_show", "purging.proof.look_over",
    "purging.proof.remnants",
    "trust.gathering.looked_at",  # a part of what asks for the role
    "trust.gathering.trust_line",  # for everybody: one sentence, or none
    "trust.exchange.check_exchange", "trust.files.check_files", "trust.files.check_integrity",
    "trust.files.look_over_files", "trust.files.look_over_now",  # nothing is shown
    "trust.machine.check_encryption", "trust.machine.check_memory", "trust.machine.check_spooler",
    "trust.machine.check_folder", "trust.machine.check_program", "trust.machine.versions_of",
    "trust.waiting.check_submissions", "trust.waiting.check_directory",
    "trust.support.support_name",  # a day
    "cards.keeping.all_cards", "cards.keeping.cards_of",  # for checks, which name nobody
    "cards.checks.check_cards", "cards.checks.check_keys", "cards.checks.drill_is_due",
    "cards.settling.settle_cards", "cards.settling.cuts_told", "cards.settling.renewed_at",
    "audit.batches.seal_batches", "audit.batches.seal_now", "audit.batches.batches",
    "audit.batches.newest_batches", "audit.batches.claimed", "audit.batches.claimed_batches",
    "audit.batches.holds_good", "audit.batches.gaps", "audit.batches.open_tails",
    "audit.batches.open_batches",  # opens with the key of `sealed` alone
    "audit.checking.look_at_trails", "audit.checking.look_over_trails",
    "audit.checking.verify_trails", "audit.checks.check_audit", "audit.checks.check_clock",
    "audit.export_file.write_export", "audit.keeping.archive_old_lines",
    "audit.keeping.archives", "audit.keeping.was_archived", "audit.looking.note_search",
    "audit.nearness.near_lines", "audit.parts.parts_of", "audit.parts.signed_fact",
    "audit.parts.read_fact", "audit.parts.newest_first", "audit.review.unreviewed",
    "audit.review.sign_offs",  # who signed is for everybody
    "backup.parts.parts_of", "backup.making.make_backup",  # copies: nothing is shown
    "backup.keeping.settle_backups", "backup.keeping.make_and_test", "backup.keeping.bring",
    "backup.keeping.is_due", "backup.places.look_at", "backup.testing.look_through",
    "backup.testing.contents_now", "purging.settling.clear_backups",
    "backup.telling.files_told", "backup.telling.backup_line", "backup.telling.when_in_words",
    "backup.telling.check_backups", "backup.telling.check_files_told", "backup.telling.check_disk",
    "purging.station.has_in_station",
    "updates.looking.parts_of", "updates.looking.waiting",  # the number of a version
    "updates.telling.version_told", "updates.telling.check_update",
    "updates.arriving.settle_version",  # notes what runs, whoever is signed in
    "users.listing.users_of", "users.granting.waiting_keys", "users.checks.check_users",
    "users.granting.settle_users", "users.away.tell_others", "users.away.note_seen",
    "users.signed.user_parts", "users.signed.store",  # parts of acts that asked
    "settling.settle", "sealing.tokens.settle_tokens", "sealing.tokens.token_change",
    "citing.participation.sealed_before", "citing.participation.with_earlier",
    "citing.citing.about_offense", "records.ledger.reserving", "records.ledger.voiding",
    "records.ledger.is_void",
    "drawing.making.basis_of", "drawing.making.basis_in",
    "drawing.making.offered_papers",
    "drawing.making.draw", "papers.papers.reissuing",
    "case.held.held_case", "case.held.stands", "case.held.changes_of",
    "records.choices.choices_of", "records.choices.require_choice",
    "drawing.house_sheets.draw_sheet",
    "case.open_cases.listed_cases", "case.open_cases.open_cases", "case.open_cases.open_conflicts",
    "case.open_cases.cases_behind",
    "citing.case_words.around_case", "citing.case_words.around_issue",
    "citing.case_words.reason_in_words",
    "case.conditions.starting_conditions", "case.conditions.progress_change",
    "case.conditions.conditions_of",
    "case.conditions.condition_of", "case.conditions.measures_of",
    "records.care_intake.care_intake", "intakes.attachments.limit_of",
    "aid.stock.aid_items", "aid.stock.entries", "aid.stock.stock_of", "aid.stock.item_of",
    "aid.stock.lot_to_give",
    "aid.stock.note_change",
    "aid.aid.settle_aid", "aid.aid.settle_aid_rest",  # do nothing without the key of care
    "aid.aid.aid_waits",  # whether: of nobody, and without that key of nothing
    "follow_up.follow_ups.who_follows_up", "follow_up.call_notes.calls_about",
    "records.follow_up_changes.planned_changes",
    "records.follow_up_changes.ended_changes", "records.safe_contact.safe_contact",
    "records.tries.reach_of",
    "records.tries.tries_of",
    "follow_up.follow_ups.settle_follow_ups",  # does nothing without the key of care and the role
    "case.treatment.settle_treatment",  # does nothing without both keys and the role
    # for everybody: counts and times
    "exchanging.exchanging.exchange_state", "exchanging.exchanging.exchange_round",
    "exchanging.exchanging.require_exchange", "exchanging.stores.store_parts",
    "exchanging.stations.station_names",  # for everybody: what computers are called
    "exchanging.stations.clear_answered",  # what has done its work goes, whoever is signed in
    # a marker that an administrator signed, whoever is signed in here
    "exchanging.stores.renew_marker",
}  # fmt: skip


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        yield importlib.import_module(found.name)


def desk_functions() -> dict[str, Callable[..., Any]]:
    """Every public function of every service that takes a desk."""
    found: dict[str, Callable[..., Any]] = {}
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first, *_ = [*inspect.signature(function).parameters, ""]
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and first == "desk":
                room = module.__name__.removeprefix(f"{services.__name__}.")
                found[f"{room}.{name}"] = function
    return found


FUNCTIONS = desk_functions()


def test_every_service_says_who_may_use_it() -> None:
    assert set(FUNCTIONS) == {*ACTS, *INNER}


def test_every_function_with_a_desk_calls_it_desk() -> None:
    """Or the list above would not find it."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            hints = typing.get_type_hints(function) if name[0] != "_" else {}
            desks = [n for n, hint in hints.items() if hint is Desk and n != "return"]
            assert desks in ([], ["desk"]), name


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Desk]]:
    """Real people of all roles at one real profile."""
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    folder = tmp_path_factory.mktemp("roles") / "profile"
    department = fictional_department(1)
    ProfileGate(folder, clock).found(department, use_keyring=False)
    with ExitStack() as stack:
        desks: dict[Role, Desk] = {}
        for person in department.people:
            gate = ProfileGate(folder, clock)
            stack.callback(gate.lock)
            desks[min(person.roles)] = gate.unlock(person.user_name, person.passphrase)
        yield desks


NOBODY = Asked("0", UserId("0"), Compartment.CARE, UserId("0"), "", Why.NEW)
"""A key that nobody asks for."""


def _says_no(*_: object) -> bool:
    return False


def asked(name: str, desk: Desk, world: dict[Role, Desk]) -> object:
    """Call a service with things that are well formed; whether they exist is another question."""
    nothing, front = RecordId("0" * 32), world[DESK]
    function = FUNCTIONS[name]
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = {p.name for p in parameters if p.default is inspect.Parameter.empty}
    issued = type(
        "Issued",
        (),
        {
            "record": nothing,
            "about": nothing,
            "sha256": "0",
            "paper": "p",
            "discloses": False,
            "referral": "",
        },
    )
    told = {
        "form_id": "self_referral", "ident": nothing, "to": front.person.id,
        "reason": "why", "answers": {}, "keys": [], "text": "x", "paper_id": "p",
        "paper_ids": [], "intake": nothing, "issued": issued(), "printer": "p", "record": nothing,
        "note": "n", "path": Path("nowhere.csv"),
        "sample": resources.path("resources", "samples", "providers.json"),
        "entry": nothing, "role": None, "people": 0, "seed": 1, "count": 1, "month": "2026-11",
        "outcome": "declined", "week": date(2026, 11, 23), "ticks": [],
        "decision": type("Decision", (), {"case": nothing, "rules": ()})(),
        "agency": desk.agency, "result": "answered", "instrument": Instrument.CITATION,
        "query": importlib.import_module("intake_app.services.providers.providers").ProviderQuery(),
        "tried": importlib.import_module("intake_app.services.follow_up.attempts").NewAttempt(
            nothing, "call", "no_answer"
        ),
        "preview": type("Preview", (), {"new": (), "changed": (), "closed": (), "kept": ()})(),
        "shown": type("Shown", (), {
            "recipient": type("To", (), {"id": "x"})(), "first": "2026-01", "last": "2026-01",
            "is_confirmed": _says_no,
        })(),
        "made": type("Made", (), {"file": SealedFile("x", b"x")})(), "folder": Path("nowhere"),
        "slips": [], "fields": {}, "written": "2026-11-22T10:00",
    }  # fmt: skip
    told |= of_forms(front, needed)
    told |= of_trust(name)
    told |= of_one(name, issued())
    told |= of_the_exchange(name)
    told |= of_updates(name)
    told |= of_exports(name)
    told |= of_reports(name)
    told |= of_county(name)
    told |= of_imports(name)
    if name == "measures.asking.records_behind":
        figure = Figure(Measure("x", "x", Kind.COUNT, Text(), Text()), "2026-10-01", "2026-10-31")
        asking = importlib.import_module("intake_app.services.measures.asking")
        told["asked"] = asking.Asked(Question(figure.measure, "", "", ""), figure)
    if name == "purging.purging.propose_purge":
        purging = importlib.import_module("intake_app.services.purging.purging")
        files = {"care": desk.care, "cases": desk.cases, "sealed": desk.sealed}
        own = next((file for file in files if files[file] is not None), "care")
        told["wanted"] = purging.Wanted(Compartment(own), [nothing], "request")
    if name == "providers.roster.keep_roster_entry":
        roster = importlib.import_module("intake_app.domain.roster")
        told["entry"] = roster.RosterEntry(nothing, next(iter(roster.OnCallRole)), "", "")
    return function(desk, **{name: told.get(name, "x") for name in needed})


def of_forms(front: Desk, needed: set[str]) -> dict[str, Any]:
    """What is made of a form, if the act is given it: a draft and its guide."""
    made: dict[str, Any] = {}
    if needed & {"draft", "notes"}:
        made["draft"] = made["notes"] = begin_draft(front, "self_referral")
    if "guide" in needed:
        made["guide"] = front.library.guide("self_referral")
    return made


def of_trust(name: str) -> dict[str, Any]:
    """What acts about people, keys, settings and the audit are given."""
    if name.startswith("decisions."):
        return of_decisions(name)
    if name.startswith("users."):
        once = OneTime(UserId("0"), "x", "X", "x")
        return {"roles": frozenset(), "asked": NOBODY, "once": once, "words": Words()}
    if name == "audit.exporting.save_trail":
        return {"path": Path("nowhere") / "trail.jsonl"}
    return {"words": Words()} if name.startswith("trust.") else {}


def of_one(name: str, issued: object) -> dict[str, Any]:
    """What single acts are given that means something else elsewhere."""
    if name == "papers.print_queue.set_aside":
        return {"paper": issued}
    if name == "requests.log.receive":
        log = importlib.import_module("intake_app.services.requests.log")
        return {"new": log.NewEntry(LogKind.COMPLAINT, "2026-11-22", "Was left waiting")}
    if name == "aid.stock.receive":
        stock = importlib.import_module("intake_app.services.aid.stock")
        return {"new": stock.NewLot("naloxone", 1)}
    return {}


def seated(name: str, desk: Desk) -> Desk:
    """One profile has one post room at a time; here people of all roles sit at it at once."""
    rooms = ("exchanging.exchanging.", "exchanging.stores.", "exchanging.sticks.")
    is_exchange = name.startswith(rooms)
    return replace(desk, exchange=FakeExchange()) if is_exchange else desk


def _words_for(name: str) -> object:
    if name.endswith("history_told"):
        return Words()
    return {"en": "x"} if "code" in name else {}


def of_decisions(name: str) -> dict[str, Any]:
    """What acts of settings are given."""
    packs = importlib.import_module("intake_app.services.decisions.packs")
    return {
        "words": _words_for(name),
        "look": packs.PackLook("x", {}, (), ()), "name": "papers/tonight_card.toml", "times": {},
        "language": "en", "printers": [], "year": 2026, "last_day": "", "path": Path("nowhere"),
    }  # fmt: skip


def of_exports(name: str) -> dict[str, Any]:
    """What exports are given."""
    shapes = importlib.import_module("intake_app.services.exports.ask")
    ask = shapes.ExportAsk("aggregate", "2026-10-01", "2026-10-31")
    prepared = shapes.Prepared(ask, Text(), "1", Reach.NOBODY, (), ())
    return {
        "exports.exporting.prepare_export": {"ask": ask},
        "exports.exporting.save_export": {"prepared": prepared},
    }.get(name, {})


def of_imports(name: str) -> dict[str, Any]:
    """What imports are given."""
    if not name.startswith("imports."):
        return {}
    tables = importlib.import_module("intake_app.domain.import_table")
    mappings = importlib.import_module("intake_app.domain.import_mapping")
    rows = tuple(tables.SourceRow(n, ("x",)) for n in (1, 2))
    file = tables.TableFile("0", (tables.SourceSheet("", rows),))
    mapping = mappings.ImportMapping("officer_intervention")
    return {"file": file, "mapping": mapping, "program": "officer_intervention"}


def of_reports(name: str) -> dict[str, Any]:
    """What reports are given."""
    if not name.startswith(("measures.", "reports.")):
        return {}
    report = importlib.import_module("intake_app.services.reports.report")
    periods = importlib.import_module("intake_app.services.measures.periods")
    monthly = importlib.import_module("intake_app.services.reports.monthly")
    october = periods.Period("2026-10-01", "2026-10-31", "month", "2026-10")
    empty = report.Report(october, ())
    return {
        "reports.measure_paper.print_measure": {"view": _an_empty_view(), "period": october},
        "measures.viewing.board": {"period": october},
        "measures.viewing.view": {"measure": "met", "period": october},
        "reports.table_file.table_file": {"view": _an_empty_view(), "words": Words("en")},
        "reports.table_file.copied_table": {"view": _an_empty_view(), "words": Words("en")},
        "reports.quarterly.print_quarterly": {"report": empty},
        "measures.asking.answer_all": {"questions": []},
        "measures.telling.tell": {"asked": _an_empty_question()},
        "measures.telling.tell_all": {"asked": []},
        "reports.releasing.release": {"report": replace(empty, is_internal=True)},
        "reports.monthly.print_monthly": {"sheet": monthly.Monthly(empty, ())},
    }.get(name, {})


def of_county(name: str) -> dict[str, Any]:
    """What departments that count together are given."""
    if not name.startswith(("county.", "exports.")):
        return {}
    county = importlib.import_module("intake_app.services.county.extracting")
    merged = importlib.import_module("intake_app.services.county.departments")
    ask = county.CountyAsk("x", "2026-07-01", "2026-09-30", "x", "audit")
    inbox = type("Inbox", (), {"know": _says_no})()
    return {
        "exports.county_key.take_county_key_file": {"data": b"x"},
        "county.extracting.county_would_leave": {"ask": ask},
        "county.extracting.make_county_extract": {"shown": type("Shown", (), {"ask": ask})()},
        "county.departments.open_inbox": {"key_file": b"x"},
        "county.departments.receive": {"inbox": inbox, "files": {}},
        "county.departments.confirm_sender": {
            "inbox": inbox, "stranger": merged.Stranger("x", ("x",)),
        },
        "county.departments.county_numbers": {"came": ()},
        "county.paper.county_lines": {"county": _an_empty_county(merged)},
        "county.paper.print_county": {"county": _an_empty_county(merged)},
    }.get(name, {})  # fmt: skip


def _an_empty_question() -> object:
    figure = Figure(Measure("x", "x", Kind.COUNT, Text(), Text()), "2026-10-01", "2026-10-31")
    asking = importlib.import_module("intake_app.services.measures.asking")
    return asking.Asked(Question(figure.measure, "", "", ""), figure)


def _an_empty_view() -> object:
    figure = Figure(Measure("x", "x", Kind.COUNT, Text(), Text()), "2026-10-01", "2026-10-31")
    asking = importlib.import_module("intake_app.services.measures.asking")
    viewing = importlib.import_module("intake_app.services.measures.viewing")
    told = told_together([Draft(figure)], 11)[0]
    return viewing.View(told, asking.Asked(Question(figure.measure, "", "", ""), figure))


def _an_empty_county(merged: ModuleType) -> object:
    people = _an_empty_view()
    return merged.County("2026-10-01", "2026-10-31", "2026-11-01", (), 0, (), people, 0, 0)


def of_updates(name: str) -> dict[str, Any]:
    """What updates are given: one that nobody published."""
    looking = importlib.import_module("intake_app.services.updates.looking")
    verifying = importlib.import_module("intake_app.services.updates.verifying")
    package = Package("intake-app_9.0.0_amd64.deb", ("debian-amd64",), 1, "0" * 64)
    release = Release("9.0.0", date(2026, 11, 26), "0.1.0", 1, (package,), {"en": ("x",)})
    found = verifying.Signed(release, "a.b.c", Path("nowhere"))
    return {
        "updates.looking.look_at": {"place": Path("nowhere")},
        "updates.preparing.keep_own": {"place": Path("nowhere")},
        "updates.preparing.prepare": {"offer": looking.Offer(found, package, renews_files=False)},
    }.get(name, {})


def of_the_exchange(name: str) -> dict[str, Any]:
    """What acts of stores and sticks are given."""
    stores = importlib.import_module("intake_app.services.exchanging.stores")
    carrying = importlib.import_module("intake_app.services.exchanging.carrying")
    sticks = importlib.import_module("intake_app.services.exchanging.sticks")
    store = stores.NewStore(stores.StoreEntry("", "folder", "nowhere"))
    stations = importlib.import_module("intake_app.services.exchanging.stations")
    errand = sticks.StickErrand(stores.StoreEntry("", "stick", "nowhere"))
    return {
        "exchanging.stations.enrol": {"asked": stations.Enrol(b"x", {}, "x", "Annex")},
        "exchanging.sticks.stick_question": {"folder": Path("nowhere")},
        "exchanging.sticks.asked_of_stick": {"errand": errand},
        "exchanging.sticks.look_at_stick": {"errand": errand, "said": {}},
        "exchanging.sticks.prepare_stick": {"folder": Path("nowhere")},
        "exchanging.sticks.stick_command": {"errand": errand},
        "exchanging.sticks.note_stick": {"errand": errand, "passes": [{}]},
        "exchanging.stores.marker_for": {"new": store},
        "exchanging.stores.add_store": {"new": store},
        "exchanging.stores.pause_store": {"is_paused": True},
        "exchanging.stores.renew_secret": {"secret": {}},
        "exchanging.carrying.note_carried": {
            "carried": carrying.Carriage(carrying.Way.OUT, "0" * 32, (), 1)
        },
    }.get(name, {})


def outcome(act: Callable[[], object]) -> bool:
    """Whether the role was let in. What it was let in to may still say that nothing is there."""
    try:
        act()
    except (NotAllowed, NoGrant) as error:
        return error.detail == "draft"  # the role is right; this draft is somebody else's
    except IntakeError:
        return True
    return True


@pytest.mark.parametrize("name", ACTS)
def test_those_roles_are_let_in_that_the_table_says(world: dict[Role, Desk], name: str) -> None:
    def is_let_in(role: Role) -> bool:
        return outcome(lambda: asked(name, seated(name, world[role]), world))

    wanted = ACTS[name]
    acts = wanted if isinstance(wanted, frozenset) else {wanted}
    assert {r for r in ROLES if is_let_in(r)} == {r for r in ROLES if acts & MATRIX[r]}


def test_the_outcome_tells_let_in_from_turned_away(world: dict[Role, Desk]) -> None:
    """Negative control."""
    assert outcome(lambda: None)
    assert not outcome(lambda: world[Role.OFFICER].care_file)
    assert not outcome(lambda: require(frozenset({Role.OFFICER}), May.READ_INTAKE))


def test_who_holds_no_key_is_stopped_by_the_file_itself(world: dict[Role, Desk]) -> None:
    """Were the table wrong, the key would still be missing."""
    for role in set(Role) - {DESK, COORDINATOR}:
        with pytest.raises(NoGrant):
            _ = world[role].care_file
    for role in (DESK, COORDINATOR):
        assert world[role].care_file is world[role].care


def test_an_act_that_nobody_listed_is_nobodys() -> None:
    class Unlisted(str):
        """An act of a later version."""

    act: Any = Unlisted("burn the files")
    assert not may(frozenset(Role), act)
    with pytest.raises(NotAllowed):
        require(frozenset(Role), act)
    assert not may(frozenset(), May.SEE_PROVIDERS)
    assert May.READ_INTAKE not in MATRIX[Role.PRIVACY_OFFICER]


def test_two_hats_may_what_either_may() -> None:
    both = frozenset({Role.FRONT_DESK, Role.ADMINISTRATOR})
    for act in May:
        assert may(both, act) == any(act in MATRIX[role] for role in both)
