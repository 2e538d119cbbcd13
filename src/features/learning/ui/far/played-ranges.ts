import { type PlayedRange, unionOf } from '../../progress/progress.ts';

/** Seconds by which a player's clock may run ahead of the wall's: its messages come late, and several at once. */
const patienceSeconds = 1.5;

/** What is known of a player at a moment. */
export interface Moment {
  second: number;
  isPlaying: boolean;
  speed: number;
  /** Of the wall's clock. */
  atMs: number;
}

/** Works out what was played from where a player says that it is. Where it is further on than it can have played, somebody leapt. */
export class PlayedRanges {
  #done: PlayedRange[] = [];
  #last: Moment | undefined;

  /** Takes in where the player is now. */
  add(now: Moment): void {
    const last = this.#last;
    this.#last = now;
    if (!last?.isPlaying) return;
    const forward = now.second - last.second;
    const possible = ((now.atMs - last.atMs) / 1000) * Math.max(last.speed, now.speed) + patienceSeconds;
    if (forward > 0 && forward <= possible) this.#done = unionOf([...this.#done, [last.second, now.second]]);
  }

  /** In order, none touching another. */
  get all(): readonly PlayedRange[] {
    return this.#done;
  }
}
