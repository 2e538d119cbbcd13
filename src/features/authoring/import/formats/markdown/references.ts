import { posix } from 'node:path';
import { sourceReference } from '../../draft.ts';
import type { Item } from '../../report.ts';
import { withDestinations } from './destinations.ts';
import type { HomeSite } from './home-site.ts';
import { imageFor } from './images.ts';
import { isMarkdown } from './outline.ts';
import { localPath } from './paths.ts';

/** What a text's links and pictures are resolved against. */
export interface Surroundings {
  /** Paths of all files. */
  files: ReadonlySet<string>;
  lessons: ReadonlySet<string>;
  /** The first lesson of a folder that is a chapter. */
  firstLessons: ReadonlyMap<string, string>;
  home: HomeSite;
}

export interface Resolved {
  markdown: string;
  images: string[];
  attachments: string[];
  changed: Item[];
  leftOut: Item[];
}

const filmFile = /\.(mp4|m4v|mov|webm|mkv|avi)$/i;
const hasScheme = /^[a-z][a-z0-9+.-]*:/i;

/** Gives a text's links and pictures the form that survives the import, and says what became of those that could not stay. */
export function resolveReferences(path: string, markdown: string, surroundings: Surroundings): Resolved {
  const result: Resolved = { markdown, images: [], attachments: [], changed: [], leftOut: [] };
  result.markdown = withDestinations(markdown, ({ address, isImage }) =>
    isImage ? image(path, address, surroundings, result) : link(path, address, surroundings, result),
  );
  return result;
}

function image(path: string, address: string, { files }: Surroundings, result: Resolved): string | undefined {
  const found = imageFor(path, address, files);
  if (found.kind === 'file') {
    if (found.wasFar) result.changed.push({ path, what: `the picture ${address} is the file ${found.path}` });
    result.images.push(found.path);
    return sourceReference.toFile(found.path);
  }
  const reasons = {
    outside: `the picture ${address} leads out of the folder`,
    missing: `the picture ${address} is missing`,
    far: `the picture ${address} lies on another site: it became a link`,
    embedded: 'a picture written into the text itself (data:)',
  };
  result.leftOut.push({ path, what: reasons[found.kind] });
  return found.kind === 'embedded' ? '#' : undefined;
}

function link(path: string, address: string, surroundings: Surroundings, result: Resolved): string | undefined {
  if (address.startsWith('#') || address === '') return undefined;
  if (hasScheme.test(address) || address.startsWith('//')) {
    const lesson = surroundings.home.lessonAt(address);
    if (lesson === undefined) return undefined;
    result.changed.push({ path, what: `the link ${address} leads to the lesson ${lesson}` });
    return sourceReference.toLesson(lesson, fragmentOf(address));
  }
  return localLink(path, address, surroundings, result);
}

function localLink(path: string, address: string, { files, lessons, firstLessons }: Surroundings, result: Resolved): string | undefined {
  const target = localPath(path, address);
  if (target === undefined) {
    result.leftOut.push({ path, what: `the link ${address} leads out of the folder` });
    return undefined;
  }
  const candidates = [
    target,
    `${target}.md`,
    target.replace(/\.html?$/i, '.md'),
    ...['README.md', 'readme.md', 'index.md', '_index.md'].map((name) => posix.join(target, name)),
  ];
  const lesson =
    candidates.find((candidate) => lessons.has(candidate)) ??
    candidates.map((candidate) => firstLessons.get(candidate)).find((first) => first !== undefined);
  if (lesson !== undefined) return sourceReference.toLesson(lesson, fragmentOf(address));
  if (!files.has(target)) result.leftOut.push({ path, what: `the link ${address} leads to a file that is missing: its words stay` });
  else if (isMarkdown(target)) result.leftOut.push({ path, what: `the link ${address} leads to a text that is no lesson: its words stay` });
  else if (filmFile.test(target))
    result.leftOut.push({ path, what: `the link ${address} leads to a film: name it as “video” in the front matter; the words stay` });
  else {
    result.attachments.push(target);
    return sourceReference.toFile(target);
  }
  return undefined;
}

function fragmentOf(address: string): string {
  return /#.*/.exec(address)?.[0] ?? '';
}
