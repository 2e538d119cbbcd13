import type { WatchedFilm } from '../film.ts';
import type { KeyedPlayer } from '../player-keys.ts';
import { PlayedRanges } from './played-ranges.ts';

/** What a far player says of itself; what it does not say is as it was. */
export interface FarNews {
  second?: number;
  durationSeconds?: number;
  speed?: number;
  isMuted?: boolean;
  isPlaying?: boolean;
  hasEnded?: boolean;
}

/** What a far player can be told. */
export interface FarControls {
  play(): void;
  pause(): void;
  seek(second: number): void;
  setSpeed(speed: number): void;
  setMuted(isMuted: boolean): void;
  end(): void;
}

/**
 * A film in the frame of another site, which looks to the classroom like the browser's own player: reports, keys and notes need not know the difference.
 * It announces `ready`, `play`, `pause`, `ended` and `ratechange`.
 */
export class FarFilm extends EventTarget implements WatchedFilm, KeyedPlayer {
  /** Captions are the far player's own business. */
  readonly textTracks = [];
  readonly #frame: HTMLIFrameElement;
  readonly #controls: FarControls;
  readonly #ranges = new PlayedRanges();
  #second = 0;
  #duration = Number.NaN;
  #speed = 1;
  #isMuted = false;
  #isPlaying = false;
  #isReady = false;

  constructor(frame: HTMLIFrameElement, connect: (tell: (news: FarNews) => void) => FarControls) {
    super();
    this.#frame = frame;
    this.#controls = connect((news) => this.#take(news));
  }

  get paused(): boolean {
    return !this.#isPlaying;
  }

  get duration(): number {
    return this.#duration;
  }

  get currentTime(): number {
    return this.#second;
  }

  set currentTime(second: number) {
    this.#controls.seek(second);
    this.#take({ second });
  }

  get playbackRate(): number {
    return this.#speed;
  }

  set playbackRate(speed: number) {
    this.#controls.setSpeed(speed);
  }

  get muted(): boolean {
    return this.#isMuted;
  }

  set muted(isMuted: boolean) {
    this.#isMuted = isMuted;
    this.#controls.setMuted(isMuted);
  }

  get played(): WatchedFilm['played'] {
    const ranges = this.#ranges.all;
    return { length: ranges.length, start: (index) => ranges[index]![0], end: (index) => ranges[index]![1] };
  }

  async play(): Promise<void> {
    this.#controls.play();
  }

  pause(): void {
    this.#controls.pause();
  }

  requestFullscreen(): Promise<void> {
    return this.#frame.requestFullscreen();
  }

  /** Listens no longer. */
  end(): void {
    this.#controls.end();
  }

  #take(news: FarNews): void {
    const wasPlaying = this.#isPlaying;
    const speedBefore = this.#speed;
    this.#second = news.second ?? this.#second;
    this.#duration = news.durationSeconds ?? this.#duration;
    this.#speed = news.speed ?? this.#speed;
    this.#isMuted = news.isMuted ?? this.#isMuted;
    this.#isPlaying = news.hasEnded ? false : (news.isPlaying ?? this.#isPlaying);
    this.#ranges.add({ second: this.#second, isPlaying: this.#isPlaying, speed: this.#speed, atMs: performance.now() });
    if (!this.#isReady) this.#tell('ready');
    this.#isReady = true;
    if (this.#speed !== speedBefore) this.#tell('ratechange');
    if (wasPlaying !== this.#isPlaying) this.#tell(wasPlaying ? 'pause' : 'play');
    if (news.hasEnded) this.#tell('ended');
  }

  #tell(name: string): void {
    this.dispatchEvent(new Event(name));
  }
}
