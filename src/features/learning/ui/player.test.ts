import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type KeyedPlayer, playerKey } from './player-keys.ts';
import { reportWatching } from './watch-reporter.ts';

/** As much of a browser's player as reporting needs. */
class Player extends EventTarget {
  paused = false;
  currentTime = 0;
  ranges: [number, number][] = [];
  get played() {
    const { ranges } = this;
    return { length: ranges.length, start: (index: number) => ranges[index]![0], end: (index: number) => ranges[index]![1] };
  }
  /** Plays up to a second. */
  playTo(second: number): void {
    this.ranges = [[0, second]];
    this.currentTime = second;
  }
}

describe('the player’s reports', () => {
  const sent: string[] = [];
  const beacons: string[] = [];
  let answer: () => Promise<Response>;
  let visibility = 'visible';
  const page = Object.assign(new EventTarget(), {});

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    beacons.length = 0;
    visibility = 'visible';
    answer = async () => Response.json({ watchedPercent: 1 });
    vi.stubGlobal('fetch', async (_address: string, options: { body: string }) => {
      sent.push(options.body);
      return answer();
    });
    vi.stubGlobal('navigator', { sendBeacon: (_address: string, body: Blob) => beacons.push(String(body.size)) > 0 });
    vi.stubGlobal('document', Object.defineProperty(new EventTarget(), 'visibilityState', { get: () => visibility }));
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const start = (player: Player, onReport = vi.fn()) => ({
    stop: reportWatching(player as unknown as HTMLVideoElement, 'lesson', onReport),
    onReport,
  });
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

  test('go out every ten seconds while it plays, each with all that was played', async () => {
    const player = new Player();
    const { stop, onReport } = start(player);
    player.playTo(9.6);
    await seconds(10);
    player.playTo(19.7);
    await seconds(10);
    expect(sent.map((body) => JSON.parse(body))).toEqual([
      { played: [[0, 10]], positionSeconds: 9 },
      { played: [[0, 20]], positionSeconds: 19 },
    ]);
    expect(onReport).toHaveBeenCalledTimes(2);
    stop();
  });

  test('rest while it is paused or nothing is new', async () => {
    const player = new Player();
    const { stop } = start(player);
    await seconds(10);
    player.playTo(5);
    player.paused = true;
    player.dispatchEvent(new Event('pause'));
    player.dispatchEvent(new Event('ended'));
    await seconds(30);
    expect(sent).toHaveLength(1);
    stop();
    expect(beacons).toEqual([]);
  });

  test('make up for one that was lost', async () => {
    const player = new Player();
    const { stop } = start(player);
    answer = async () => {
      throw new TypeError('no connection');
    };
    player.playTo(10);
    await seconds(10);
    answer = async () => Response.json({});
    await seconds(10);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
    stop();
  });

  test('go out as a beacon when the page is hidden, left, or another lesson is opened', async () => {
    for (const leave of [
      () => {
        visibility = 'hidden';
        document.dispatchEvent(new Event('visibilitychange'));
      },
      () => page.dispatchEvent(new Event('pagehide')),
      () => undefined,
    ]) {
      const player = new Player();
      const { stop } = start(player);
      player.playTo(4);
      leave();
      stop();
    }
    expect(beacons).toHaveLength(3);
    expect(sent).toEqual([]);
  });

  test('end when the school refuses them', async () => {
    const player = new Player();
    const { stop, onReport } = start(player);
    answer = async () => new Response(null, { status: 404 });
    player.playTo(10);
    await seconds(10);
    player.playTo(20);
    await seconds(10);
    expect(sent).toHaveLength(1);
    expect(onReport).not.toHaveBeenCalled();
    stop();
    expect(beacons).toEqual([]);
  });
});

describe('the player’s keys', () => {
  function player(): KeyedPlayer & { calls: string[] } {
    const calls: string[] = [];
    return {
      calls,
      paused: true,
      muted: false,
      currentTime: 5,
      duration: 60,
      textTracks: [{ mode: 'disabled' }, { mode: 'disabled' }],
      play: async () => void calls.push('play'),
      pause: () => void calls.push('pause'),
      requestFullscreen: async () => void calls.push('fullscreen'),
    };
  }
  const press = (to: KeyedPlayer, key: string, more: object = {}) => {
    const event = { key, altKey: false, ctrlKey: false, metaKey: false, target: null, preventDefault: vi.fn(), ...more };
    playerKey(event, to);
    return event.preventDefault.mock.calls.length > 0;
  };

  test('play, pause, leap within the film, mute, fill the screen and show captions', () => {
    const film = player();
    press(film, 'k');
    film.paused = false;
    press(film, 'K');
    press(film, 'f');
    expect(film.calls).toEqual(['play', 'pause', 'fullscreen']);
    press(film, 'j');
    expect(film.currentTime).toBe(0);
    film.currentTime = 55;
    press(film, 'l');
    expect(film.currentTime).toBe(60);
    press(film, 'm');
    expect(film.muted).toBe(true);
    press(film, 'c');
    expect(Array.from(film.textTracks, (track) => track.mode)).toEqual(['showing', 'disabled']);
    press(film, 'c');
    expect(Array.from(film.textTracks, (track) => track.mode)).toEqual(['disabled', 'disabled']);
  });

  test('leave the browser’s own shortcuts, other keys and a choice of speed alone', () => {
    const film = player();
    expect(press(film, 'k', { ctrlKey: true })).toBe(false);
    expect(press(film, 'l', { metaKey: true })).toBe(false);
    expect(press(film, 'x')).toBe(false);
    expect(press(film, 'k', { target: { tagName: 'SELECT' } })).toBe(false);
    expect(film.calls).toEqual([]);
  });
});
