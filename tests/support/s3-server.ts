import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type S3Keys, signatureProblem } from './s3-signature.ts';

interface Stored {
  bytes: Buffer;
  lastModified: Date;
}

/** A service that speaks S3 over HTTP, with one bucket in memory: objects, ranges, copies, lists, and uploads and copies in parts. */
export interface S3Server {
  /** As STORAGE_URL names it. */
  url: string;
  objects: Map<string, Stored>;
  /** Method and operation of each request so far. */
  requests: string[];
  /** Uploads in parts that nobody has completed or given up. */
  openParts(): number;
  close(): Promise<void>;
}

const keys: S3Keys = { accessKeyId: 'school-key', secretAccessKey: 'a secret/with+signs' };
const bucket = 'lyceum-files';

interface Asked {
  method: string;
  key: string;
  query: URLSearchParams;
  request: IncomingMessage;
  body: Buffer;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Starts the service. Every request must be signed with its key. */
export async function startS3Server(): Promise<S3Server> {
  const requests: string[] = [];
  const shelf = new Shelf();
  const server = createServer(async (request, response) => {
    try {
      await answer(shelf, request, response, requests);
    } catch (error) {
      const { status, code } = error instanceof Refusal ? error : { status: 500, code: String(error) };
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { accessKeyId, secretAccessKey } = keys;
  return {
    url: `s3://${accessKeyId}:${encodeURIComponent(secretAccessKey)}@127.0.0.1:${port}/${bucket}?region=eu-central-1&tls=off`,
    objects: shelf.objects,
    requests,
    openParts: () => shelf.parts.size,
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function answer(shelf: Shelf, request: IncomingMessage, response: ServerResponse, requests: string[]): Promise<void> {
  const body = await buffer(request);
  const problem = signatureProblem(request, body, keys);
  if (problem) throw new Refusal(403, problem);
  const url = new URL(request.url ?? '/', 'http://s3.test');
  const [, inBucket, ...rest] = decodeURIComponent(url.pathname).split('/');
  if (inBucket !== bucket) throw new Refusal(404, 'NoSuchBucket');
  const asked: Asked = { method: request.method ?? '', key: rest.join('/'), query: url.searchParams, request, body };
  requests.push(`${asked.method}${['uploads', 'uploadId', 'delete'].filter((name) => asked.query.has(name)).map((name) => ` ${name}`)}`);
  const { status = 200, headers = {}, content = '' } = shelf.answer(asked);
  response.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers });
  response.end(asked.method === 'HEAD' ? undefined : content);
}

interface Answer {
  status?: number;
  headers?: Record<string, string | number>;
  content?: string | Buffer;
}

class Shelf {
  readonly objects = new Map<string, Stored>();
  readonly parts = new Map<string, Map<number, Buffer>>();

  answer(asked: Asked): Answer {
    const { method, key, query } = asked;
    if (query.has('uploads') || query.has('uploadId')) return this.#inParts(asked);
    if (method === 'POST' && query.has('delete')) return this.#deleteMany(asked.body.toString());
    if (method === 'GET' && key === '') return this.#list(query);
    if (method === 'PUT') return this.#put(key, this.#copied(asked) ?? asked.body, asked);
    if (method === 'DELETE') return this.#delete(key);
    if (method === 'GET' || method === 'HEAD') return this.#get(asked);
    throw new Refusal(405, 'MethodNotAllowed');
  }

  #put(key: string, bytes: Buffer, { request }: Asked): Answer {
    this.objects.set(key, { bytes, lastModified: new Date() });
    const etag = tagOf(bytes);
    if (!request.headers['x-amz-copy-source']) return { headers: { etag } };
    return xml(`<CopyObjectResult><ETag>${etag}</ETag><LastModified>${new Date().toISOString()}</LastModified></CopyObjectResult>`);
  }

  #get({ key, request }: Asked): Answer {
    const { bytes, lastModified } = this.#stored(key);
    const headers = { etag: tagOf(bytes), 'last-modified': lastModified.toUTCString(), 'accept-ranges': 'bytes' };
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (!range)
      return { headers, content: bytes, ...(request.method === 'HEAD' && { headers: { ...headers, 'content-length': bytes.length } }) };
    const [start, end] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
    if (start >= bytes.length) throw new Refusal(416, 'InvalidRange');
    return {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
      content: bytes.subarray(start, end + 1),
    };
  }

  /** The bytes that a copy names instead of bringing them. */
  #copied({ request }: Asked): Buffer | undefined {
    const source = request.headers['x-amz-copy-source'];
    if (source === undefined) return undefined;
    const { bytes } = this.#stored(decodeURIComponent(String(source)).replace(/^\/?[^/]+\//, ''));
    const range = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers['x-amz-copy-source-range'] ?? ''));
    return range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
  }

  #inParts(asked: Asked): Answer {
    const { method, key, query, body } = asked;
    if (method === 'POST' && query.has('uploads')) {
      const id = `upload-${this.parts.size}-${Math.random().toString(36).slice(2)}`;
      this.parts.set(id, new Map());
      return xml(
        `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const id = query.get('uploadId') ?? '';
    const parts = this.parts.get(id);
    if (!parts) throw new Refusal(404, 'NoSuchUpload');
    if (method === 'PUT') {
      const copied = this.#copied(asked);
      const bytes = copied ?? body;
      parts.set(Number(query.get('partNumber')), bytes);
      return copied ? xml(`<CopyPartResult><ETag>${tagOf(bytes)}</ETag></CopyPartResult>`) : { headers: { etag: tagOf(bytes) } };
    }
    this.parts.delete(id);
    if (method === 'DELETE') return { status: 204 };
    const wanted = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
    const bytes = Buffer.concat(wanted.map((number) => parts.get(number) ?? Buffer.alloc(0)));
    this.objects.set(key, { bytes, lastModified: new Date() });
    return xml(`<CompleteMultipartUploadResult><Key>${key}</Key><ETag>${tagOf(bytes)}</ETag></CompleteMultipartUploadResult>`);
  }

  #list(query: URLSearchParams): Answer {
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter') ?? '';
    const most = Number(query.get('max-keys') ?? 1000);
    const after = query.get('continuation-token') ?? '';
    const entries = new Map<string, string>();
    for (const key of [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort()) {
      const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      const name = cut < 0 ? key : key.slice(0, cut + 1);
      if (name <= after) continue;
      const { bytes, lastModified } = this.#stored(key);
      const facts = `<LastModified>${lastModified.toISOString()}</LastModified><Size>${bytes.length}</Size><ETag>${tagOf(bytes)}</ETag>`;
      entries.set(
        name,
        cut < 0 ? `<Contents><Key>${key}</Key>${facts}</Contents>` : `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`,
      );
    }
    const shown = [...entries].slice(0, most);
    const more = entries.size > shown.length ? `<NextContinuationToken>${shown.at(-1)?.[0]}</NextContinuationToken>` : '';
    const isCut = `<IsTruncated>${more !== ''}</IsTruncated>`;
    return xml(`<ListBucketResult><Name>${bucket}</Name>${isCut}${more}${shown.map(([, entry]) => entry).join('')}</ListBucketResult>`);
  }

  #delete(key: string): Answer {
    this.objects.delete(key);
    return { status: 204 };
  }

  #deleteMany(body: string): Answer {
    for (const [, key] of body.matchAll(/<Key>([^<]+)<\/Key>/g)) this.objects.delete(key!);
    return xml('<DeleteResult></DeleteResult>');
  }

  #stored(key: string): Stored {
    const stored = this.objects.get(key);
    if (!stored) throw new Refusal(404, 'NoSuchKey');
    return stored;
  }
}

const tagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;
const xml = (content: string): Answer => ({ headers: { 'content-type': 'application/xml' }, content: `<?xml version="1.0"?>${content}` });
