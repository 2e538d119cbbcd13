import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { newId } from '../ids.ts';
import { withHashes } from './inline-hashes.ts';

/** Header by which the server tells the framework under which key an answer may be kept. Only this file writes it. */
export const guestPageHeader = 'x-lyceum-guest-page';

/** A page in every encoding, ready to be sent. */
interface ReadyPage {
  headers: Record<string, string>;
  bodies: Record<Encoding, Buffer>;
  tag: string;
  sizeBytes: number;
  madeAtMs: number;
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
}

const mostBytes = 64 * 1024 * 1024;
const longestKey = 2048;
const keptForMs = 60_000;
const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** An empty store. `sizeLimitBytes` bounds all encodings of all pages together; those not asked for the longest go first. */
export function createGuestPages(sizeLimitBytes = mostBytes, clock = () => Date.now()): GuestPages {
  const pages = new Map<string, ReadyPage>();
  let sizeBytes = 0;
  let edition = 0;
  let isListening = false;

  function forget(key: string): void {
    sizeBytes -= pages.get(key)?.sizeBytes ?? 0;
    pages.delete(key);
  }

  function drop(): void {
    edition += 1;
    pages.clear();
    sizeBytes = 0;
  }

  return {
    answer(request, response) {
      delete request.headers[guestPageHeader];
      const key = isListening ? keyOf(request) : undefined;
      if (key === undefined) return false;
      request.headers[guestPageHeader] = key;
      const page = pages.get(key);
      if (!page) return false;
      if (clock() - page.madeAtMs > keptForMs) {
        forget(key);
        return false;
      }
      pages.delete(key);
      pages.set(key, page);
      send(page, request, response);
      return true;
    },
    edition: () => edition,
    async keep({ key, edition: shown, html, headers }) {
      if (!isListening || shown !== edition) return;
      const page = await prepare(html, headers, clock());
      // While it was compressed something may have changed.
      if (shown !== edition || page.sizeBytes > sizeLimitBytes) return;
      forget(key);
      pages.set(key, page);
      sizeBytes += page.sizeBytes;
      for (const oldest of pages.keys()) {
        if (sizeBytes <= sizeLimitBytes) break;
        forget(oldest);
      }
    },
    drop,
    listening(now) {
      isListening = now;
      drop();
    },
  };
}

/** What tells one guest's page from another's. None for whoever may not be a guest: any cookie but that of the colors makes somebody of them. */
function keyOf({ method, headers, url = '/' }: IncomingMessage): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || headers.authorization !== undefined || url.length > longestKey) return undefined;
  const [, colors] = /^(?:theme=(light|dark|system))?$/.exec(headers.cookie ?? '') ?? [undefined, undefined];
  if (headers.cookie && colors === undefined) return undefined;
  return `${colors ?? 'system'} ${headers.host ?? ''} ${url}`;
}

async function prepare(html: string, headers: Headers, madeAtMs: number): Promise<ReadyPage> {
  const { body, policy } = withHashes(html, headers.get('content-security-policy') ?? '');
  const identity = Buffer.from(body);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } };
  const [br, gz] = await Promise.all([compress.br(identity, quality), compress.gzip(identity)]);
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) if (!['content-length', 'etag', 'set-cookie', 'x-request-id'].includes(name)) kept[name] = value;
  return {
    headers: { ...kept, 'content-security-policy': policy, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie' },
    bodies: { br, gzip: gz, identity },
    tag: createHash('sha256').update(policy).update(body).digest('base64url').slice(0, 22),
    sizeBytes: identity.length + br.length + gz.length,
    madeAtMs,
  };
}

function send(page: ReadyPage, request: IncomingMessage, response: ServerResponse): void {
  const encoding = encodingFor(String(request.headers['accept-encoding'] ?? ''));
  const body = page.bodies[encoding];
  const etag = `"${page.tag}-${encoding}"`;
  const headers: Record<string, string | number> = { ...page.headers, etag, 'x-request-id': newId() };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  headers['content-length'] = body.length;
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** The smallest that the browser takes. One that refuses an encoding by `q=0` gets the plain bytes. */
function encodingFor(accepted: string): Encoding {
  if (/q=0(\.0*)?(,|$)/.test(accepted.replaceAll(' ', ''))) return 'identity';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}
