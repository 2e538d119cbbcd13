/** What a film in several sizes tells of itself while it plays, and can be told. */
export interface Sizes {
  /** Plays one size from now on, by its shorter side in pixels, or (null) whichever the line and the frame have room for. */
  choose(size: number | null): void;
  end(): void;
}

export interface SizesWish {
  /** The list of the sizes. */
  hls: string;
  /** Seconds. */
  startAt: number;
  /** The sizes that can be chosen, the largest first; none where the browser chooses by itself. */
  onsizes?(sizes: number[]): void;
  /** The size that plays. */
  onsize?(size: number): void;
  /** It plays no further. */
  onfail(): void;
}

type HlsLibrary = typeof import('hls.js/light').default;

const listType = 'application/vnd.apple.mpegurl';
/** Seconds that are loaded ahead: little before somebody plays, as the browser does with a plain film. */
const [aheadOfPlay, aheadInPlay] = [6, 30];

/** Lets an element play a film in the size that suits it. Undefined where the browser cannot: then the film plays as it was uploaded. */
export async function playSizes(element: HTMLVideoElement, wish: SizesWish): Promise<Sizes | undefined> {
  const canItself = element.canPlayType(listType) !== '';
  // Apple's own player also plays on a television, which it does not do with what a script hands to it.
  if (canItself && 'webkitShowPlaybackTargetPicker' in element) return playItself(element, wish);
  const { default: Hls } = await import('hls.js/light');
  // Whoever has pressed play meanwhile sees the film already.
  if (!element.paused) return undefined;
  if (!Hls.isSupported()) return canItself ? playItself(element, wish) : undefined;

  const hls = new Hls({
    // A worker would have to be made of a text, which the school's policy forbids; pieces need no work before they play.
    enableWorker: false,
    startPosition: wish.startAt > 0 ? wish.startAt : -1,
    capLevelToPlayerSize: true,
    abrEwmaDefaultEstimate: 2_000_000,
    maxBufferLength: aheadOfPlay,
  });
  const sizeOf = (level: { width: number; height: number } | undefined) => (level ? Math.min(level.width, level.height) : 0);
  const onPlay = () => {
    hls.config.maxBufferLength = aheadInPlay;
  };
  hls.on(Hls.Events.MANIFEST_PARSED, () => wish.onsizes?.(hls.levels.map(sizeOf).reverse()));
  hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => wish.onsize?.(sizeOf(hls.levels[level])));
  mendOnce(Hls, hls, wish.onfail);
  element.addEventListener('play', onPlay);
  hls.loadSource(wish.hls);
  hls.attachMedia(element);
  return {
    choose(size) {
      hls.nextLevel = size === null ? -1 : hls.levels.findIndex((level) => sizeOf(level) === size);
    },
    end() {
      element.removeEventListener('play', onPlay);
      hls.destroy();
    },
  };
}

/** What cannot be decoded is tried anew once; then, and where the film is refused or its list broken, it plays no further. */
function mendOnce(Hls: HlsLibrary, hls: InstanceType<HlsLibrary>, onfail: () => void): void {
  let isMended = false;
  let hasFailed = false;
  hls.on(Hls.Events.ERROR, (_, { fatal, type, response }) => {
    // One link opens all sizes: what is refused in one is refused in each.
    const status = response?.code ?? 0;
    const isRefused = type === Hls.ErrorTypes.NETWORK_ERROR && status >= 400 && status < 500;
    if (hasFailed || !(fatal || isRefused)) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && !isMended) {
      isMended = true;
      hls.recoverMediaError();
    } else {
      hasFailed = true;
      onfail();
    }
  });
}

function playItself(element: HTMLVideoElement, { hls, startAt, onfail }: SizesWish): Sizes {
  element.addEventListener('error', onfail);
  element.src = startAt > 0 ? `${hls}#t=${startAt}` : hls;
  return { choose: () => undefined, end: () => element.removeEventListener('error', onfail) };
}
