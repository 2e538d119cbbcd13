import { AppError } from '#platform/errors.ts';
import type { Item } from '../../report.ts';
import type { SourceTree } from '../../source/source-tree.ts';
import { isMarkdown, type Outline, outlineOf } from './outline.ts';
import { BrokenFile, readTextFile, type TextFile } from './text-file.ts';

/** Everything that reading a source gathers. */
export interface Reading {
  tree: SourceTree;
  outline: Outline;
  texts: ReadonlyMap<string, TextFile>;
  changed: Item[];
  leftOut: Item[];
}

/** Reads every text of a source. A broken one is left out; a broken page of the course itself ends the import. */
export async function readTexts(tree: SourceTree): Promise<Reading> {
  const outline = outlineOf(tree.files.keys());
  const reading: Reading & { texts: Map<string, TextFile> } = { tree, outline, texts: new Map(), changed: [], leftOut: [...tree.leftOut] };
  for (const path of [...tree.files.keys()].filter(isMarkdown)) {
    if (outline.aside.includes(path)) {
      reading.leftOut.push({ path, what: 'about the repository, not the subject' });
      continue;
    }
    try {
      reading.texts.set(path, await readTextFile(tree.files.get(path)!));
    } catch (error) {
      if (!(error instanceof BrokenFile)) throw error;
      // Without the course's own page nobody knows what the course is called and who may see it; one lesson less is still a course.
      if (path === outline.course) throw new AppError('invalid', `${path}: ${error.message}. Nothing was imported.`, { cause: error });
      reading.leftOut.push({ path, what: `broken: ${error.message}` });
    }
  }
  return reading;
}
