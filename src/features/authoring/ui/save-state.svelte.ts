/** Whether what one sees is kept. Lives in the browser only. */
type SaveState =
  | { kind: 'idle' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  | { kind: 'failed'; message: string };

const held = $state<{ state: SaveState }>({ state: { kind: 'idle' } });

/** What the head of the studio says about keeping. */
export function saveState(): SaveState {
  return held.state;
}

/** What is said to somebody whose session ended while they wrote. */
export const signedOut = 'Not saved: sign in again in another tab, and write on here.';

/** Something was changed that is not on its way yet. */
export function unsaved(): void {
  held.state = { kind: 'unsaved' };
}

/** A change is on its way. */
export function saving(): void {
  held.state = { kind: 'saving' };
}

/** Everything is kept, as of a moment. */
export function saved(at: Date): void {
  held.state = { kind: 'saved', at };
}

/** A change could not be kept; the message says why, and what to do. */
export function failed(message: string): void {
  held.state = { kind: 'failed', message };
}

/** Another page begins, with nothing to keep. */
export function nothingToSave(): void {
  held.state = { kind: 'idle' };
}
