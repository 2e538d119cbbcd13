import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import type { Config } from '../config.server.ts';
import type { GuestPages } from './guest-pages.server.ts';
import { isPackagesHost, schoolOriginOf } from './packages-origin.ts';
import { explainListenError } from './port-holder.server.ts';
import { packagesHeaders, securityHeaders } from './security-headers.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Headers that only this file writes: they tell the framework the public address, which it cannot know behind plain http or a proxy. */
export const originHeaders = { protocol: 'x-lyceum-protocol', host: 'x-lyceum-host', address: 'x-lyceum-address' } as const;

export interface WebServer {
  port: number;
  /** Lets requests in flight finish, for 10 seconds at the most, and closes. */
  stop(): Promise<void>;
}

/** How long a request may take to arrive: whoever sends theirs drop by drop holds no connection for long. */
const patience = { headersTimeout: 20_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000, keepAliveTimeout: 65_000 };

/** The most bytes that a request may bring. */
export const bodyLimits = {
  /** A form of words. */
  usual: 512 * 1024,
  /** A form with a picture: more than the largest picture that is taken, so that a larger one is refused in words. */
  roomy: 16 * 1024 * 1024,
} as const;

interface Places {
  guestPages?: GuestPages;
  /** Pages that take more than words. */
  roomyPlaces?: readonly string[];
  /** A place, with all beneath it, that reads bodies of any size as they come and limits them itself. The pages never hear of its requests. */
  streamed?: { path: string; answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> };
}

/** Listens and hands every request to the pages' handler with the school's own idea of its address. */
export async function listen(
  config: Config,
  handler: Handler,
  { guestPages, roomyPlaces = [], streamed }: Places = {},
): Promise<WebServer> {
  const isHttps = config.origin.startsWith('https:');
  const headers = Object.entries(securityHeaders(isHttps));
  const server = createServer(patience, (request, response) => {
    const isForPackages = isPackagesHost(config, request.headers.host);
    if (!isForPackages && guestPages?.answer(request, response)) return;
    // Whatever is answered, by a page, a file, a redirect or this file: a route that knows better sets its own.
    const ownHost = config.originIsFixed && !isForPackages ? new URL(config.origin).host : request.headers.host;
    const ownOrigin = `${isHttps ? 'https' : 'http'}://${ownHost}`;
    const school = isForPackages ? schoolOriginOf(config, new URL(ownOrigin)) : undefined;
    for (const [name, value] of school ? Object.entries(packagesHeaders(isHttps, school)) : headers) response.setHeader(name, value);
    if (school && !request.url?.startsWith('/packages/')) {
      leadToSchool(request, response, school);
      return;
    }
    const path = request.url?.split('?', 1)[0] ?? '';
    const isStreamed = streamed !== undefined && (path === streamed.path || path.startsWith(`${streamed.path}/`));
    const forged = forgery(request, ownOrigin);
    const refusal = forged ?? (isStreamed || roomyPlaces.includes(path) ? undefined : bodyRefusal(request));
    if (refusal) {
      refuse(request, response, refusal);
      return;
    }
    request.headers[originHeaders.protocol] = isHttps ? 'https' : 'http';
    request.headers[originHeaders.host] = ownHost;
    request.headers[originHeaders.address] = clientAddress(request, config.trustedProxies);
    if (isStreamed) streamed.answer(request, response).catch(() => response.destroy());
    else handler(request, response, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, config.port, config.host)));
    server.listen(config.port, config.host, resolve);
  });
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : config.port, stop: () => stopServer(server) };
}

/** The packages' address has packages and nothing of the school: whoever comes there by hand is led to it. */
function leadToSchool({ method, url = '/' }: IncomingMessage, response: ServerResponse, school: string): void {
  if (method !== 'GET' && method !== 'HEAD') response.writeHead(404).end();
  else response.writeHead(307, { location: `${school}${url.startsWith('/') ? url : '/'}` }).end();
}

interface Refusal {
  status: number;
  message: string;
}

/**
 * Whether a request that changes something was sent by another site's page with the person's cookies. Browsers name the sender of each; a program
 * that names none has no cookies of a person to misuse. The framework asks the same of forms, this of whatever a body calls itself.
 */
function forgery({ method = 'GET', headers }: IncomingMessage, ownOrigin: string): Refusal | undefined {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const isOwn = headers.origin === ownOrigin && (site === undefined || site === 'same-origin' || site === 'none');
  const isProgram = headers.origin === undefined && site === undefined && headers.cookie === undefined;
  return isOwn || isProgram ? undefined : { status: 403, message: 'That was not sent by a page of this school.' };
}

/** Why a request is not read at all: it is too large for its place, or does not say how large it is where that matters. */
function bodyRefusal(request: IncomingMessage): Refusal | undefined {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimits.usual) return { status: 413, message: 'That is more than we can take.' };
  if (request.headers['transfer-encoding'] !== undefined) return { status: 411, message: 'Say how long the body is.' };
  return undefined;
}

/** Answers at once, and reads and drops what still comes before it closes the line: cut off while it sends, a browser would not hear the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, message }: Refusal): void {
  const length = Buffer.byteLength(message);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': length, connection: 'close' }).write(message);
  finished(request.resume(), () => response.end());
}

/** The address of the person's machine: what the nearest trusted proxy saw, or the connection's own. */
function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return forwarded.at(-trustedProxies) ?? direct;
}

async function stopServer(server: Server): Promise<void> {
  const graceMs = 10_000;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
