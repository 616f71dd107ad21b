/** The files of the console under assets/console. */
export const staticFiles = [
  '/console/console.css',
  '/console/console.js',
  '/console/favicon.svg',
] as const;

/** A file, kept by browsers for good where its address names the build that it is of. */
export async function answerStaticFile(
  assets: Fetcher,
  request: Request,
  assetVersion: string,
): Promise<Response> {
  const url = new URL(request.url);
  const isOfThisBuild = url.searchParams.get('v') === assetVersion && assetVersion !== '';
  const file = await assets.fetch(new Request(new URL(url.pathname, url), request));
  const headers = new Headers(file.headers);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set(
    'Cache-Control',
    isOfThisBuild ? 'public, max-age=31536000, immutable' : 'public, no-cache',
  );
  return new Response(file.body, { status: file.status, headers });
}
