import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { withHashes } from './inline-hashes.ts';

/** Header by which the server tells the framework under which key an answer may be kept. Only this file writes it. */
export const guestPageHeader = 'x-lyceum-guest-page';

/** A page in every encoding, ready to be sent: nothing is put together when it is asked for. */
interface ReadyPage {
  answers: Record<Encoding, ReadyAnswer>;
  sizeBytes: number;
  madeAtMs: number;
}

interface ReadyAnswer {
  body: Buffer;
  tag: string;
  /** Names and values in turn. */
  headers: string[];
  headersIfKnown: string[];
}

type Encoding = 'br' | 'gzip' | 'identity';

/**
 * Pages as guests see them, rendered and compressed once. All are dropped at the commit that changes what any of them shows, and each after
 * a minute, for what changes by itself. While changes cannot be heard of, nothing is kept.
 */
export interface GuestPages {
  /** Answers from memory. False: the framework has to. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** The state of the school that a page about to be rendered will show: to be asked before its first query. */
  edition(): number;
  /** Keeps a page, unless something has changed since its edition. */
  keep(page: { key: string; edition: number; html: string; headers: Headers }): Promise<void>;
  /** Something has changed. */
  drop(): void;
  /** Whether changes are heard of. */
  listening(isListening: boolean): void;
  /** Whether what was read in this edition may be kept: a change of it would be heard of. */
  isListening(): boolean;
}

const mostBytes = 64 * 1024 * 1024;
const longestKey = 2048;
const keptForMs = 60_000;
const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

interface GuestPageOptions {
  /** What the server says with every answer. */
  headers?: Record<string, string>;
  /** Bounds all encodings of all pages together; those not asked for the longest go first. */
  sizeLimitBytes?: number;
  clock?: () => number;
}

/** An empty store. */
export function createGuestPages({
  headers: always = {},
  sizeLimitBytes = mostBytes,
  clock = Date.now,
}: GuestPageOptions = {}): GuestPages {
  const pages = shelfOf(sizeLimitBytes);
  let edition = 0;
  let isListening = false;

  function drop(): void {
    edition += 1;
    pages.clear();
  }

  return {
    answer(request, response) {
      const key = isListening ? keyOf(request) : undefined;
      const page = key === undefined ? undefined : pages.take(key);
      if (key === undefined || !page || clock() - page.madeAtMs > keptForMs) {
        delete request.headers[guestPageHeader];
        if (key !== undefined) request.headers[guestPageHeader] = key;
        return false;
      }
      send(page, request, response);
      return true;
    },
    edition: () => edition,
    async keep({ key, edition: shown, html, headers }) {
      if (!isListening || shown !== edition) return;
      const page = await prepare(html, { ...always, ...Object.fromEntries(headers) }, clock());
      // While it was compressed something may have changed.
      if (shown === edition) pages.put(key, page);
    },
    drop,
    listening(now) {
      isListening = now;
      drop();
    },
    isListening: () => isListening,
  };
}

/** Pages up to so many bytes together; for a new one those go that nobody took for the longest. */
function shelfOf(sizeLimitBytes: number) {
  const pages = new Map<string, ReadyPage>();
  let sizeBytes = 0;

  function remove(key: string): void {
    sizeBytes -= pages.get(key)?.sizeBytes ?? 0;
    pages.delete(key);
  }

  return {
    take(key: string): ReadyPage | undefined {
      const page = pages.get(key);
      if (!page) return undefined;
      pages.delete(key);
      pages.set(key, page);
      return page;
    },
    put(key: string, page: ReadyPage): void {
      if (page.sizeBytes > sizeLimitBytes) return;
      remove(key);
      pages.set(key, page);
      sizeBytes += page.sizeBytes;
      for (const oldest of pages.keys()) {
        if (sizeBytes <= sizeLimitBytes) break;
        remove(oldest);
      }
    },
    clear(): void {
      pages.clear();
      sizeBytes = 0;
    },
  };
}

/** Cookies that make nobody of a guest: the choice of colors, and by whose link they came, which no page shows. */
const guestCookies = /^(?:theme=(light|dark|system)|via=[\w.-]*)?$/;

/** What tells one guest's page from another's. None for whoever may not be a guest: any other cookie makes somebody of them. */
function keyOf({ method, headers, url = '/' }: IncomingMessage): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || headers.authorization !== undefined || url.length > longestKey) return undefined;
  let colors: string | undefined;
  for (const cookie of headers.cookie?.split('; ') ?? []) {
    const known = guestCookies.exec(cookie);
    if (!known) return undefined;
    colors = known[1] ?? colors;
  }
  return `${colors ?? 'system'} ${headers.host ?? ''} ${url}`;
}

async function prepare(html: string, given: Record<string, string>, madeAtMs: number): Promise<ReadyPage> {
  const { body, policy } = withHashes(html, given['content-security-policy'] ?? '');
  const identity = Buffer.from(body);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } };
  const [br, gz] = await Promise.all([compress.br(identity, quality), compress.gzip(identity)]);
  const tag = createHash('sha256').update(policy).update(body).digest('base64url').slice(0, 22);
  const headers = { ...given, 'content-security-policy': policy, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie' };
  const ready = (encoding: Encoding, bytes: Buffer): ReadyAnswer => {
    const known = { ...headers, etag: `"${tag}-${encoding}"` };
    const encoded = encoding === 'identity' ? known : { ...known, 'content-encoding': encoding };
    const flat = (of: Record<string, string>) =>
      Object.entries(of)
        .filter(([name]) => !ownOfEach.has(name))
        .flat();
    return {
      body: bytes,
      tag: known.etag,
      headersIfKnown: flat(known),
      headers: [...flat(encoded), 'content-length', String(bytes.length)],
    };
  };
  return {
    answers: { br: ready('br', br), gzip: ready('gzip', gz), identity: ready('identity', identity) },
    sizeBytes: identity.length + br.length + gz.length,
    madeAtMs,
  };
}

/** What belongs to one answer and not to the page. */
const ownOfEach = new Set(['content-length', 'set-cookie', 'x-request-id']);

function send(page: ReadyPage, request: IncomingMessage, response: ServerResponse): void {
  const { body, tag, headers, headersIfKnown } = page.answers[encodingFor(String(request.headers['accept-encoding'] ?? ''))];
  if (request.headers['if-none-match'] === tag) response.writeHead(304, headersIfKnown).end();
  else response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** The smallest that the browser takes. One that refuses an encoding by `q=0` gets the plain bytes. */
function encodingFor(accepted: string): Encoding {
  if (accepted === '' || /q=0(\.0*)?\s*(,|$)/.test(accepted)) return 'identity';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}
