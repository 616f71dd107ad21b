import type { StaffCaller } from '../api/http/staff.ts';
import type { StaffSessions } from '../api/staff-sessions/staff-sessions.ts';
import type { SignIn } from './sign-in/sign-in.ts';

/** What the console works with, made once when the Worker starts. */
export interface ConsoleService {
  /** The API in this very process, as a person. */
  sendToApi(request: Request, caller: StaffCaller): Promise<Response>;
  sessions: StaffSessions;
  /** The way to the provider; null where none is configured: nobody can then sign in. */
  signIn: SignIn | null;
  /** Static files. */
  assets: Fetcher;
  /** Where the service is reached from outside, without a slash at the end. */
  serviceUrl: string;
  /** What the console is called. */
  name: string;
  /** Names the build. */
  assetVersion: string;
  now(): Date;
}
