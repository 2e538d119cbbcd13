import type { ChapterPlace, LessonPlace } from './places.ts';

/** What is being moved by hand, and where it would go. */
export interface Held {
  kind: 'lesson' | 'chapter';
  id: string;
  by: 'keys' | 'pointer';
}

/** A place for what is held: for a chapter without `chapterId`. */
export type Mark = LessonPlace | (ChapterPlace & { chapterId?: undefined });

/** Nearer to the edge of the window than this, the page scrolls. */
const edge = 72;
/** A press that moves less than this is no drag. */
const threshold = 5;

const middleOf = (element: Element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

/** Dragging in the outline by a pointer: what is dragged, and the place it would fall to. */
export class Lift {
  held = $state<Held | null>(null);
  mark = $state<Mark | null>(null);
  #root: () => HTMLElement;
  #ondrop: (held: Held, mark: Mark) => void;

  constructor(root: () => HTMLElement, ondrop: (held: Held, mark: Mark) => void) {
    this.#root = root;
    this.#ondrop = ondrop;
  }

  /** Begins when the pointer has gone a little way; until then it is a press. */
  press(kind: Held['kind'], id: string, down: PointerEvent): void {
    if (down.button !== 0 || this.held) return;
    const ending = new AbortController();
    const { signal } = ending;
    let y = down.clientY;
    const scroller = setInterval(() => this.held?.by === 'pointer' && this.#scrollNear(y), 16);
    signal.addEventListener('abort', () => clearInterval(scroller));
    const end = (drops: boolean) => {
      ending.abort();
      const { held, mark } = this;
      this.held = this.mark = null;
      if (drops && held && mark) this.#ondrop(held, mark);
    };
    const move = (event: PointerEvent) => {
      y = event.clientY;
      if (!this.held && Math.hypot(event.clientX - down.clientX, y - down.clientY) < threshold) return;
      this.held = { kind, id, by: 'pointer' };
      this.mark = kind === 'lesson' ? this.#lessonPlaceAt(y, id) : this.#chapterPlaceAt(y, id);
    };
    addEventListener('pointermove', move, { signal });
    addEventListener('pointerup', () => end(true), { signal });
    addEventListener('pointercancel', () => end(false), { signal });
    addEventListener('keydown', (event) => event.key === 'Escape' && end(false), { signal });
  }

  #scrollNear(y: number): void {
    const over = y < edge ? y - edge : Math.max(0, y - (innerHeight - edge));
    if (over !== 0) scrollBy(0, over / 4);
  }

  #lessonPlaceAt(y: number, id: string): LessonPlace {
    const chapters = [...this.#root().querySelectorAll<HTMLElement>('[data-chapter]')];
    const chapter = chapters.findLast((element) => element.getBoundingClientRect().top <= y) ?? chapters[0]!;
    const lessons = [...chapter.querySelectorAll<HTMLElement>('[data-lesson]')].filter((element) => element.dataset.lesson !== id);
    return { chapterId: chapter.dataset.chapter!, ...this.#between(lessons, y, 'lesson') };
  }

  #chapterPlaceAt(y: number, id: string): ChapterPlace {
    const chapters = [...this.#root().querySelectorAll<HTMLElement>('[data-chapter]')].filter((element) => element.dataset.chapter !== id);
    return this.#between(chapters, y, 'chapter');
  }

  #between(row: HTMLElement[], y: number, name: Held['kind']): ChapterPlace {
    const found = row.findIndex((element) => middleOf(element) > y);
    const place = found < 0 ? row.length : found;
    return { afterId: row[place - 1]?.dataset[name] ?? null, beforeId: row[place]?.dataset[name] ?? null };
  }
}
