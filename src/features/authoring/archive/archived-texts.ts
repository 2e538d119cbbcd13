import { sourceReference } from '../import/draft.ts';
import { withDestinations } from '../import/formats/markdown/destinations.ts';

const file = /^\/files\/([0-9a-f]{2}\/[0-9a-f]+\.[a-z0-9]+)$/;
const lesson = /^lesson:([0-9a-f-]{36})(#.*)?$/;

/** The keys of files that a text names. */
export function keysIn(markdown: string): string[] {
  return [...markdown.matchAll(/\/files\/([0-9a-f]{2}\/[0-9a-f]+\.[a-z0-9]+)/g)].map(([, key]) => key!);
}

/** A text in which files and lessons are named as they are in the archive. */
export function archivedText(markdown: string, paths: ReadonlyMap<string, string>, sources: ReadonlyMap<string, string>): string {
  return withDestinations(markdown, ({ address }) => {
    const path = paths.get(file.exec(address)?.[1] ?? '');
    if (path !== undefined) return sourceReference.toFile(path);
    const [, id, fragment] = lesson.exec(address) ?? [];
    const source = id && sources.get(id);
    return source ? sourceReference.toLesson(source, fragment ?? '') : undefined;
  });
}
