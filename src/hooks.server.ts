import { type RequestEvent, redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { actorOf, actorOfKey, bearsApiKey } from '#features/accounts/index.server.ts';
import { type Actor, guest } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { guestPageHeader } from '#platform/http/guest-pages.server.ts';
import { packagesOriginOf } from '#platform/http/packages-origin.ts';
import { scriptsAfterPaint } from '#platform/http/scripts-after-paint.ts';
import { newId } from '#platform/ids.ts';
import { requestSeconds } from '#platform/metrics.server.ts';
import { requestContext, runtime } from '#platform/runtime.server.ts';
import { themeFrom } from '#ui/theme.ts';
import { dev } from '$app/env';
import { rememberSender } from './routes/sender-cookie.ts';
import { themeForNewBrowser } from './routes/theme-cookie.ts';

/** Pages that only make sense for someone signed in: a guest is led to the sign-in page and back. What they may do there is each feature's policy. */
const signedInAreas = /^\/(dashboard|settings|studio|admin|notes|notifications|messages|checkout|orders|wishlist)(\/|$)/;

export const handle: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  const edition = runtime().guestPages.edition();
  const requestId = newId();
  const now = new Date();
  event.locals.ctx = requestContext(await actorOfRequest(event, now), requestId, now, event.getClientAddress());
  if (event.locals.ctx.actor.kind === 'guest' && signedInAreas.test(event.url.pathname)) {
    redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + withoutAction(event.url.search))}`);
  }
  if (!isForPackages(event.url)) {
    rememberSender(event);
    await themeForNewBrowser(event);
  }
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      scriptsAfterPaint(html.replace('data-theme="system"', `data-theme="${themeFrom(event.cookies.get('theme'))}"`)),
    preload: ({ type, path }) => type === 'js' || type === 'css' || (type === 'font' && firstFonts.test(path)),
  });
  if (event.locals.ctx.actor.kind !== 'guest' && !response.headers.has('cache-control'))
    response.headers.set('cache-control', 'private, no-store');
  if (event.locals.retryAfterSeconds) response.headers.set('retry-after', String(event.locals.retryAfterSeconds));
  response.headers.set('x-request-id', requestId);
  letPackagesIn(event.url, response.headers);
  if (guestPages.has(event.route.id ?? '')) keepForGuests(event, response, edition);
  const { ctx } = event.locals;
  const seconds = (performance.now() - started) / 1000;
  requestSeconds.observe({ route: event.route.id ?? 'none', method: event.request.method, status: response.status }, seconds);
  ctx.log.info(
    {
      route: event.route.id,
      method: event.request.method,
      status: response.status,
      durationMs: Math.round(seconds * 1000),
      userId: ctx.actor.kind === 'person' ? ctx.actor.id : undefined,
    },
    'request',
  );
  return response;
};

/** What an address asks for, without the deed that a form names in it: who signs in meanwhile comes back to the page, and does nothing by it. */
const withoutAction = (search: string) => search.replace(/^\?\/[^&]*&?/, '?').replace(/^\?$/, '');

/** Pages that look the same to every guest. */
const guestPages = new Set([
  '/',
  '/courses',
  '/courses/[slug]',
  '/courses/[slug]/reviews',
  '/categories/[slug]',
  '/instructors/[username]',
  '/products',
  '/products/[slug]',
]);

/** Keeps a page for the guests who come next, where the server says that a guest asks. The one who asked does not wait until it is compressed. */
function keepForGuests({ request, locals: { ctx } }: RequestEvent, response: Response, edition: number): void {
  const key = request.headers.get(guestPageHeader);
  const isPage = response.status === 200 && response.headers.get('content-type')?.startsWith('text/html');
  if (!key || !isPage || ctx.actor.kind !== 'guest' || response.headers.has('set-cookie')) return;
  const headers = new Headers(response.headers);
  response
    .clone()
    .text()
    .then((html) => runtime().guestPages.keep({ key, edition, html, headers }))
    .catch((error) => ctx.log.error({ err: error }, 'a page was not kept for guests'));
}

/** Packages play at an origin of their own, where nobody is anybody but by what an address says. */
function isForPackages(url: URL): boolean {
  return url.pathname.startsWith('/packages/');
}

/** Lets pages frame that origin, every one: the policy of the page that was loaded first also holds for those that it turns into. */
function letPackagesIn(url: URL, headers: Headers): void {
  const origin = packagesOriginOf(runtime().config, url);
  const policy = headers.get('content-security-policy');
  if (origin && policy)
    headers.set(
      'content-security-policy',
      policy.replace(/frame-src [^;]*/, (known) => `${known} ${origin}`),
    );
}

/** Who asks. An API key counts beneath `/api/` only, and there it counts before any cookie. */
async function actorOfRequest({ url, request }: { url: URL; request: Request }, now: Date): Promise<Actor> {
  if (isForPackages(url)) return guest;
  const isByKey = url.pathname.startsWith('/api/') && bearsApiKey(request.headers);
  return isByKey ? actorOfKey(request.headers, now) : actorOf(request.headers, now);
}

/** The two fonts that every first screen needs; the others load when a page uses them. */
const firstFonts = /newsreader-latin-wght-normal|inter-latin-wght-normal/;

/** A refusal keeps its status and its words; anything else is a bug, logged under an id that the person can quote. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (error instanceof AppError) {
    event.locals.retryAfterSeconds = error.retryAfterSeconds;
    return { status: error.status, message: error.message };
  }
  if (kind !== 'unknown') return;
  // SQLSTATE character_not_in_repertoire: an address or a field with a NUL in it, which no text of the database can hold.
  if (sqlStateOf(error) === '22021') return { status: 400, message: 'There is a character in it that cannot be kept.' };
  const unavailable = isDatabaseGone(error);
  const errorId = newId();
  runtime().log.error({ err: error, errorId, route: event.route.id, requestId: event.locals.ctx?.requestId }, 'unexpected error');
  if (unavailable) return { status: 503, message: 'The school cannot reach its database. Try again in a moment.', errorId };
  return { message: 'Something went wrong on our side.', errorId };
};

/** What PostgreSQL called its refusal, told to us by itself or through Prisma. */
function sqlStateOf(error: unknown): unknown {
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } };
  return meta?.driverAdapterError?.cause?.originalCode ?? code;
}

/** PostgreSQL stopped, restarting or unreachable: SQLSTATE classes 08 and 57P, and the socket's own errors. */
function isDatabaseGone(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  return (
    /^(08|57P)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'P1001', 'P1017'].includes(code) ||
    /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(String(error))
  );
}

/** Under the development server nobody has started the process's runtime yet; in production `lyceum serve` has. */
export const init: ServerInit = async () => {
  if (!dev) return;
  const { startJobs, startProcess } = await import('./process.server.ts');
  await startProcess();
  await startJobs();
};
