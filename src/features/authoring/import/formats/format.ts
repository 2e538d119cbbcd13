import type { CourseDraft } from '../draft.ts';
import type { SourceTree } from '../source/source-tree.ts';

/** A way of writing courses down that Lyceum reads. A new one is a new file and a line in `formats/all.ts`. */
export interface ImportFormat {
  name: string;
  /** Whether the source is of this format, by what it holds and not by its name; asked in order. */
  recognizes(tree: SourceTree): boolean | Promise<boolean>;
  /** Reads the whole source. What it cannot use it says in `leftOut`; it throws only when no course can be made. */
  read(tree: SourceTree): Promise<CourseDraft>;
}
