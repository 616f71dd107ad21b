import type { ApiProblem } from '../api-client.ts';
import type { View } from '../page.tsx';

/** Pages for what did not work: what happened, that nothing was lost, and what to do next. */

export const notFound: View = {
  title: 'There is nothing here',
  status: 404,
  body: (
    <>
      <h1 class="nhsuk-heading-l">There is nothing here</h1>
      <p>The address may be mistyped, or what was here belongs to another organisation.</p>
      <p>
        <a href="/console">Go to the first page</a>
      </p>
    </>
  ),
};

export const notAllowed: View = {
  title: 'Your role does not allow this',
  status: 403,
  body: (
    <>
      <h1 class="nhsuk-heading-l">Your role does not allow this</h1>
      <p>
        You are signed in, and this part is for other roles. Nothing was changed. If you need it for
        your work, ask an administrator of your organisation to give you the role.
      </p>
      <p>
        <a href="/console">Go to the first page</a>
      </p>
    </>
  ),
};

export const foreignOrigin: View = {
  title: 'This was not sent from here',
  status: 403,
  body: (
    <>
      <h1 class="nhsuk-heading-l">This was not sent from here</h1>
      <p>
        Something was sent to this console from another website, or your browser hides where it was
        sent from. Nothing was changed. If you were filling in a form here, go back and send it
        again.
      </p>
      <p>
        <a href="/console">Go to the first page</a>
      </p>
    </>
  ),
};

export const tooLarge: View = {
  title: 'This is too long',
  status: 413,
  body: (
    <>
      <h1 class="nhsuk-heading-l">This is too long</h1>
      <p>
        What was sent is larger than any form here can be. Go back, and make it shorter. Nothing was
        changed.
      </p>
    </>
  ),
};

const gone: View = {
  title: 'This was withdrawn',
  status: 410,
  body: (
    <>
      <h1 class="nhsuk-heading-l">This was withdrawn</h1>
      <p>
        Somebody withdrew it. What was published before is told to be withdrawn to whoever asks for
        it.
      </p>
      <p>
        <a href="/console">Go to the first page</a>
      </p>
    </>
  ),
};

const conflict = (detail: string): View => ({
  title: 'This cannot be done now',
  status: 409,
  body: (
    <>
      <h1 class="nhsuk-heading-l">This cannot be done now</h1>
      <p>{detail}</p>
      <p>Somebody else may have been quicker. Nothing was changed; go back and look again.</p>
    </>
  ),
});

const tooMany: View = {
  title: 'Please wait a minute',
  status: 429,
  body: (
    <>
      <h1 class="nhsuk-heading-l">Please wait a minute</h1>
      <p>This was done very often in a short time. Nothing was lost: try again in a minute.</p>
    </>
  ),
};

export const unavailable: View = {
  title: 'The service cannot be reached just now',
  status: 503,
  body: (
    <>
      <h1 class="nhsuk-heading-l">The service cannot be reached just now</h1>
      <p>
        The database behind it does not answer. What was saved is safe. If you were saving
        something, it was not saved: go back in a minute and send it again.
      </p>
    </>
  ),
};

/** @param requestId helps whoever runs the service to find the entry in its log, which says nothing of what was typed */
export const fault = (requestId: string): View => ({
  title: 'Something went wrong here',
  status: 500,
  body: (
    <>
      <h1 class="nhsuk-heading-l">Something went wrong here</h1>
      <p>
        This is a fault of the service, not yours. Nothing half done is kept. Go back and try again;
        if it happens again, tell whoever runs this service, with this number:
      </p>
      <p>
        <code class="nhsuk-code">{requestId}</code>
      </p>
    </>
  ),
});

/** The page for a refusal of the API that no form can mend. */
export function refusalOf(problem: ApiProblem, requestId: string): View {
  switch (problem.status) {
    case 403:
      return notAllowed;
    case 400:
    case 404:
      return notFound;
    case 409:
      return conflict(problem.message);
    case 410:
      return gone;
    case 412:
      return conflict('It has changed since you looked at it.');
    case 413:
      return tooLarge;
    case 429:
      return tooMany;
    case 503:
      return unavailable;
    default:
      return fault(requestId);
  }
}
