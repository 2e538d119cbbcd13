import { revisionOf } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type ChapterId, isId, type VideoId } from '#platform/ids.ts';
import { mayOpenStudio } from '../policy.ts';
import { isThere, othersColumn } from '../studio/studio-course.ts';

/** The introduction of a chapter as its page in the studio shows it. */
export interface IntroductionEditorPage {
  /** The chapter's. */
  id: ChapterId;
  title: string;
  /** Assistants read it and change nothing. */
  mayEdit: boolean;
  videoId: VideoId | null;
  content: string;
  contentHtml: string;
  /** What the text is called that stands there now. */
  revision: string;
}

type Row = Omit<IntroductionEditorPage, 'mayEdit' | 'revision'> & CourseTeam;

const chapterOfStudio = statement<Row, [course: string, chapterId: string]>(`
  select h.id, h.title, h.video_id as "videoId", h.content, h.content_html as "contentHtml", c.instructor_id as "instructorId", ${othersColumn}
    from chapters h join courses c on c.id = h.course_id where c.slug = $1 and h.id = $2::uuid and ${isThere('chapter_id', 'h.id')}`);

/** The introduction of a chapter, written or not, for who may open its course in the studio; to everybody else it is not there. One query. */
export async function introductionEditorPage(ctx: Context, input: { course: string; chapter: string }): Promise<IntroductionEditorPage> {
  requirePerson(ctx);
  const [row] = isId(input.chapter) ? await ctx.db.sql(chapterOfStudio, input.course, input.chapter) : [];
  if (!row || !mayOpenStudio(ctx.actor, row)) throw notThere();
  const { instructorId, others, ...chapter } = row;
  return { ...chapter, mayEdit: mayEditCourse(ctx.actor, { instructorId, others }), revision: revisionOf(chapter.content) };
}

/** The introduction, for a deed that only those do who may change it. */
export async function editableIntroduction(ctx: Context, input: { course: string; chapter: string }): Promise<IntroductionEditorPage> {
  const chapter = await introductionEditorPage(ctx, input);
  if (!chapter.mayEdit) throw notThere();
  return chapter;
}

function notThere(): AppError {
  return new AppError('not-found', 'There is no such chapter among yours.');
}
