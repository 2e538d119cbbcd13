import Player from '@vimeo/player';
import { FarFilm } from './far-film.ts';

/** Address of the frame that plays a film from a second on. `dnt` asks Vimeo to remember nothing of the viewer. */
export function vimeoFrame(externalId: string, second: number): string {
  return `https://player.vimeo.com/video/${externalId}?autoplay=1&dnt=1#t=${second}s`;
}

interface Place {
  seconds: number;
  duration: number;
}

/** The film in a frame of Vimeo. Their library only sends and receives messages; it lies in the school, and loads nothing. */
export function vimeoFilm(frame: HTMLIFrameElement): FarFilm {
  return new FarFilm(frame, (tell) => {
    const player = new Player(frame);
    // What this film or its owner's plan does not allow stays as it is.
    const ask = (work: Promise<unknown>) => void work.catch(() => undefined);
    const place = ({ seconds, duration }: Place) => ({ second: seconds, durationSeconds: duration });
    ask(player.getDuration().then((durationSeconds) => tell({ durationSeconds })));
    player.on('play', (now: Place) => tell({ ...place(now), isPlaying: true }));
    player.on('pause', (now: Place) => tell({ ...place(now), isPlaying: false }));
    player.on('timeupdate', (now: Place) => tell(place(now)));
    player.on('seeked', (now: Place) => tell(place(now)));
    player.on('ended', (now: Place) => tell({ ...place(now), hasEnded: true }));
    player.on('playbackratechange', ({ playbackRate }: { playbackRate: number }) => tell({ speed: playbackRate }));
    return {
      play: () => ask(player.play()),
      pause: () => ask(player.pause()),
      seek: (second) => ask(player.setCurrentTime(second)),
      setSpeed: (speed) => ask(player.setPlaybackRate(speed)),
      setMuted: (isMuted) => ask(player.setMuted(isMuted)),
      end: () => {
        for (const name of ['play', 'pause', 'timeupdate', 'seeked', 'ended', 'playbackratechange'] as const) player.off(name);
      },
    };
  });
}
