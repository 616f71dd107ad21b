/**
 * What a log line may say. There is no member for a path, a query, a header, a body, an address or a time of
 * day, so none can get in; a successful request is not logged at all, since the time at which somebody sent
 * something is already too much.
 */
export interface LogEntry {
  event:
    | 'request-failed'
    | 'audit-failed'
    | 'housekeeping'
    | 'housekeeping-failed'
    | 'sweep-failed'
    | 'flush-failed'
    | 'webhooks-failed'
    | 'sign-in-failed';
  operation?: string;
  problem?: string;
  requestId?: string;
  /** Name of the error's class and its SQLSTATE; never its message, which can quote what was sent. */
  cause?: string;
  /** How many rows housekeeping removed, by table. */
  removed?: Record<string, number>;
}

/** Writes one line of JSON. */
export function log(level: 'info' | 'error', entry: LogEntry): void {
  console[level](JSON.stringify({ level, ...entry }));
}
