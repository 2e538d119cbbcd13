import type { WatchedReport } from '../progress/record-watched.ts';
import type { WatchedFilm } from './film.ts';
import { providePlayhead } from './playhead.ts';
import { reportWatching } from './watch-reporter.ts';

interface Wish {
  /** The lesson for which what is played is kept; null where it is not. */
  reportsTo: string | null;
  /** Goes on from a second, in sight. */
  seek: (second: number) => void;
  onreport: (report: WatchedReport) => void;
  /** The film has come to its end, or (false) plays again. */
  onended: (hasEnded: boolean) => void;
}

/** What the classroom does beside every film, wherever it lies: keeps what is played, lets notes find their moment, and hears of the end. Gives the function that stops it. */
export function accompany(film: WatchedFilm, wish: Wish): () => void {
  const takeBack = providePlayhead({ currentSecond: () => film.currentTime, seek: wish.seek });
  const endReports = wish.reportsTo === null ? undefined : reportWatching(film, wish.reportsTo, wish.onreport);
  const onEnded = () => wish.onended(true);
  const onPlay = () => wish.onended(false);
  film.addEventListener('ended', onEnded);
  film.addEventListener('play', onPlay);
  return () => {
    takeBack();
    endReports?.();
    film.removeEventListener('ended', onEnded);
    film.removeEventListener('play', onPlay);
  };
}
