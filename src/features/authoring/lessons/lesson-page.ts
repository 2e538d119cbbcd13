import { lessonMarks, revisionOf } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId, VideoId } from '#platform/ids.ts';
import { mayOpenStudio } from '../policy.ts';
import { isThere, othersColumn, type StudioLesson } from '../studio/studio-course.ts';

/** A lesson as its page in the studio shows it. */
export interface LessonEditorPage extends Omit<StudioLesson, 'id'> {
  id: LessonId;
  /** Assistants read it and change nothing. */
  mayEdit: boolean;
  chapterTitle: string;
  description: string;
  isRequired: boolean;
  durationSeconds: number;
  videoId: VideoId | null;
  content: string;
  contentHtml: string;
  /** What the text is called that stands there now. */
  revision: string;
  resources: EditorResource[];
  /** The mark of each setting: by them a form says what it was filled from. */
  marks: Record<string, string>;
}

/** A file or a link of the lesson. */
export interface EditorResource {
  id: string;
  title: string;
  type: 'PDF' | 'DOCUMENT' | 'SPREADSHEET' | 'PRESENTATION' | 'CODE' | 'IMAGE' | 'AUDIO' | 'ARCHIVE' | 'LINK';
  sizeBytes: number | null;
  /** Where a link leads. */
  url: string | null;
}

type Row = Omit<LessonEditorPage, 'mayEdit' | 'revision' | 'marks'> & CourseTeam;

const lessonOfStudio = statement<Row, [course: string, lesson: string]>(`
  select l.id, l.slug, l.title, l.type, l.published, l.visibility, h.title as "chapterTitle", coalesce(l.description, '') as description,
    l.is_required as "isRequired", l.duration_seconds as "durationSeconds", l.video_id as "videoId", l.content, l.content_html as "contentHtml",
    c.instructor_id as "instructorId", ${othersColumn},
    coalesce((select json_agg(json_build_object('id', r.id, 'title', r.title, 'type', r.type, 'sizeBytes', r.size_bytes, 'url', r.url) order by r.position)
                from resources r where r.lesson_id = l.id), '[]') as resources
    from lessons l join chapters h on h.id = l.chapter_id join courses c on c.id = l.course_id
   where c.slug = $1 and l.slug = $2 and ${isThere('lesson_id', 'l.id')} and ${isThere('chapter_id', 'h.id')}`);

/** A lesson for who may open its course in the studio; to everybody else it is not there. One query. */
export async function lessonEditorPage(ctx: Context, input: { course: string; lesson: string }): Promise<LessonEditorPage> {
  requirePerson(ctx);
  const [row] = await ctx.db.sql(lessonOfStudio, input.course, input.lesson);
  if (!row || !mayOpenStudio(ctx.actor, row)) throw new AppError('not-found', 'There is no such lesson among yours.');
  const { instructorId, others, ...lesson } = row;
  return {
    ...lesson,
    mayEdit: mayEditCourse(ctx.actor, { instructorId, others }),
    revision: revisionOf(lesson.content),
    marks: lessonMarks(lesson),
  };
}

/** The lesson, for a deed that only those do who may change it. */
export async function editableLesson(ctx: Context, input: { course: string; lesson: string }): Promise<LessonEditorPage> {
  const lesson = await lessonEditorPage(ctx, input);
  if (!lesson.mayEdit) throw new AppError('not-found', 'There is no such lesson among yours.');
  return lesson;
}
