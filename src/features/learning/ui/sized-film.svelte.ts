import { playSizes, type Sizes } from '#ui/play-sizes.ts';

interface Film {
  src: string;
  /** The list of its sizes. */
  hls: string | null;
}

/** A film that plays in the size that suits the line, or the one that the learner chooses; where that fails, it goes on as it was uploaded. */
export class SizedFilm {
  /** The sizes that can be chosen, the largest first. */
  sizes = $state.raw<number[]>([]);
  /** What the learner chose; null: whichever suits. */
  chosen = $state<number | null>(null);
  /** What plays. */
  playing = $state<number>();
  readonly #film: Film;
  #element: HTMLVideoElement | undefined;
  #player: Sizes | undefined;
  #isOver = false;

  constructor(film: Film) {
    this.#film = film;
  }

  /** Takes the element in hand, and says when it can play. Gives the function that lets go of it. */
  begin(element: HTMLVideoElement, startAt: number, onready: () => void): () => void {
    this.#element = element;
    void this.#takeSizes(element, startAt).then(() => {
      if (!this.#isOver) onready();
    });
    return () => {
      this.#isOver = true;
      this.#player?.end();
    };
  }

  choose(size: number | null): void {
    this.chosen = size;
    this.#player?.choose(size);
  }

  /** Where the list of sizes cannot be had, the element has the film itself already. */
  async #takeSizes(element: HTMLVideoElement, startAt: number): Promise<void> {
    const { hls } = this.#film;
    if (!hls) return;
    const player = await playSizes(element, {
      hls,
      startAt,
      onsizes: (sizes) => {
        this.sizes = sizes;
      },
      onsize: (size) => {
        this.playing = size;
      },
      onfail: () => void this.#goOnPlain(),
    }).catch(() => undefined);
    if (this.#isOver) player?.end();
    else this.#player = player;
  }

  /** What was played so far is reported before the player forgets it, as it does with every new source. */
  async #goOnPlain(): Promise<void> {
    const element = this.#element;
    const player = this.#player;
    if (!element || this.#isOver || !player) return;
    this.#player = undefined;
    const wasPlaying = !element.paused;
    if (wasPlaying) {
      const paused = new Promise((resolve) => element.addEventListener('pause', resolve, { once: true }));
      element.pause();
      await paused;
    }
    const second = element.currentTime;
    player.end();
    this.sizes = [];
    element.src = second > 0 ? `${this.#film.src}#t=${second}` : this.#film.src;
    if (wasPlaying) void element.play().catch(() => undefined);
  }
}
