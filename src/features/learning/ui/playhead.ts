/** What notes ask of the player on their page. */
export interface Playhead {
  /** Where the film is. */
  currentSecond(): number;
  /** Brings the film into sight and goes on from there. */
  seek(second: number): void;
}

let playheadOfPage: Playhead | undefined;

/** A player says that it is there. Gives the function that takes it back. */
export function providePlayhead(playhead: Playhead): () => void {
  playheadOfPage = playhead;
  return () => {
    if (playheadOfPage === playhead) playheadOfPage = undefined;
  };
}

/** The page's player; undefined while there is none that can tell where it is. */
export function playhead(): Playhead | undefined {
  return playheadOfPage;
}
