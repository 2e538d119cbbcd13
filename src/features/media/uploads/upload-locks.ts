import { ERRORS, type Lock, type Locker } from '@tus/server';

interface Held {
  /** Asks whoever holds the upload to let go of it. */
  askToLetGo: () => unknown;
  free: Promise<void>;
}

/** One request at a time for each upload. Who comes later is sent by a client that lost its connection: the one before is asked to end, and waited for. */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Held>();

  newLock(id: string): Lock {
    let letGo = () => {};
    return {
      lock: async (signal, askToLetGo) => {
        for (let held = this.#held.get(id); held; held = this.#held.get(id)) {
          held.askToLetGo();
          await Promise.race([held.free, abortOf(signal)]);
          if (signal.aborted) throw ERRORS.ABORTED;
        }
        const free = new Promise<void>((resolve) => {
          letGo = resolve;
        });
        this.#held.set(id, { askToLetGo, free });
      },
      unlock: async () => {
        this.#held.delete(id);
        letGo();
      },
    };
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
