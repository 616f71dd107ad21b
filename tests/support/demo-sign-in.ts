/**
 * What a browser does without showing it: keeps cookies by host, whatever the port, and follows redirects until they
 * lead to `until` or nowhere.
 */
export class WebClient {
  readonly #cookies = new Map<string, string>();

  /** One request, with the cookies of before. Redirects are not followed. */
  async request(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const isOver = value === '' || /;\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(line);
      if (isOver) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /**
   * A request and the redirects after it.
   *
   * @param until is told of each address that a redirect leads to, and stops there without a request when it answers true
   */
  async follow(
    url: string | URL,
    init: RequestInit = {},
    until: (next: URL) => boolean = () => false,
  ): Promise<{ url: URL; response: Response }> {
    let at = new URL(url);
    let response = await this.request(at, init);
    for (let redirects = 0; redirects < 20; redirects++) {
      const location = response.headers.get('location');
      if (location === null) return { url: at, response };
      await response.body?.cancel();
      at = new URL(location, at);
      if (until(at)) return { url: at, response };
      response = await this.request(at);
    }
    throw new Error(`too many redirects, the last to ${at.pathname}`);
  }
}

/**
 * What a person does at the demo sign-in: opens the address to which the console sent the browser, and chooses somebody.
 *
 * @param personId of dev/demo-people.ts; empty to cancel
 * @returns the console's address to which that leads, with the provider's answer in its query
 */
export async function chooseDemoPerson(
  client: WebClient,
  location: string | URL,
  personId: string,
): Promise<URL> {
  const { origin } = new URL(location);
  const page = await client.follow(location);
  if (!page.response.ok) throw new Error(`the demo sign-in answers ${page.response.status}`);
  const body = new URLSearchParams({ person: personId });
  const leaves = (next: URL) => next.origin !== origin;
  const { url } = await client.follow(page.url, { method: 'POST', body }, leaves);
  return url;
}
