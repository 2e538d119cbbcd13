import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';

/** The part of a connection of `pg` that carries a COPY; the package has it, and its types do not. */
interface Wire {
  stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

const chunkCharacters = 256 * 1024;

/** Streams lines of COPY's text format into a table, no faster than the server takes them. `onCopied` hears how many lines have gone out. */
export function copyInto(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
  onCopied: (count: number) => void = () => undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const copy = {
      submit: (wire: Wire) => wire.query(`copy ${table} (${columns.join(', ')}) from stdin`),
      handleCopyInResponse: (wire: Wire) => {
        send(wire, lines, onCopied, () => failure !== undefined).then(
          () => wire.endCopyFrom(),
          (error: Error) => wire.sendCopyFail(error.message),
        );
      },
      handleCommandComplete: () => undefined,
      handleError: (error: Error) => {
        failure = error;
        reject(error);
      },
      handleReadyForQuery: () => resolve(),
    };
    client.query(copy as unknown as pg.Submittable);
  });
}

async function send(wire: Wire, lines: Iterable<string>, onCopied: (count: number) => void, hasFailed: () => boolean): Promise<void> {
  let text = '';
  let count = 0;
  for (const line of lines) {
    text += line;
    count += 1;
    if (text.length < chunkCharacters) continue;
    wire.sendCopyFromChunk(Buffer.from(text));
    text = '';
    onCopied(count);
    if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
    if (hasFailed()) return;
  }
  wire.sendCopyFromChunk(Buffer.from(text));
  onCopied(count);
}
