import type { SourceTree } from '../source/source-tree.ts';
import type { ImportFormat } from './format.ts';
import { markdownFormat } from './markdown.ts';
import { olxFormat } from './olx.ts';
import { scormFormat } from './scorm.ts';

/** Every format, the more particular ones first. */
export const importFormats: readonly ImportFormat[] = [scormFormat, olxFormat, markdownFormat];

/** The format that a source is written in. */
export async function formatOf(tree: SourceTree): Promise<ImportFormat | undefined> {
  for (const format of importFormats) if (await format.recognizes(tree)) return format;
  return undefined;
}
