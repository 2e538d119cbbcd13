import { type FarControls, FarFilm, type FarNews } from './far-film.ts';

/** Where the school's pages get YouTube's films from: the host that sets no cookie before a film is played. */
const site = 'https://www.youtube-nocookie.com';

/** How often the frame is asked to speak until it does, and how many times: an error of the browser's in its place never will. */
const askEveryMs = 250;
const mostQuestions = 60;

const states = { ended: 0, playing: 1, buffering: 3 };

/** Address of the frame that plays a film from a second on and can be spoken to. */
export function youtubeFrame(externalId: string, second: number): string {
  const wish = new URLSearchParams({
    autoplay: '1',
    rel: '0',
    playsinline: '1',
    enablejsapi: '1',
    origin: location.origin,
    start: String(second),
  });
  return `${site}/embed/${externalId}?${wish}`;
}

/** The film in a frame of YouTube. It speaks the messages that the site's own script speaks, so that no script of theirs runs in the school. */
export function youtubeFilm(frame: HTMLIFrameElement): FarFilm {
  return new FarFilm(frame, (tell) => connect(frame, tell));
}

function connect(frame: HTMLIFrameElement, tell: (news: FarNews) => void): FarControls {
  const say = (message: object) => frame.contentWindow?.postMessage(JSON.stringify({ ...message, id: 'lesson', channel: 'widget' }), site);
  const command = (func: string, ...args: unknown[]) => say({ event: 'command', func, args });
  let asking: ReturnType<typeof setInterval>;
  let questions = 0;
  const ask = () => {
    questions += 1;
    say({ event: 'listening' });
    if (questions === mostQuestions) clearInterval(asking);
  };
  // Before it has loaded, the frame is still one of this page's own.
  const begin = () => {
    asking = setInterval(ask, askEveryMs);
  };
  frame.addEventListener('load', begin, { once: true });

  const listen = ({ origin, source, data }: MessageEvent) => {
    if (origin !== site || source !== frame.contentWindow) return;
    const news = youtubeNews(data);
    if (!news) return;
    clearInterval(asking);
    tell(news);
  };
  addEventListener('message', listen);
  return {
    play: () => command('playVideo'),
    pause: () => command('pauseVideo'),
    seek: (second) => command('seekTo', second, true),
    setSpeed: (speed) => command('setPlaybackRate', speed),
    setMuted: (isMuted) => command(isMuted ? 'mute' : 'unMute'),
    end: () => {
      frame.removeEventListener('load', begin);
      clearInterval(asking);
      removeEventListener('message', listen);
    },
  };
}

/** What a message of the frame says of the film; undefined when it is none of the kinds that do. */
export function youtubeNews(data: unknown): FarNews | undefined {
  const message = typeof data === 'string' ? parsed(data) : undefined;
  if (!isRecord(message) || (message.event !== 'initialDelivery' && message.event !== 'infoDelivery') || !isRecord(message.info))
    return undefined;
  const { currentTime, duration, playbackRate, muted, playerState } = message.info;
  const isOver = playerState === states.ended;
  return {
    ...(isSecond(currentTime) && { second: currentTime }),
    ...(isSecond(duration) && duration > 0 && { durationSeconds: duration }),
    ...(isSecond(playbackRate) && playbackRate > 0 && { speed: playbackRate }),
    ...(typeof muted === 'boolean' && { isMuted: muted }),
    // A film that waits for its data plays on as soon as it has them.
    ...(typeof playerState === 'number' && playerState !== states.buffering && { isPlaying: playerState === states.playing }),
    ...(isOver && { hasEnded: true }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isSecond = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
