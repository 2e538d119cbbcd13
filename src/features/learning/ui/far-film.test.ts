import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FarFilm } from './far/far-film.ts';
import { PlayedRanges } from './far/played-ranges.ts';
import { vimeoFrame } from './far/vimeo-film.ts';
import { youtubeFilm, youtubeFrame, youtubeNews } from './far/youtube-film.ts';

const site = 'https://www.youtube-nocookie.com';

/** The window of this page, as far as messages go. */
const page = new EventTarget();

/** A frame that remembers what it is told, and the window that speaks from it. */
function fakeFrame() {
  const told: { message: Record<string, unknown>; to: string }[] = [];
  const contentWindow = { postMessage: (text: string, to: string) => told.push({ message: JSON.parse(text), to }) };
  const say = (message: unknown, from: { origin?: string; source?: unknown } = {}) =>
    page.dispatchEvent(
      Object.assign(new Event('message'), {
        origin: site,
        source: contentWindow,
        data: typeof message === 'string' ? message : JSON.stringify(message),
        ...from,
      }),
    );
  const playing = (info: object) => say({ event: 'infoDelivery', channel: 'widget', id: 'lesson', info });
  const frame = Object.assign(new EventTarget(), { contentWindow });
  const load = () => frame.dispatchEvent(new Event('load'));
  return { frame: frame as unknown as HTMLIFrameElement, told, say, playing, load };
}

const played = ({ played }: FarFilm) => Array.from({ length: played.length }, (_, index) => [played.start(index), played.end(index)]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('location', { origin: 'https://school.example' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a film at YouTube', () => {
  test('is asked to speak until it does, and told things at its own address alone', () => {
    const { frame, told, playing, load } = fakeFrame();
    const film = youtubeFilm(frame);
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([]);
    load();
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(4);
    expect(new Set(told.map(({ to }) => to))).toEqual(new Set([site]));
    expect(told[0]?.message).toMatchObject({ event: 'listening', channel: 'widget' });
    playing({ playerState: 1, currentTime: 0, duration: 600 });
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(4);
    film.currentTime = 75;
    film.playbackRate = 1.5;
    film.muted = true;
    film.pause();
    expect(told.slice(4).map(({ message }) => [message.func, message.args])).toEqual([
      ['seekTo', [75, true]],
      ['setPlaybackRate', [1.5]],
      ['mute', []],
      ['pauseVideo', []],
    ]);
    film.end();
  });

  test('is not asked for ever when something else lies in its frame', () => {
    const { frame, told, load } = fakeFrame();
    const film = youtubeFilm(frame);
    load();
    vi.advanceTimersByTime(120_000);
    expect(told).toHaveLength(60);
    film.end();
  });

  test('counts what it plays, not what is leapt over, and says when it pauses, plays and ends', () => {
    const { frame, playing } = fakeFrame();
    const film = youtubeFilm(frame);
    const heard: string[] = [];
    for (const name of ['ready', 'play', 'pause', 'ended']) film.addEventListener(name, () => heard.push(name));
    const second = (currentTime: number) => {
      vi.advanceTimersByTime(1000);
      playing({ currentTime });
    };
    playing({ playerState: 1, currentTime: 0, duration: 600 });
    for (let at = 1; at <= 10; at += 1) second(at);
    second(500);
    for (let at = 501; at <= 503; at += 1) second(at);
    playing({ playerState: 2 });
    expect([film.paused, film.currentTime, film.duration]).toEqual([true, 503, 600]);
    expect(played(film)).toEqual([
      [0, 10],
      [500, 503],
    ]);
    playing({ playerState: 1 });
    second(504);
    playing({ playerState: 0, currentTime: 505 });
    expect(heard).toEqual(['ready', 'play', 'pause', 'play', 'pause', 'ended']);
    film.end();
    playing({ playerState: 1, currentTime: 7 });
    expect(film.currentTime).toBe(505);
  });

  test('believes neither other windows nor other sites nor what is no message', () => {
    const { frame, say } = fakeFrame();
    const film = youtubeFilm(frame);
    const lie = { event: 'infoDelivery', info: { playerState: 1, currentTime: 590, duration: 600 } };
    say(lie, { origin: 'https://evil.example' });
    say(lie, { source: {} });
    for (const nonsense of ['{', 'null', '7', '{"event":"infoDelivery"}', '{"event":"infoDelivery","info":null}']) say(nonsense);
    expect([film.paused, film.currentTime, film.duration]).toEqual([true, 0, Number.NaN]);
    film.end();
  });

  test.each([
    ['a length of nothing', { duration: 0 }, {}],
    ['what is no number', { currentTime: '5', duration: null, muted: 'no', playbackRate: -1 }, {}],
    ['waiting for data', { playerState: 3, currentTime: 4 }, { second: 4 }],
    ['its end', { playerState: 0 }, { isPlaying: false, hasEnded: true }],
  ])('says %s as it is', (_what, info, news) => {
    expect(youtubeNews(JSON.stringify({ event: 'infoDelivery', info }))).toEqual(news);
  });

  test('begins where the learner stopped, from the host that keeps no cookies, as does one at Vimeo', () => {
    const address = new URL(youtubeFrame('dQw4w9WgXcQ', 75));
    expect(address.origin + address.pathname).toBe(`${site}/embed/dQw4w9WgXcQ`);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ enablejsapi: '1', origin: 'https://school.example', start: '75' });
    expect(vimeoFrame('76979871', 75)).toBe('https://player.vimeo.com/video/76979871?autoplay=1&dnt=1#t=75s');
  });
});

describe('played seconds, worked out from a player’s clock', () => {
  const of = (...moments: [second: number, atSeconds: number, isPlaying?: boolean, speed?: number][]) => {
    const ranges = new PlayedRanges();
    for (const [second, at, isPlaying = true, speed = 1] of moments) ranges.add({ second, isPlaying, speed, atMs: at * 1000 });
    return ranges.all;
  };
  test.each([
    ['what was played counts', of([0, 0], [5, 5], [9, 9]), [[0, 9]]],
    ['twice as fast counts as well', of([0, 0, true, 2], [10, 5, true, 2]), [[0, 10]]],
    ['faster than it was told to play does not', of([0, 0], [10, 5]), []],
    [
      'a leap on counts for nothing',
      of([0, 0], [2, 2], [300, 3], [301, 4]),
      [
        [0, 2],
        [300, 301],
      ],
    ],
    [
      'nor does a leap back',
      of([100, 0], [102, 2], [50, 3], [51, 4]),
      [
        [50, 51],
        [100, 102],
      ],
    ],
    ['rewatching counts once', of([0, 0], [5, 5], [2, 6], [6, 10]), [[0, 6]]],
    ['nor does moving about while it rests', of([0, 0, false], [1, 1, false], [2, 2, false]), []],
  ])('%s', (_sentence, ranges, expected) => expect(ranges).toEqual(expected));
});
