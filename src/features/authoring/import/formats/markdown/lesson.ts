import { posix } from 'node:path';
import type { LessonDraft } from '../../draft.ts';
import type { Item } from '../../report.ts';
import { fieldsOf, type LessonFields } from './front-matter.ts';
import { type HtmlCounts, htmlToMarkdown } from './html-to-markdown.ts';
import { lessonName } from './outline.ts';
import type { TextFile } from './text-file.ts';
import { takeTitle, titleFromName } from './titles.ts';

/** A lesson's file, read and converted, before its links are resolved. */
export interface ReadLesson {
  path: string;
  fields: LessonFields;
  title: string;
  markdown: string;
}

/** Reads a lesson's text: front matter, HTML into Markdown, and the title from the front matter, the first heading or the file's name. */
export function readLesson(file: TextFile, changed: Item[], leftOut: Item[]): ReadLesson {
  const fields = fieldsOf('lesson', file, leftOut);
  const { title, body } = takeTitle(convert(file, changed));
  return {
    path: file.path,
    fields,
    title: fields.title ?? title ?? titleFromName(lessonName(file.path), file.body),
    markdown: body.trim(),
  };
}

/** A text without raw HTML; what that changed is said. */
export function convert(file: TextFile, changed: Item[]): string {
  const { markdown, counts } = htmlToMarkdown(file.body);
  const what = inWords(counts);
  if (what !== '') changed.push({ path: file.path, what });
  return markdown;
}

function inWords({ converted, unwrapped, removed }: HtmlCounts): string {
  const parts = [
    [converted, 'turned into Markdown'],
    [unwrapped, 'unwrapped'],
    [removed, 'removed'],
  ] as const;
  const said = parts.map(([counts, what]) => {
    const names = Object.entries(counts).map(([name, count]) => `${count} × ${name === 'comment' ? 'comment' : `<${name}>`}`);
    return names.length > 0 ? `${names.join(', ')} ${what}` : '';
  });
  const all = said.filter(Boolean).join('; ');
  return all === '' ? '' : `raw HTML: ${all}`;
}

/** The neutral form of a lesson. */
export function draftOf(lesson: ReadLesson, content: string, video: LessonDraft['video']): LessonDraft {
  const { fields } = lesson;
  return {
    source: lesson.path,
    title: lesson.title,
    slug: fields.slug,
    description: fields.description,
    content,
    video,
    isPreview: fields.preview ?? false,
    isPublished: fields.published ?? !(fields.draft ?? false),
    isRequired: fields.required ?? true,
    durationSeconds: fields.duration,
  };
}

/** A folder's title from its name; folders within folders are named by their whole way. */
export function folderTitle(folder: string, text: string): string {
  return folder
    .split('/')
    .map((name) => titleFromName(posix.basename(name), text))
    .join(': ')
    .slice(0, 200);
}
