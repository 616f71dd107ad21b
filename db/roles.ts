/**
 * Who may touch what in the database: the one statement of it. `node db/print-grants.ts` writes it as SQL for a
 * migration, a test holds it against the catalogue of a migrated database, and anonymity statements name the readers of
 * each field from it. All grants are by column, so that no runtime role can read a system column (`xmin` and `ctid` tell
 * which rows were written together, and in which order). Row-level policies narrow them further: see db/migrations.
 */

/** The roles that serve requests and the schedule. The owner of the tables only migrates. */
export const runtimeRoles = [
  'full_circle_public',
  'full_circle_trust',
  'full_circle_staff',
  'full_circle_flusher',
] as const;
export type RuntimeRole = (typeof runtimeRoles)[number];

type Columns = readonly string[];

export interface TableGrant {
  select?: Columns;
  insert?: Columns;
  update?: Columns;
  delete?: true;
  truncate?: true;
}

export interface RoleGrants {
  /** What it is for. */
  purpose: string;
  /** By table or view, and column. */
  tables: Readonly<Record<string, TableGrant>>;
  /** Functions by name: what a role may have done for it without a grant on the tables behind. */
  functions: Columns;
}

const columns = (list: string): Columns => list.split(' ');

const organisation = columns('ods_code name status valid_from valid_to successor_ods_code note');
const standardSet = columns('id organisation');
const standardSetVersion = columns(
  'set_id version revision title wording_status source licence attribution scale standards co_produced_by dissent changes published_at',
);
const cycleWithoutReason = columns(
  'id version title organisations standard_set_id standard_set_version perspectives questions services channels opens_at closes_at threshold round_to look_again_on retention_days about_this_evaluation_set_id about_this_evaluation_set_version equality_table legal_hold_since scheduled_at released_at anonymity_statement anonymity_statement_sha256',
);
const cycle = [...cycleWithoutReason, 'legal_hold_reason'];
const publishedLoopRecord = columns(
  'id version organisation cycle_id title you_said we_did difference look_again_on published_at first_published_at withdrawn_at',
);
const loopRecord = columns(
  'id version organisation cycle_id title you_said we_did difference look_again_on updated_at published_version withdrawn_at',
);
const publication = columns(
  'record_id version title you_said we_did difference look_again_on published_at',
);
const publishedVersion = columns(
  'record_id version organisation cycle_id title you_said we_did difference look_again_on published_at',
);
const enquiryCategory = columns('version code position title description');
const questionSet = columns('id version title introduction source licence attribution questions');
const themeContent = columns(
  'title description vocabulary_version enquiry_category standards quotes',
);
const theme = [
  ...columns('id version organisation cycle_id'),
  ...themeContent,
  ...columns('split_from merged_into updated_at published_version withdrawn_at'),
];
const themePublication = [
  ...columns('theme_id version'),
  ...themeContent,
  ...columns('strength published_at'),
];
const publishedTheme = [
  ...columns('id version organisation cycle_id'),
  ...themeContent,
  ...columns('strength split_from merged_into published_at first_published_at withdrawn_at'),
];
const priorityContent = columns('ranking decided_by decided_on rationale dissent');
const priority = [
  ...columns('id version organisation cycle_id'),
  ...priorityContent,
  ...columns('updated_at published_version'),
];
const priorityPublication = [...columns('priority_id version'), ...priorityContent, 'published_at'];
const publishedPriority = [
  ...columns('id version organisation cycle_id'),
  ...priorityContent,
  'published_at',
];
const confirmationCount = columns('record_id perspective answer people');
const shownConfirmation = columns('record_id people rows');
const shownParticipation = columns('cycle_id organisation perspective people');
const shownParticipationWeek = [...shownParticipation, 'week'];
const apiClientUse = columns('client_id last_used_on');
const apiClient = columns('client_id version title organisations scopes jwks jwks_url revoked_at');
const staffMember = columns('id version name reference');
const staffAssignment = columns('staff_member_id organisation role');
const staffSession = columns(
  'id_hash staff_member_id staff_member_version started_at last_seen_at',
);
const inboxContent = columns(
  'cycle_id organisation service perspective as_is to_be answers safeguarding ethnicity rating_receipt text_receipts equality_receipt',
);
const usedReceipt = columns('receipt_hash cycle_id');
const ratingPart = columns('id cycle_id organisation service perspective as_is to_be receipt_hash');
const textPart = columns(
  'id cycle_id organisation service perspective question text safeguarding decision decision_reason themes receipt_hash',
);
/** What a moderator works with: not the perspective, and nothing that leads to another part. */
const moderatedText = columns(
  'id cycle_id organisation service question text safeguarding decision decision_reason themes',
);
const equalityPart = columns('id cycle_id organisation ethnicity receipt_hash');
const release = columns(
  'cycle_id number released_at body sha256 threshold round_to code_version released_by',
);
const publishedRelease = release.filter((column) => column !== 'released_by');
const releaseProposal = columns(
  'id cycle_id number threshold round_to shown hidden sha256 proposed_by proposed_at withdrawn_at released_at',
);
const webhookEndpoint = columns(
  'id version client_id organisations url events secret_version rotated_at failing_since disabled_at disabled_reason',
);
const webhookEvent = columns('id type organisations occurred_at data');
const webhookDelivery = columns(
  'endpoint_id event_id attempts next_attempt_at delivered_at last_attempt_at last_status last_failure by_hand',
);
const queuedDelivery = columns('endpoint_id event_id next_attempt_at');
const auditEvent = columns(
  'number occurred_at actor_kind actor organisations purpose request_id operation subject_kind subject outcome counts previous_hash hash',
);

/** What everybody may read, since it is published. */
const published: Readonly<Record<string, TableGrant>> = {
  organisations: { select: organisation },
  standard_sets: { select: standardSet },
  standard_set_versions: { select: standardSetVersion },
  cycles: { select: cycleWithoutReason },
  published_loop_records: { select: publishedLoopRecord },
  releases: { select: publishedRelease },
  published_loop_record_versions: { select: publishedVersion },
  enquiry_categories: { select: enquiryCategory },
  question_sets: { select: questionSet },
  published_themes: { select: publishedTheme },
  published_quotes: { select: columns('theme_id text_id question quote') },
  published_priorities: { select: publishedPriority },
  published_texts: { select: columns('id cycle_id organisation question words') },
  shown_confirmations: { select: columns('record_id rows') },
};

export const roles: Readonly<Record<RuntimeRole, RoleGrants>> = {
  full_circle_public: {
    purpose: 'Anybody: reads what is published, sends a submission, uses a receipt.',
    tables: {
      ...published,
      inbox: { insert: inboxContent },
      used_receipts: { insert: usedReceipt },
    },
    functions: ['take_in_one', 'read_receipt', 'withdraw_receipt', 'confirm', 'show_confirmations'],
  },
  full_circle_trust: {
    purpose: "Trusts' systems: sign in, send submissions and batches.",
    tables: {
      ...published,
      inbox: { insert: inboxContent },
      used_receipts: { select: ['receipt_hash'], insert: usedReceipt },
      idempotency_records: {
        select: columns('key_hash cycle_id body_hash attempt rejected_indexes'),
        insert: columns('key_hash cycle_id body_hash attempt rejected_indexes'),
        update: ['attempt'],
      },
      api_clients: { select: apiClient },
      api_client_uses: {
        select: apiClientUse,
        insert: apiClientUse,
        update: ['last_used_on'],
      },
      spent_assertions: {
        select: columns('client_id jti_hash'),
        insert: columns('client_id jti_hash expires_at'),
      },
    },
    functions: ['act_for', 'app_organisations', 'take_in_one', 'take_in_batch'],
  },
  full_circle_staff: {
    purpose: 'Staff, people and systems: configure, moderate texts, publish, read the audit trail.',
    tables: {
      ...published,
      standard_sets: { select: standardSet, insert: standardSet },
      standard_set_versions: {
        select: standardSetVersion,
        insert: standardSetVersion,
        update: standardSetVersion,
      },
      cycles: { select: cycle, insert: cycle, update: cycle },
      loop_records: { select: loopRecord, insert: loopRecord, update: loopRecord },
      loop_record_publications: { select: publication, insert: publication },
      themes: { select: theme, insert: theme, update: theme },
      theme_publications: { select: themePublication, insert: themePublication },
      priorities: { select: priority, insert: priority, update: priority },
      priority_publications: { select: priorityPublication, insert: priorityPublication },
      api_clients: { select: apiClient, insert: apiClient, update: apiClient },
      api_client_uses: { select: apiClientUse },
      text_parts: {
        select: moderatedText,
        update: columns('text decision decision_reason themes'),
      },
      staff_members: { select: staffMember },
      staff_assignments: { select: staffAssignment },
      audit_events: { select: auditEvent },
      releases: { select: publishedRelease, insert: release },
      release_proposals: {
        select: releaseProposal,
        insert: columns(
          'id cycle_id number threshold round_to shown hidden sha256 proposed_by proposed_at',
        ),
        update: columns('withdrawn_at released_at'),
      },
      webhook_endpoints: {
        select: webhookEndpoint,
        insert: columns('id client_id organisations url events'),
        update: columns(
          'version organisations url events secret_version rotated_at failing_since disabled_at disabled_reason',
        ),
        delete: true,
      },
      webhook_events: { select: webhookEvent, insert: webhookEvent },
      webhook_deliveries: {
        select: webhookDelivery,
        insert: [...queuedDelivery, 'by_hand'],
        update: columns('attempts next_attempt_at delivered_at by_hand'),
      },
    },
    functions: [
      'act_for',
      'act_for_person',
      'begin_staff_session',
      'read_staff_session',
      'end_staff_session',
      'find_staff_member',
      'assign_staff_roles',
      'app_organisations',
      'note_audit_event',
      'flush_inbox',
      'count_ratings',
      'count_equality',
      'count_participation',
      'verify_audit_trail',
      'count_theme_texts',
    ],
  },
  full_circle_flusher: {
    purpose:
      'The schedule: takes submissions apart, removes what is over, sends webhooks. The functions behind a door run as this role.',
    tables: {
      cycles: {
        select: columns(
          'id organisations questions closes_at look_again_on released_at retention_days legal_hold_since threshold round_to perspectives equality_table',
        ),
      },
      inbox: {
        select: ['id', ...inboxContent],
        insert: ['id', ...inboxContent],
        delete: true,
        truncate: true,
      },
      rating_parts: { select: ratingPart, insert: ratingPart, delete: true },
      text_parts: { select: textPart, insert: textPart, delete: true },
      equality_parts: { select: equalityPart, insert: equalityPart, delete: true },
      standard_sets: { select: standardSet },
      loop_records: { select: columns('id organisation cycle_id published_version withdrawn_at') },
      published_loop_records: { select: publishedLoopRecord },
      published_themes: { select: publishedTheme },
      themes: { select: columns('id organisation cycle_id merged_into') },
      priorities: { select: columns('id organisation cycle_id') },
      shown_participation: {
        select: shownParticipation,
        insert: shownParticipation,
        update: ['people'],
      },
      shown_participation_weeks: {
        select: shownParticipationWeek,
        insert: shownParticipationWeek,
        update: ['people'],
        delete: true,
      },
      confirmation_counts: {
        select: confirmationCount,
        insert: confirmationCount,
        update: ['people'],
      },
      shown_confirmations: {
        select: shownConfirmation,
        insert: shownConfirmation,
        update: columns('people rows'),
      },
      used_receipts: { select: ['cycle_id'], delete: true },
      idempotency_records: { select: ['cycle_id'], delete: true },
      spent_assertions: { select: ['expires_at'], delete: true },
      api_clients: { select: columns('client_id version organisations revoked_at') },
      staff_members: {
        select: [...staffMember, ...columns('issuer subject')],
        insert: columns('issuer subject name reference'),
        update: columns('version name'),
      },
      staff_assignments: { select: staffAssignment, insert: staffAssignment, delete: true },
      staff_sessions: {
        select: staffSession,
        insert: staffSession,
        update: ['last_seen_at'],
        delete: true,
      },
      audit_events: { select: auditEvent, insert: auditEvent },
      webhook_endpoints: {
        select: webhookEndpoint,
        update: columns('version failing_since disabled_at disabled_reason'),
      },
      webhook_events: { select: webhookEvent, insert: webhookEvent, delete: true },
      webhook_deliveries: {
        select: webhookDelivery,
        insert: queuedDelivery,
        update: columns(
          'attempts next_attempt_at delivered_at last_attempt_at last_status last_failure',
        ),
      },
    },
    functions: [
      'app_organisations',
      'flush_due',
      'flush_inbox',
      'sweep_inbox',
      'keep_house',
      'append_audit_event',
      'note_webhook_attempts',
      'is_staff_session_over',
    ],
  },
};

/** The statements that grant a role what is stated of it. */
export function grantStatements(role: RuntimeRole): string[] {
  const { tables, functions } = roles[role];
  const list = (names: Columns) => names.map((name) => `"${name}"`).join(', ');
  const ofTables = Object.entries(tables).flatMap(
    ([table, { select, insert, update, ...rest }]) => {
      const granted = Object.entries({ select, insert, update })
        .filter((entry): entry is [string, Columns] => entry[1] !== undefined)
        .map(([privilege, names]) => `${privilege} (${list(names)})`);
      if (rest.delete) granted.push('delete');
      if (rest.truncate) granted.push('truncate');
      return [`grant ${granted.join(', ')} on "${table}" to ${role};`];
    },
  );
  return [...ofTables, ...functions.map((name) => `grant execute on function ${name} to ${role};`)];
}
