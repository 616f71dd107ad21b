import { example, type Html, html } from './html.ts';

const signer = `// node assertion.mjs <client id> <token URL> < key file
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { text } from 'node:stream/consumers';

const [clientId, tokenUrl] = process.argv.slice(2);
const jwk = JSON.parse(await text(process.stdin));
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

const header = { alg: 'RS512', typ: 'JWT', kid: jwk.kid };
const claims = {
  iss: clientId,
  sub: clientId,
  aud: tokenUrl, // exactly the token URL, one string
  jti: randomUUID(), // new for each sign-in: it works once
  exp: Math.floor(Date.now() / 1000) + 240, // at most five minutes ahead
};
const message = \`\${part(header)}.\${part(claims)}\`;
const signature = sign('sha512', message, createPrivateKey({ key: jwk, format: 'jwk' }));
console.log(\`\${message}.\${signature.toString('base64url')}\`);`;

const keyOfDemoClient = `CLIENT_ID=demo-trust
node -p "JSON.stringify(require('./.local/clients.json').clients.find((client) => client.clientId === '$CLIENT_ID').privateJwk)" > demo.jwk.json`;

const signIn = `ASSERTION=$(node assertion.mjs "$CLIENT_ID" "$BASE/oauth2/token" < demo.jwk.json)
TOKEN=$(curl --silent --show-error "$BASE/oauth2/token" \\
  --data-urlencode grant_type=client_credentials \\
  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\
  --data-urlencode client_assertion="$ASSERTION" \\
  | node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).access_token")`;

/** How a receiver checks a webhook. A test runs it. */
export const webhookReceiver = `import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a webhook comes from Full Circle, now. \`body\` is its bytes as they came. */
export function isGenuine(headers, body, secret) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(time)) < 300)) return false; // too old: sent again by somebody else
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(\`\${id}.\${time}.\`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace('v1,', ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}`;

/** What has to be said before the operations of a tag. */
export const introductions: Partial<Record<string, Html>> = {
  'sign-in': html`<h2 id="signing-in">Signing in</h2>
<p>Sign-in is that of NHS England's API platform ("application-restricted access, signed JWT"): code that a trust has for the platform works after the address is changed. A client signs a JWT with its private key, exchanges it for an access token, and sends that with each request.</p>
<ol>
<li>Make an RSA key pair of at least 2048 bits. Send the public half, as a JWKS with a <code>kid</code>, to whoever runs the service; or the https address where you publish it. You are told your client id.</li>
<li>Sign a JWT with algorithm <code>RS512</code>. This program does it with nothing but Node; save it as <code>assertion.mjs</code>.</li>
</ol>
${example(signer)}<p>The local stack (<code>npm start</code>) has three clients already, with their keys in <code>.local/clients.json</code>: <code>demo-trust</code> for RHA and <code>demo-trust-two</code> for RV3, which may post submissions, and <code>demo-admin</code>, which may do everything.</p>
${example(keyOfDemoClient)}<p>Exchange the JWT for a token:</p>
${example(signIn)}<p>Then send <code>Authorization: Bearer</code> and the token with each request. A token lasts ten minutes less a second. Keep it until it is about to end; there is no refresh token. When a client is changed or revoked, its tokens end at once.</p>
<p>Refusals are <code>error</code>, <code>error_description</code> and <code>message_id</code>, with the platform's texts.</p>
`,
  submissions: html`<h2 id="before-you-send">Before you send</h2>
<ul>
<li>Say first, wherever people write: nobody can reply, and where urgent help is.</li>
<li>Send nothing that points at a person or a moment. Record ids, names, dates and times have no place in a submission, and members that the contract does not know are refused.</li>
<li>Do not send one person's answers the moment they arrive. Gather some, so that the time of a batch tells nobody whose it is.</li>
<li>Ratings rise: the greatest number of the scale is the best. In files of the Friends and Family Test 1 is "very good", so send 6 less the answer.</li>
</ul>
`,
  'webhook-endpoints': html`<h2 id="receiving">Receiving webhooks</h2>
<p>A webhook is a <code>POST</code> as the <a href="https://www.standardwebhooks.com">Standard Webhooks</a> specification has it; there are libraries for it in most languages. Its body says what happened and where it is read, for example:</p>
${example(`{ "type": "loop_record.published", "timestamp": "2026-11-20T10:00:00Z",
  "data": { "id": "0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70", "version": 2, "organisation": "RHA", "cycle": null,
    "href": "https://full-circle.example.nhs.uk/v1/loop-records/0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70" } }`)}<ol>
<li>Check the signature over the bytes as they came, and that the time is not long ago. This does it with nothing but Node.</li>
</ol>
${example(webhookReceiver)}<ol start="2">
<li>Drop what has a <code>webhook-id</code> that you have seen: an event can come more than once.</li>
<li>Answer 2xx within 15 seconds, and do the work afterwards. Anything else is tried again for about three days; a redirect is not followed; 410 ends it.</li>
<li>Read what <code>href</code> says now: events can come in another order. After a withdrawal it answers 410, and what you hold of it has to go.</li>
</ol>
<p>The data of <code>theme.merged</code> has <code>mergedInto</code> besides; that of <code>results.released</code> is <code>cycleId</code>, <code>release</code>, <code>organisations</code> and <code>href</code>; that of <code>test</code> is <code>endpoint</code> and <code>href</code>. Ignore types and members that you do not know.</p>
<p>A replay reaches back to when the endpoint was registered, and at most 30 days. Of what happened before, nothing is kept unless another endpoint had asked for it: read the lists once, then follow the webhooks.</p>
<p>A local stack sends to <code>https://localhost</code> on any port too, where the certificate is in the file that <code>NODE_EXTRA_CA_CERTS</code> named when it was started.</p>
`,
  monitoring: html`<p>On the local stack the key is in a file:</p>
${example(`STATUS_API_KEY=$(node -p "require('./.local/secrets.json').statusApiKey")`)}`,
};
