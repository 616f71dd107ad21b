/**
 * The fixed words of the product, one list a noun. Every layer takes them from here:
 * contracts make enumerations of them, the database stores them as text.
 */

/** The role from which someone speaks. */
export const perspectives = [
  'service_user',
  'carer',
  'peer_worker',
  'staff',
  'manager',
  'commissioner',
  'community_partner',
] as const;
export type Perspective = (typeof perspectives)[number];

/** Stands for the perspective of those who did not say it, or whose words do not tell it. */
export const NOT_SAID = 'not_said' as const;

/** How a submission reaches a cycle: through a trust's own system, or from anybody directly. */
export const channels = ['trust', 'public'] as const;
export type Channel = (typeof channels)[number];

/** What an open question asks for. */
export const polarities = ['what_good', 'could_improve', 'nonspecific'] as const;
export type Polarity = (typeof polarities)[number];

/**
 * What may be published of the answers to a question, once a person has read them: nothing; quotes in themes and loop records;
 * or each text whole. Whoever answers chooses by the question under which they write.
 */
export const questionPublications = ['private', 'quotes', 'whole'] as const;
export type QuestionPublication = (typeof questionPublications)[number];

/** The phases of an evaluation cycle, in the order in which they come. */
export const phases = ['draft', 'scheduled', 'open', 'closed', 'released'] as const;
export type Phase = (typeof phases)[number];

/** Where a promise of a loop record stands. */
export const loopStatuses = [
  'considering',
  'planned',
  'in_progress',
  'done',
  'cannot_do',
  'no_longer_needed',
] as const;
export type LoopStatus = (typeof loopStatuses)[number];

/** What becomes of a text once a person has read it. */
export const moderationDecisions = ['publish', 'keep_private', 'redact', 'delete'] as const;
export type ModerationDecision = (typeof moderationDecisions)[number];

/** How many people said a thing: a band, never a count. */
export const strengths = ['a_few', 'some', 'many'] as const;
export type Strength = (typeof strengths)[number];

/** How many people of a role took part in a decision: a band, never a count. */
export const participantBands = [
  'one_to_four',
  'five_to_nine',
  'ten_to_nineteen',
  'twenty_or_more',
] as const;
export type ParticipantBand = (typeof participantBands)[number];

/** Whether something that was promised has changed for whoever answers. */
export const confirmationAnswers = ['yes', 'partly', 'no', 'too_soon'] as const;
export type ConfirmationAnswer = (typeof confirmationAnswers)[number];

/** What a thing that people said is about (Rethink, 2022, in plain words). */
export const enquiryCategories = [
  'culture-and-offers-of-help',
  'community-support',
  'clinical-and-social-help',
  'continuity-and-relationships',
  'information',
  'involvement-in-care',
  'safety-and-dignity',
  'environment-and-activities',
] as const;
export type EnquiryCategory = (typeof enquiryCategories)[number];

/** How far the wording of a standard set is the source's own. */
export const wordingStatuses = ['verbatim', 'headings-only', 'labels-only', 'own'] as const;
export type WordingStatus = (typeof wordingStatuses)[number];

/** What a caller may be allowed to do: an API client by its registration, a person by their roles. */
export const scopes = [
  'submissions:write',
  'cycles:write',
  'standards:write',
  'moderation:write',
  'results:publish',
  'loop:write',
  'clients:write',
  'staff:write',
  'audit:read',
] as const;
export type Scope = (typeof scopes)[number];

/** What a person of staff may be in an organisation; domain/staff-role.ts says what each may do. */
export const staffRoles = ['administrator', 'moderator', 'publisher', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What a webhook can tell of. */
export const webhookEventTypes = [
  'loop_record.published',
  'loop_record.withdrawn',
  'theme.published',
  'theme.withdrawn',
  'theme.merged',
  'priority.published',
  'results.released',
] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Why a webhook was not taken: its answer, a redirect, no answer in time, no connection, or an address that is refused. */
export const webhookFailures = [
  'status',
  'redirect',
  'timeout',
  'connection',
  'refused_address',
] as const;
export type WebhookFailure = (typeof webhookFailures)[number];

/** Where a webhook stands on its way to one endpoint. */
export const webhookDeliveryStatuses = ['waiting', 'delivered', 'given_up'] as const;
export type WebhookDeliveryStatus = (typeof webhookDeliveryStatuses)[number];

/** Why an endpoint is no longer sent to: it failed for days, it answered 410, or its own side said so. */
export const webhookDisabledReasons = ['failed', 'gone', 'by_client'] as const;
export type WebhookDisabledReason = (typeof webhookDisabledReasons)[number];

/**
 * Ethnic category codes of the NHS Data Dictionary ("Ethnic category code 2001"), `Z` being "not
 * stated" and `99` "not known". The one equality question that a submission can answer today.
 */
export const ethnicCategories = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'J',
  'K',
  'L',
  'M',
  'N',
  'P',
  'R',
  'S',
  'Z',
  '99',
] as const;
export type EthnicCategory = (typeof ethnicCategories)[number];

/** As the NHS Data Dictionary words them. */
export const ethnicCategoryLabels: Readonly<Record<EthnicCategory, string>> = {
  A: 'White: British',
  B: 'White: Irish',
  C: 'White: any other White background',
  D: 'Mixed: White and Black Caribbean',
  E: 'Mixed: White and Black African',
  F: 'Mixed: White and Asian',
  G: 'Mixed: any other mixed background',
  H: 'Asian or Asian British: Indian',
  J: 'Asian or Asian British: Pakistani',
  K: 'Asian or Asian British: Bangladeshi',
  L: 'Asian or Asian British: any other Asian background',
  M: 'Black or Black British: Caribbean',
  N: 'Black or Black British: African',
  P: 'Black or Black British: any other Black background',
  R: 'Other ethnic groups: Chinese',
  S: 'Other ethnic groups: any other ethnic group',
  Z: 'Not stated',
  '99': 'Not known',
};
