import type { Child } from 'hono/jsx';
import type { StaffRole } from '../domain/staff-role.ts';
import { type ApiClient, ApiProblem } from './api-client.ts';
import { Fields } from './fields.ts';
import { type FormError, FormErrors, noErrors, toFormErrors } from './form-errors.ts';

/** What a page is given of a request. */
export interface Visit {
  person: Person;
  /** The API as the person: what their roles let them read and do. */
  api: ApiClient;
  /** The API as anybody reads it: only what is published, also of the person's own organisations. */
  publicApi: ApiClient;
  /** Parts of the path by name. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The path with its query, as a link. */
  href: string;
  now: Date;
  /** Where the service is reached from outside, without a slash at the end. */
  serviceUrl: string;
}

/** The person who is signed in. */
export interface Person {
  id: string;
  /** What a person without a role tells their administrator. */
  reference: string;
  /** As their provider says; null where it says none. */
  name: string | null;
  roles: ReadonlySet<StaffRole>;
  /** ODS codes of the organisations in which they hold a role, in order. */
  organisationsAs(role: StaffRole): readonly string[];
}

/** A page as it is shown. */
export interface View {
  /** Says what the page is; with the page's number in a list of pages. */
  title: string;
  body: Child;
  /** Leads one step up. */
  back?: { href: string; text: string };
  /** What was just done, told at the top. */
  done?: string | undefined;
  /** Tables and boards may use the whole width. */
  isWide?: boolean;
  /** For printing: without the frame of the console. */
  isPoster?: boolean;
  status?: number;
}

/** Where to go next, after a change. Always below /console. */
export class Redirect {
  readonly href: string;

  constructor(href: string) {
    this.href = href;
  }
}

/** A page that is not there: for what the API does not tell by itself. */
export class NotFound extends Error {}

export type Result = View | Redirect | Response;

/** What a page does with a request, and who may ask it. */
export interface Page {
  /** As Hono writes paths: `/console/cycles/:cycleId`. */
  path: string;
  /** Whoever holds one of these roles somewhere; everybody who is signed in where it is empty. */
  roles: readonly StaffRole[];
  /** The page as it is opened. */
  open(visit: Visit): Promise<Result>;
  /**
   * What was sent. Absent: nothing can be sent to this page.
   *
   * @param isFresh false for a form from before a sign-in: it is shown again with what was typed, and nothing is done
   */
  send?(visit: Visit, fields: Fields, isFresh: boolean): Promise<Result>;
}

/** Declares a page that shows something. */
export function page(
  path: string,
  roles: readonly StaffRole[],
  open: (visit: Visit) => Promise<Result>,
): Page {
  return { path, roles, open };
}

/** What a form is shown with. */
export interface FormShown<Loaded> {
  visit: Visit;
  loaded: Loaded;
  fields: Fields;
  errors: FormErrors;
}

export interface FormDeclaration<Loaded> {
  path: string;
  roles: readonly StaffRole[];
  /** What the page needs to be shown: at most two calls of the API. */
  load(visit: Visit): Promise<Loaded>;
  /** What stands in the fields when the page is opened. */
  initial(loaded: Loaded, visit: Visit): Fields;
  show(shown: FormShown<Loaded>): View;
  /**
   * Does what the form is for. What is missing is returned as errors before anything is asked of the API; a refusal of the API
   * becomes errors by `labels`. Fields are shown again as they are, with nothing saved: with a row more, or in another order.
   */
  save(visit: Visit, fields: Fields): Promise<Redirect | Response | Fields | readonly FormError[]>;
  /** What a field is called in errors, by its name; `*` stands for a number in it. */
  labels?: Readonly<Record<string, string>>;
  /** The field for a place in the body of the API, where it is not called by its place. */
  fieldOf?: (place: string, fields: Fields) => string;
}

/** Told above a form that came from before a sign-in. */
const SIGNED_IN_AGAIN =
  'You are signed in again. What you typed is kept below, and nothing is saved yet. Look at it once more, then save.';

/**
 * Declares a page with a form: opened it shows what there is; sent, it is saved, or shown again with what was typed and what to
 * mend. A form page is its own place, so that it can be reloaded and come back to.
 */
export function formPage<Loaded>(form: FormDeclaration<Loaded>): Page {
  const showAgain = async (visit: Visit, fields: Fields, errors: FormErrors): Promise<View> => {
    const loaded = await form.load(visit);
    const view = form.show({ visit, loaded, fields, errors });
    return withErrors(view, errors);
  };
  return {
    path: form.path,
    roles: form.roles,
    async open(visit) {
      const loaded = await form.load(visit);
      return form.show({ visit, loaded, fields: form.initial(loaded, visit), errors: noErrors });
    },
    async send(visit, fields, isFresh) {
      if (!isFresh) {
        const view = await showAgain(visit, fields, noErrors);
        return { ...view, done: SIGNED_IN_AGAIN };
      }
      try {
        const saved = await form.save(visit, fields);
        if (saved instanceof Redirect || saved instanceof Response) return saved;
        if (saved instanceof Fields) return await showAgain(visit, saved, noErrors);
        return await showAgain(visit, fields, new FormErrors(saved));
      } catch (error) {
        if (!(error instanceof ApiProblem) || !isOfForm(error)) throw error;
        const errors = toFormErrors(error, form.labels ?? {}, (place) =>
          form.fieldOf === undefined ? place : form.fieldOf(place, fields),
        );
        return await showAgain(visit, fields, errors);
      }
    },
  };
}

/** Refusals that whoever filled in the form can do something about, there. */
function isOfForm({ status, code }: ApiProblem): boolean {
  return status === 400 || status === 412 || (status === 409 && code !== 'internal');
}

/** Errors are told above the h1, and in the title. */
function withErrors(view: View, errors: FormErrors): View & { errors: FormErrors } {
  return { ...view, status: errors.isEmpty ? 200 : 422, errors };
}
