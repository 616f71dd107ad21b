import type { StaffCaller } from '../api/http/staff.ts';
import { ApiClient } from './api-client.ts';
import type { Console } from './console.ts';
import { formTokenOf } from './form-token.ts';
import type { Person } from './page.tsx';
import { toPerson } from './person.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Somebody whose session stands, with the API as them. */
export interface SignedIn {
  sessionId: string;
  formToken: string;
  caller: StaffCaller;
  person: Person;
  api: ApiClient;
}

/**
 * Who sends a request; null for nobody. That the session still stands is asked once more in the statement that reads or writes
 * for them, or by the page where there is none.
 */
export async function readSignedIn(
  console: Console,
  request: Request,
  requestId: string,
): Promise<SignedIn | null> {
  const sessionId = readSessionCookie(request.headers);
  if (sessionId === null) return null;
  const session = await console.sessions.read(sessionId, console.now());
  if (session === null) return null;
  const caller: StaffCaller = { session, isChecked: false };
  return {
    sessionId,
    formToken: await formTokenOf(sessionId),
    caller,
    person: toPerson(session.member),
    api: new ApiClient((sent) => console.sendToApi(sent, caller), console.serviceUrl, requestId),
  };
}
