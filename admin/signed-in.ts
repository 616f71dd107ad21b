import type { StaffCaller } from '../api/http/staff.ts';
import { ApiClient } from './api-client.ts';
import type { ConsoleService } from './console-service.ts';
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
  publicApi: ApiClient;
}

/**
 * Who sends a request; null for nobody. That the session still stands is asked once more in the statement that reads or writes
 * for them, or by the page where there is none.
 */
export async function readSignedIn(
  service: ConsoleService,
  request: Request,
  requestId: string,
): Promise<SignedIn | null> {
  const sessionId = readSessionCookie(request.headers);
  if (sessionId === null) return null;
  const session = await service.sessions.read(sessionId, service.now());
  if (session === null) return null;
  const caller: StaffCaller = { session, isChecked: false };
  const apiFor = (as: StaffCaller) =>
    new ApiClient((sent) => service.sendToApi(sent, as), service.serviceUrl, requestId);
  return {
    sessionId,
    formToken: await formTokenOf(sessionId),
    caller,
    person: toPerson(session.member),
    api: apiFor(caller),
    publicApi: apiFor(withoutRoles(caller)),
  };
}

/** Somebody who may do nothing reads what is published; whether their session stands is one thing with the person's own. */
function withoutRoles(caller: StaffCaller): StaffCaller {
  const { session } = caller;
  return {
    session: { ...session, member: { ...session.member, assignments: [] } },
    get isChecked() {
      return caller.isChecked;
    },
    set isChecked(isChecked) {
      caller.isChecked = isChecked;
    },
  };
}
