import { restoreDays } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { localDate, momentInWords } from '#platform/time.ts';
import { mayOpenStudio } from '../policy.ts';
import { isThere, othersColumn, type StudioLesson } from '../studio/studio-course.ts';

/** The outline of a course, as its editor shows it. */
export interface OutlineEditorPage {
  mayEdit: boolean;
  chapters: EditorChapter[];
  /** What was removed and can still be put back, the latest first. */
  removed: RemovedItem[];
}

/** A chapter in the outline, for who makes the course. */
export interface EditorChapter {
  id: string;
  title: string;
  description: string;
  /** Students see it, as far as its lessons are shown. */
  isShown: boolean;
  isFree: boolean;
  releaseAfterDays: number | null;
  releaseAt: Date | null;
  /** When its lessons open, in words; null when at once. */
  opens: string | null;
  hasIntroduction: boolean;
  lessons: EditorLesson[];
}

/** A lesson in the outline, for who makes the course. */
export interface EditorLesson extends StudioLesson {
  isRequired: boolean;
  durationSeconds: number;
}

/** What was taken out of the course and can be put back. */
export interface RemovedItem {
  id: string;
  kind: 'chapter' | 'lesson';
  title: string;
  /** The day, in the editor's own zone, until which it can be put back. */
  until: string;
}

type ChapterRow = Omit<EditorChapter, 'opens' | 'description' | 'releaseAt'> & { description: string | null; releaseAt: string | null };

interface Row extends CourseTeam {
  chapters: ChapterRow[];
  removed: { id: string; kind: RemovedItem['kind']; title: string; removedAt: string }[];
}

const lessonJson = `json_build_object('id', l.id, 'slug', l.slug, 'title', l.title, 'type', l.type, 'published', l.published, 'visibility', l.visibility,
  'isRequired', l.is_required, 'durationSeconds', coalesce(nullif(v.duration_seconds, 0), l.duration_seconds))`;

const outlineForEditor = statement<Row, [slug: string, mostRemoved: number]>(`
  select c.instructor_id as "instructorId", ${othersColumn},
    coalesce((select json_agg(json_build_object('id', h.id, 'title', h.title, 'description', h.description, 'isShown', h.published and h.visibility = 'PUBLIC',
                'isFree', h.is_free, 'releaseAfterDays', h.release_after_days, 'releaseAt', h.release_at,
                'hasIntroduction', h.content <> '' or h.video_id is not null, 'lessons',
                coalesce((select json_agg(${lessonJson} order by l.position) from lessons l left join videos v on v.id = l.video_id
                            where l.chapter_id = h.id and ${isThere('lesson_id', 'l.id')}), '[]')) order by h.position)
                from chapters h where h.course_id = c.id and ${isThere('chapter_id', 'h.id')}), '[]') as chapters,
    coalesce((select json_agg(json_build_object('id', coalesce(x.chapter_id, x.lesson_id), 'kind', case when x.lesson_id is null then 'chapter' else 'lesson' end,
                'title', coalesce(h.title, l.title), 'removedAt', x.removed_at) order by x.removed_at desc)
                from (select * from removals where course_id = c.id order by removed_at desc limit $2) x
                left join chapters h on h.id = x.chapter_id left join lessons l on l.id = x.lesson_id), '[]') as removed
    from courses c where c.slug = $1`);

/** As many as anybody reads through. */
const mostRemoved = 20;

/** The outline of a course for who may open it in the studio. One query. */
export async function outlineEditorPage(ctx: Context, input: { slug: string }): Promise<OutlineEditorPage> {
  const { timeZone } = requirePerson(ctx);
  const [row] = await ctx.db.sql(outlineForEditor, input.slug, mostRemoved);
  if (!row || !mayOpenStudio(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  const mayEdit = mayEditCourse(ctx.actor, row);
  return {
    mayEdit,
    chapters: row.chapters.map((chapter) => editorChapter(chapter, timeZone)),
    removed: mayEdit ? row.removed.map(({ removedAt, ...item }) => ({ ...item, until: lastDay(removedAt, timeZone) })) : [],
  };
}

function editorChapter(row: ChapterRow, timeZone: string): EditorChapter {
  const releaseAt = row.releaseAt === null ? null : new Date(row.releaseAt);
  return { ...row, description: row.description ?? '', releaseAt, opens: opensInWords(row.releaseAfterDays, releaseAt, timeZone) };
}

function opensInWords(afterDays: number | null, at: Date | null, timeZone: string): string | null {
  if (at) return `Opens ${momentInWords(at, timeZone)}`;
  if (afterDays === null) return null;
  return afterDays === 1 ? 'Opens a day after enrolling' : `Opens ${afterDays} days after enrolling`;
}

function lastDay(removedAt: string, timeZone: string): string {
  return localDate(new Date(new Date(removedAt).getTime() + restoreDays * 86_400_000), timeZone);
}
