import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import type { DriverContract } from 'flydrive/types';
import { newId } from './ids.ts';
import type { Storage } from './storage.server.ts';
import type { S3Place } from './storage-place.ts';

/** Parts of an object that is sent in pieces: two are in memory at a time, and there may be 10,000. */
const partBytes = 8 * 1024 * 1024;
const mostParts = 10_000;
/** What one request of S3 copies at the most, and the parts of what is larger. */
const copiedAtOnceBytes = 5 * 1024 ** 3;
const copiedPartBytes = 1024 ** 3;

/** Storage in a bucket of a service that speaks S3. Its library is loaded with the first request: a school with a folder never pays for it. */
export class S3Storage extends Disk implements Storage {
  readonly kind = 'S3';
  readonly #place: S3Place;
  readonly #scratchDir: string;
  readonly #copiedAtOnceBytes: number;
  #client: Promise<S3Client> | undefined;

  constructor(place: S3Place, scratchDir: string, limits = { copiedAtOnceBytes }) {
    super(loadedLater(async () => this.#makeDriver()));
    this.#place = place;
    this.#scratchDir = scratchDir;
    this.#copiedAtOnceBytes = limits.copiedAtOnceBytes;
  }

  async receive(content: Readable, meter: Transform = new PassThrough()): Promise<string> {
    const received = `incoming/${newId()}`;
    const passing = new PassThrough();
    const stop = new AbortController();
    const results = await Promise.allSettled([
      pipeline(content, meter, passing).catch((error) => {
        stop.abort();
        throw error;
      }),
      this.#send(received, passing, partBytes, stop).catch((error) => {
        passing.destroy(error);
        throw error;
      }),
    ]);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    return received;
  }

  async settle(received: string, key: string): Promise<void> {
    const { contentLength } = await this.getMetaData(received);
    await (contentLength > this.#copiedAtOnceBytes ? this.#copyInParts(received, key, contentLength) : this.#copyAtOnce(received, key));
    await this.delete(received);
  }

  async putFile(path: string, key: string): Promise<void> {
    const { size } = await stat(path);
    await this.#send(this.file(key).key, createReadStream(path), Math.max(partBytes, Math.ceil(size / (mostParts - 1))));
  }

  getRange(key: string, { start, end }: { start: number; end: number }): Readable {
    const stop = new AbortController();
    const read = this.#read(this.file(key).key, `bytes=${start}-${end}`, stop.signal);
    return Readable.from(read, { objectMode: false }).once('close', () => stop.abort());
  }

  async withLocalCopy<Result>(key: string, use: (path: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.#scratchDir, { recursive: true });
    const path = join(this.#scratchDir, newId());
    try {
      await pipeline(await this.getStream(key), createWriteStream(path));
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  async *#read(key: string, range: string, signal: AbortSignal): AsyncGenerator<Buffer> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new GetObjectCommand({ Bucket: this.#place.bucket, Key: key, Range: range });
    const { Body } = await (await this.#open()).send(command, { abortSignal: signal });
    yield* Body as Readable;
  }

  async #send(key: string, content: Readable, partSize: number, stop?: AbortController): Promise<void> {
    const { Upload } = await import('@aws-sdk/lib-storage');
    const params = { Bucket: this.#place.bucket, Key: key, Body: content };
    await new Upload({ client: await this.#open(), params, partSize, queueSize: 2, ...(stop && { abortController: stop }) }).done();
  }

  async #copyAtOnce(from: string, to: string): Promise<void> {
    const { CopyObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket } = this.#place;
    await (await this.#open()).send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: `${bucket}/${from}` }));
  }

  async #copyInParts(from: string, to: string, sizeBytes: number): Promise<void> {
    const { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCopyCommand } =
      await import('@aws-sdk/client-s3');
    const client = await this.#open();
    const target = { Bucket: this.#place.bucket, Key: to };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const partSize = Math.min(copiedPartBytes, this.#copiedAtOnceBytes);
    try {
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (let start = 0; start < sizeBytes; start += partSize) {
        const PartNumber = Parts.length + 1;
        const CopySourceRange = `bytes=${start}-${Math.min(start + partSize, sizeBytes) - 1}`;
        const CopySource = `${target.Bucket}/${from}`;
        const part = await client.send(new UploadPartCopyCommand({ ...target, UploadId, PartNumber, CopySource, CopySourceRange }));
        Parts.push({ PartNumber, ETag: part.CopyPartResult?.ETag });
      }
      await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
      throw error;
    }
  }

  #open(): Promise<S3Client> {
    this.#client ??= import('@aws-sdk/client-s3').then(({ S3Client }) => {
      const { endpoint, region, accessKeyId, secretAccessKey } = this.#place;
      return new S3Client({
        endpoint,
        region,
        credentials: { accessKeyId, secretAccessKey },
        // The bucket as a folder of the address, and sums only where S3 asks for them: what every service of the kind understands.
        forcePathStyle: true,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      });
    });
    return this.#client;
  }

  async #makeDriver(): Promise<DriverContract> {
    const { S3Driver } = await import('flydrive/drivers/s3');
    return new S3Driver({ client: await this.#open(), bucket: this.#place.bucket, visibility: 'private', supportsACL: false });
  }
}

/** A driver whose library is loaded when it is first asked for something. */
function loadedLater(load: () => Promise<DriverContract>): DriverContract {
  let driver: Promise<DriverContract> | undefined;
  const method =
    (name: keyof DriverContract) =>
    async (...input: unknown[]): Promise<unknown> => {
      driver ??= load();
      const loaded = (await driver) as unknown as Record<string, (...input: unknown[]) => unknown>;
      return loaded[name]?.(...input);
    };
  return new Proxy({} as DriverContract, { get: (_, name) => method(name as keyof DriverContract) });
}
