import { picturesIn } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import type { EditableCourse } from '../write/editable-course.ts';

const slugs = statement<{ id: string; slug: string }, [string]>('select id, slug from lessons where course_id = $1');

/** How a text names another lesson of its course, whatever that will be called: `[next](lesson:<id>#part)`. */
export function lessonAddress(lessonId: string, fragment = ''): string {
  return `lesson:${lessonId}${fragment}`;
}

/** The HTML of a course's text, with links to its lessons and the sizes of its pictures. */
export async function renderContent(ctx: Context, course: EditableCourse, markdown: string): Promise<string> {
  if (markdown === '') return '';
  const pictures = await picturesIn(ctx, markdown);
  const lessons = markdown.includes('lesson:') ? await ctx.db.sql(slugs, course.id) : [];
  const slugOf = new Map(lessons.map((lesson) => [lessonAddress(lesson.id), lesson.slug]));
  return renderMarkdown(markdown, {
    pictures,
    resolveLink: (address) => (slugOf.has(address) ? `/learn/${course.slug}/${slugOf.get(address)}` : undefined),
  });
}
