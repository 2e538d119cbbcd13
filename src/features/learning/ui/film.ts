/** As much of a player as reporting needs: the browser's own has it, and the players of far sites are given it. */
export interface WatchedFilm extends EventTarget {
  readonly paused: boolean;
  readonly currentTime: number;
  readonly played: { readonly length: number; start(index: number): number; end(index: number): number };
}

/** The speeds that every player offers. */
export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2];

const speedKey = 'lyceum.player.speed';

/** The speed that this browser chose last. */
export function keptSpeed(): number {
  const kept = Number(localStorage.getItem(speedKey));
  return speeds.includes(kept) ? kept : 1;
}

/** Remembers a speed for this browser's next film. */
export function keepSpeed(speed: number): void {
  localStorage.setItem(speedKey, String(speed));
}
