import type { DetailedError, Upload } from 'tus-js-client';
import type { UploadedFile } from '../index.server.ts';
import type { UploadPurpose } from '../uploads/purposes.ts';

/** A stored file as a page hears of it. */
export type ArrivedFile = Pick<UploadedFile, 'id' | 'name' | 'contentType' | 'sizeBytes' | 'url' | 'width' | 'height'>;

export type UploadState =
  | { kind: 'empty' }
  | { kind: 'sending' | 'paused' | 'waiting'; name: string; sentBytes: number; sizeBytes: number; secondsLeft?: number | undefined }
  | { kind: 'finishing'; name: string; sizeBytes: number }
  | { kind: 'arrived'; file: ArrivedFile }
  | { kind: 'refused'; message: string };

const endpoint = '/uploads';
/** Small enough for a slow line and for the limits of most proxies; a piece that breaks off goes on where it broke. */
const pieceBytes = 8 * 1024 * 1024;
/** Patience after a lost connection. It begins anew with every byte that gets through. */
const retryDelays = [500, 1000, 3000, 5000, 10_000, 15_000, 30_000, 30_000, 60_000, 60_000];

/** Sends one file at a time and says how far it is. */
export class UploadMachine {
  state = $state.raw<UploadState>({ kind: 'empty' });
  readonly #purpose: UploadPurpose;
  readonly #arrived: (file: ArrivedFile) => unknown;
  #upload: Upload | undefined;
  #pace: { at: number; sentBytes: number }[] = [];

  constructor(purpose: UploadPurpose, arrived: (file: ArrivedFile) => unknown) {
    this.#purpose = purpose;
    this.#arrived = arrived;
  }

  /** Begins to send a file, or goes on with it where it was left: also after the page was loaded anew and the same file is chosen. */
  async send(file: File): Promise<void> {
    this.#pace = [];
    this.state = { kind: 'sending', name: file.name, sentBytes: 0, sizeBytes: file.size };
    const tus = await import('tus-js-client');
    const upload: Upload = new tus.Upload(file, {
      endpoint,
      chunkSize: pieceBytes,
      retryDelays,
      metadata: { filename: file.name, purpose: this.#purpose },
      fingerprint: async () => ['lyceum', this.#purpose, file.name, file.size, file.lastModified].join('-'),
      removeFingerprintOnSuccess: true,
      onProgress: (sentBytes, sizeBytes) => this.#progress(upload, file.name, sentBytes, sizeBytes),
      onShouldRetry: (error) => this.#shouldRetry(upload, error),
      onError: (error) => {
        if (this.#upload === upload) this.state = { kind: 'refused', message: messageOf(error as DetailedError) };
      },
      onSuccess: () => void this.#finish(upload, file),
    });
    this.#upload = upload;
    const [before] = await upload.findPreviousUploads();
    if (this.#upload !== upload) return;
    if (before) upload.resumeFromPreviousUpload(before);
    upload.start();
  }

  async pause(): Promise<void> {
    const { state } = this;
    if (state.kind !== 'sending' && state.kind !== 'waiting') return;
    this.state = { ...state, kind: 'paused', secondsLeft: undefined };
    await this.#upload?.abort();
  }

  resume(): void {
    if (this.state.kind !== 'paused' && this.state.kind !== 'waiting') return;
    this.#pace = [];
    this.state = { ...this.state, kind: 'sending' };
    this.#upload?.start();
  }

  /** Forgets the file; what is on the server of an unfinished one goes at once. */
  async forget(): Promise<void> {
    const upload = this.#upload;
    const isUnfinished = ['sending', 'paused', 'waiting'].includes(this.state.kind);
    this.#upload = undefined;
    this.state = { kind: 'empty' };
    // Should the connection be gone too, the school removes it after a day.
    if (isUnfinished) await upload?.abort(true).catch(() => {});
  }

  #progress(upload: Upload, name: string, sentBytes: number, sizeBytes: number): void {
    if (this.#upload !== upload || this.state.kind === 'paused') return;
    const at = performance.now();
    this.#pace = [...this.#pace.filter((mark) => at - mark.at < 15_000), { at, sentBytes }];
    this.state = { kind: 'sending', name, sentBytes, sizeBytes, secondsLeft: secondsLeft(this.#pace, sizeBytes) };
  }

  /** A refusal of the school is final; everything else is a bad line, or a school that is just being restarted. */
  #shouldRetry(upload: Upload, error: DetailedError): boolean {
    const status = error.originalResponse?.getStatus() ?? 0;
    const again = status < 400 || status >= 500 || status === 409 || status === 423;
    if (again && this.#upload === upload && this.state.kind === 'sending')
      this.state = { ...this.state, kind: 'waiting', secondsLeft: undefined };
    return again;
  }

  /** All bytes are there: asks for the file that they made, until there is an answer. */
  async #finish(upload: Upload, file: File): Promise<void> {
    for (let attempt = 0; this.#upload === upload; attempt += 1) {
      this.state = { kind: 'finishing', name: file.name, sizeBytes: file.size };
      const answer = await fetch(upload.url ?? '', { method: 'POST' }).catch(() => undefined);
      if (this.#upload !== upload) return;
      if (answer?.status === 200) {
        const stored: ArrivedFile = await answer.json();
        this.state = { kind: 'arrived', file: stored };
        this.#arrived(stored);
        return;
      }
      if (answer && answer.status >= 400 && answer.status < 500) {
        this.state = { kind: 'refused', message: await answer.text() };
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, retryDelays[Math.min(attempt, retryDelays.length - 1)]));
    }
  }
}

function secondsLeft(pace: { at: number; sentBytes: number }[], sizeBytes: number): number | undefined {
  const [first, last] = [pace[0], pace.at(-1)];
  if (!first || !last || last.at - first.at < 1500 || last.sentBytes <= first.sentBytes) return undefined;
  return ((sizeBytes - last.sentBytes) * (last.at - first.at)) / (last.sentBytes - first.sentBytes) / 1000;
}

function messageOf(error: DetailedError): string {
  const said = error.originalResponse?.getBody().trim();
  return said || 'The school could not be reached. What has arrived is kept for a day: choose the same file again to go on.';
}
