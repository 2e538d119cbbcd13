import { excerpt } from '#platform/markdown/reading.ts';
import type { CourseDraft } from '../../draft.ts';
import { readCoursePage } from './course-page.ts';
import type { CourseFields } from './front-matter.ts';
import { convert } from './lesson.ts';
import { localPath } from './paths.ts';
import type { Reading } from './reading.ts';
import type { TextFile } from './text-file.ts';
import { takeTitle, titleFromName } from './titles.ts';

/** Resolves the references of a text and notes what it shows. */
export type Resolve = (path: string, markdown: string) => string;

/** What the source says of the course itself: front matter first, then its page's headings, then its name. */
export function courseOf(
  { tree, texts, changed }: Reading,
  page: TextFile | undefined,
  fields: CourseFields,
  resolve: Resolve,
): Pick<CourseDraft, 'importKey' | 'title' | 'isTitleSaid' | 'details'> {
  const own = page ? takeTitle(convert(page, changed)) : { title: undefined, body: '' };
  const said = readCoursePage(own.body);
  const body = page ? resolve(page.path, said.description) : '';
  const summary = body === '' ? undefined : (fields.description?.slice(0, 500) ?? excerpt(body, 140));
  const title = fields.title ?? own.title;
  const needed = neededFirst(fields.prerequisites ?? []);
  const { level, language, tags, categories, features, faq, featured, free } = fields;
  return {
    importKey: `markdown:${(fields.id ?? tree.name).trim().toLowerCase()}`,
    title: title ?? titleFromName(tree.name, [...texts.values()].map((text) => text.body).join('\n')),
    isTitleSaid: title !== undefined,
    details: withoutUndefined({
      subtitle: fields.subtitle ?? summary,
      description: (body || fields.description)?.slice(0, 100_000),
      level,
      language,
      tags,
      categories,
      objectives: fields.objectives ?? filled(said.objectives),
      requirements: filled([...(fields.requirements ?? said.requirements), ...needed.words]),
      prerequisites: filled(needed.slugs),
      features,
      faq,
      featured,
      isFree: free,
    }),
  };
}

/** What has to be there first: a course of the school, named by the end of its address; anything else is a requirement in words. */
function neededFirst(entries: readonly string[]): { slugs: string[]; words: string[] } {
  const isSlug = (entry: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(entry);
  return { slugs: entries.filter(isSlug), words: entries.filter((entry) => !isSlug(entry)) };
}

function filled(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

function withoutUndefined<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

/** The path of the course's cover, if its file is there. */
export function coverOf({ tree, leftOut }: Reading, page: TextFile | undefined, fields: CourseFields): string | undefined {
  if (!page || fields.image === undefined) return undefined;
  const path = localPath(page.path, fields.image);
  if (path !== undefined && tree.files.has(path)) return path;
  leftOut.push({ path: page.path, what: `the cover ${fields.image} ${path === undefined ? 'leads out of the folder' : 'is missing'}` });
  return undefined;
}
