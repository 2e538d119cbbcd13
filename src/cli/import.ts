import type { Command } from 'commander';
import { type ImportReport, importNow } from '#features/authoring/index.server.ts';
import { formatDuration } from '#platform/time.ts';
import { asInstructor } from './as-instructor.ts';
import { report, say } from './output.ts';

interface Options {
  as: string;
  title?: string;
  publish?: boolean;
  json?: boolean;
}

/** `lyceum import`: makes a course of a folder or archive, or brings the one made of it before up to date. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Make a course of a folder or archive (Markdown, OLX of Open edX, SCORM 1.2, a course archive); run again, it updates that course',
    )
    .argument('<path>', 'folder, or zip or tar.gz archive')
    .requiredOption('--as <e-mail>', 'instructor whose course it will be')
    .option('--title <title>', 'title of the course, instead of what the source says')
    .option('--publish', 'make the course visible to all')
    .option('--json', 'print the whole report as JSON')
    .action(importFrom);
}

async function importFrom(path: string, options: Options): Promise<void> {
  const { as, json, ...wanted } = options;
  const result = await asInstructor(as, (ctx) => {
    say(`Reading ${path}`);
    return importNow(ctx, { path, title: wanted.title, publish: wanted.publish });
  });
  report(result, json, () => [...lines(result), `To undo it: lyceum imports undo ${result.importId} --as ${as}`]);
  if (result.publishing.kind === 'incomplete') process.exitCode = 1;
}

const marks = { added: '+', changed: '~', unchanged: ' ' } as const;
const outcomes = { created: 'Made', updated: 'Updated', unchanged: 'Nothing has changed in' } as const;

function lines(result: ImportReport & { importId: string }): string[] {
  const { counts } = result;
  const amounts = [
    amount(counts.chapters, 'chapter'),
    amount(counts.lessons, 'lesson'),
    amount(counts.pictures, 'picture'),
    ...(counts.attachments > 0 ? [amount(counts.attachments, 'attachment')] : []),
    ...(counts.videos > 0 ? [amount(counts.videos, 'video')] : []),
    ...(counts.questions > 0 ? [amount(counts.questions, 'question')] : []),
    formatDuration(result.durationSeconds),
  ];
  return [
    `${outcomes[result.outcome]} the course “${result.course.title}” (/courses/${result.course.slug}): ${amounts.join(', ')}`,
    ...result.chapters.flatMap((chapter, index) => [
      `${index + 1}. ${chapter.title}`,
      ...chapter.lessons.map((lesson) => `   ${marks[lesson.outcome]} ${lesson.title} (${lesson.source})`),
    ]),
    ...section(
      'Hidden, because the source no longer has it',
      result.hidden.map((lesson) => `${lesson.title} (${lesson.source})`),
    ),
    ...section(
      'Kept for later, in lessons that learners do not see',
      result.kept.map((item) => `${item.path}: ${item.what}`),
    ),
    ...section(
      'Changed on the way in',
      result.changed.map((item) => `${item.path}: ${item.what}`),
    ),
    ...section(
      'Left out',
      result.leftOut.map((item) => `${item.path}: ${item.what}`),
    ),
    publishingLine(result),
    `Everything that came in, and the way to undo it: /studio/imports/${result.importId}`,
  ];
}

function section(title: string, items: string[]): string[] {
  return items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `   ${item}`)];
}

function amount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function publishingLine({ publishing, outcome }: ImportReport): string {
  if (publishing.kind === 'published') return 'It is published: everybody sees it.';
  if (publishing.kind === 'already-published') return 'It was published before.';
  if (publishing.kind === 'incomplete') return `It is not published: it lacks ${publishing.missing.join(' and ')}.`;
  return outcome === 'created'
    ? 'It is a draft that only its instructors see. Publish it with --publish.'
    : 'Whether it is published has not changed.';
}
