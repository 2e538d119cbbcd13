import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { messageOf } from '../errors.ts';
import type { Runtime } from '../runtime.server.ts';

const pauseMs = 1_000;

/**
 * Listens for what other processes change of guests' pages, on a connection of its own that outlives idle ones. Where it is lost, nothing is
 * kept until it is there again.
 */
export function hearOfChanges(url: string, { guestPages, log }: Pick<Runtime, 'guestPages' | 'log'>): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let client: pg.Client | undefined;

  async function hear(): Promise<void> {
    client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    const lost = new Promise<void>((resolve) => client?.once('error', () => resolve()).once('end', () => resolve()));
    client.on('error', () => undefined);
    client.on('notification', () => guestPages.drop());
    await client.connect();
    await client.query('listen guest_pages');
    guestPages.listening(true);
    await lost;
  }

  /** Not waited for: a client that never reached the server may never say that it has ended. */
  function letGo(): void {
    client?.end().catch(() => undefined);
  }

  async function always(): Promise<void> {
    while (!stopped.signal.aborted) {
      await hear().catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'Changes of guests’ pages cannot be heard'));
      guestPages.listening(false);
      letGo();
      await wait(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }

  const over = always();
  return {
    async stop() {
      stopped.abort();
      guestPages.listening(false);
      letGo();
      await Promise.race([over, wait(pauseMs, undefined, { ref: false })]);
    },
  };
}
