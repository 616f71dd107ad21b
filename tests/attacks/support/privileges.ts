import type pg from 'pg';
import { type RuntimeRole, roles } from '../../../db/roles.ts';

/** Functions that only others call: a trigger, and what they share. */
export const inner = [
  'audit_change',
  'audit_event_text',
  'random_receipt_hash',
  'replace_staff_assignments',
  'show_participation',
  'tell_of_merge',
  'tell_of_publication',
  'tell_of_release',
  'tell_of_withdrawal',
  'tell_webhooks',
  'theme_after_merging',
];

/** What a role may do, a line each: `select text_parts.text`, `delete inbox`, `execute act_for`. */
export type Privileges = string[];

/** What db/roles.ts states of a role. */
export function statedPrivileges(role: RuntimeRole): Privileges {
  const { tables, functions } = roles[role];
  const ofTables = Object.entries(tables).flatMap(([table, grant]) =>
    Object.entries(grant).flatMap(([privilege, columns]: [string, readonly string[] | true]) =>
      columns === true
        ? [`${privilege} ${table}`]
        : columns.map((column) => `${privilege} ${table}.${column}`),
    ),
  );
  return [...ofTables, ...functions.map((name) => `execute ${name}`)].sort();
}

/** Schemas of PostgreSQL itself, in which everybody may look. */
const notOurs = "('pg_catalog', 'information_schema', 'pg_toast')";

/**
 * What a role has by the live catalogue, whether it was granted by column, by table, to everybody or through another role:
 * on every column, PostgreSQL's own included, of every table and view, and on every function.
 */
export async function livePrivileges(owner: pg.Client, role: RuntimeRole): Promise<Privileges> {
  const { rows } = await owner.query<{ privilege: string }>(
    `select privilege || ' ' || relname || '.' || attname as privilege
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_attribute on attrelid = pg_class.oid,
       unnest(array['select', 'insert', 'update', 'references']) as privilege
     where relkind in ('r', 'p', 'v', 'm', 'f') and nspname not in ${notOurs} and not attisdropped
       and has_column_privilege($1, pg_class.oid, attnum, privilege)
     union all
     select privilege || ' ' || relname
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace,
       unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) as privilege
     where relkind in ('r', 'p', 'v', 'm', 'f') and nspname not in ${notOurs}
       and has_table_privilege($1, pg_class.oid, privilege)
     union all
     select 'sequence ' || relname from pg_class
     where case when relkind = 'S' then has_sequence_privilege($1, oid, 'usage, select, update') end
     union all
     select 'execute ' || proname from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
     where nspname not in ${notOurs} and has_function_privilege($1, pg_proc.oid, 'execute')
       -- Whoever owns a function may run it; that counts where it is stated.
       and (pg_get_userbyid(proowner) <> $1 or proname = any ($2))
     union all
     select 'create in ' || nspname from pg_namespace where has_schema_privilege($1, oid, 'create')
     order by privilege`,
    [role, roles[role].functions],
  );
  return rows.map(({ privilege }) => privilege).sort();
}

export interface LiveColumn {
  table: string;
  column: string;
  type: string;
  isView: boolean;
}

/** Every column of every table and view of the product. */
export async function liveColumns(owner: pg.Client): Promise<LiveColumn[]> {
  const { rows } = await owner.query<LiveColumn>(
    `select relname as table, attname as column, format_type(atttypid, atttypmod) as type,
       relkind <> 'r' as "isView"
     from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and attnum > 0
       and not attisdropped
     order by relname, attnum`,
  );
  return rows;
}
