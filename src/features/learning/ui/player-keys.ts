/** As much of a player as keys need. */
export interface KeyedPlayer {
  paused: boolean;
  muted: boolean;
  currentTime: number;
  duration: number;
  textTracks: ArrayLike<{ mode: 'disabled' | 'hidden' | 'showing' }>;
  play(): Promise<void>;
  pause(): void;
  requestFullscreen(): Promise<void>;
  /** Not every browser has it, and no far player. */
  requestPictureInPicture?(): Promise<unknown>;
}

/** A key as it is pressed. */
export interface PressedKey {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  target: unknown;
  preventDefault(): void;
}

const leap = 10;

const actions: Record<string, (player: KeyedPlayer) => void> = {
  k: (player) => (player.paused ? void player.play().catch(() => undefined) : player.pause()),
  j: (player) => {
    player.currentTime = Math.max(0, player.currentTime - leap);
  },
  l: (player) => {
    player.currentTime = Math.min(Number.isFinite(player.duration) ? player.duration : Infinity, player.currentTime + leap);
  },
  m: (player) => {
    player.muted = !player.muted;
  },
  f: (player) => void player.requestFullscreen().catch(() => undefined),
  p: (player) => void player.requestPictureInPicture?.().catch(() => undefined),
  c: (player) => {
    const tracks = Array.from(player.textTracks);
    const isShowing = tracks.some((track) => track.mode === 'showing');
    for (const [index, track] of tracks.entries()) track.mode = !isShowing && index === 0 ? 'showing' : 'disabled';
  },
};

/** The list of keys, which lies beneath the film. */
export const keysDialogId = 'player-keys';

function showKeys(): void {
  const dialog = document.getElementById(keysDialogId);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** What every player's keys do, in words. */
export const keysInWords = [
  { keys: ['K'], does: 'Play or pause' },
  { keys: ['J', 'L'], does: 'Ten seconds back or on' },
  { keys: ['M'], does: 'Sound on or off' },
  { keys: ['F'], does: 'Full screen' },
];

/** Does what a key says to the player that has the focus: K plays, J and L leap, M mutes, F fills the screen, C shows captions, P takes the picture out of the page. */
export function playerKey(event: PressedKey, player: KeyedPlayer): void {
  const isChoosing = (event.target as { tagName?: string } | null)?.tagName === 'SELECT';
  if (event.altKey || event.ctrlKey || event.metaKey || isChoosing) return;
  const action = event.key === '?' ? showKeys : actions[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action(player);
}
