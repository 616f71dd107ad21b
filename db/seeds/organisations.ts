/**
 * The organisations that a fresh database knows, keyed by their ODS code.
 *
 * Codes and names are facts: the trusts that the practice documents name, cross-checked in public code tables.
 * A closed organisation stays in the list with its successor, so that what was said about it can still be found.
 */

export interface OrganisationSeed {
  /** Trimmed and upper-cased, `^[A-Z0-9]{3,8}$`. */
  odsCode: string;
  name: string;
  status: 'active' | 'closed';
  /** First day on which the organisation had this code and name (`YYYY-MM-DD`), or null where it is not known. */
  validFrom: string | null;
  /** Last day on which the organisation was open (`YYYY-MM-DD`), or null while it is. */
  validTo: string | null;
  /** Who took over. The successor stands earlier in this list, so the rows can be inserted in order. */
  successorOdsCode: string | null;
  note: string | null;
}

export const organisations: readonly OrganisationSeed[] = [
  {
    odsCode: 'RV3',
    name: 'Central and North West London NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'RKL',
    name: 'West London NHS Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'RXG',
    name: 'South West Yorkshire Partnership NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'RW1',
    name: 'Hampshire and Isle of Wight Healthcare NHS Foundation Trust',
    status: 'active',
    validFrom: '2024-10-01',
    validTo: null,
    successorOdsCode: null,
    note: 'formerly Southern Health NHS Foundation Trust',
  },
  {
    odsCode: 'R1C',
    name: 'Solent NHS Trust',
    status: 'closed',
    validFrom: null,
    validTo: '2024-09-30',
    successorOdsCode: 'RW1',
    note: 'succeeded by RW1 on 1 October 2024',
  },
  {
    odsCode: 'RDY',
    name: 'Dorset HealthCare University NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'RX2',
    name: 'Sussex Partnership NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'RHA',
    name: 'Nottinghamshire Healthcare NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: null,
  },
  {
    odsCode: 'G6V2S',
    name: 'North London NHS Foundation Trust',
    status: 'active',
    validFrom: null,
    validTo: null,
    successorOdsCode: null,
    note: 'a five-character code of the newer letter-digit pattern',
  },
];
