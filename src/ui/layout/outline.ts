/** A line of an outline: a lesson, a page, a step. */
export interface OutlineEntry {
  id: string;
  title: string;
  /** Without it the entry cannot be opened. */
  href?: string;
  /** A quiet word or two under the title: "Video, 4 min". */
  meta?: string;
  /** Decides the mark before the title; without it there is none. Of `unmarked` it is the empty place. */
  state?: 'open' | 'done' | 'locked' | 'unmarked';
  current?: boolean;
  /** A word at the end of the line: "Preview". */
  tag?: string;
}

/** A part of an outline, which folds. */
export interface OutlineSection {
  id: string;
  title: string;
  /** At the end of the heading's line: "3 of 7". */
  meta?: string;
  /** Unfolded when the page opens. A section with the current entry always is. */
  open?: boolean;
  entries: OutlineEntry[];
}
