import type { quizzesOfLessonsDangerouslyUnchecked } from '#features/assessment/index.server.ts';
import type { LessonId } from '#platform/ids.ts';
import type { WholeCourse } from '../imports/whole-course.ts';

type Row = Record<string, unknown>;
type Text = (markdown: string) => string;

/** A course's rows, with what their ids stand for in the archive. */
export interface Kept {
  whole: WholeCourse;
  quizzes: Awaited<ReturnType<typeof quizzesOfLessonsDangerouslyUnchecked>>;
  /** Paths of files in the archive, by their ids. */
  pathOf: ReadonlyMap<string, string>;
  /** Of courses and categories. */
  slugOf: ReadonlyMap<string, string>;
}

/** What an archive says of the course itself. */
export function courseOf({ whole, pathOf, slugOf }: Kept, text: Text): Row {
  const { courses, categories, prerequisites } = whole.course.rows;
  const row = courses[0]!;
  const main = (category: Row) => (category.is_main ? 0 : 1);
  return {
    source: String(row.id),
    slug: row.slug,
    title: row.title,
    subtitle: row.subtitle,
    description: text(String(row.description)),
    level: row.level,
    language: row.language,
    tags: row.tags,
    requirements: row.requirements,
    objectives: row.objectives,
    features: row.features,
    faq: (row.faq as { question: string; answer: string }[]).map(({ question, answer }) => ({ question, answer: text(answer) })),
    isFree: row.is_free,
    metaTitle: row.meta_title,
    metaDescription: row.meta_description,
    completionRequiresLessons: row.completion_requires_lessons,
    completionRequiresQuizzes: row.completion_requires_quizzes,
    completionRequiresAssignments: row.completion_requires_assignments,
    allowsManualCompletion: row.allows_manual_completion,
    image: pathOf.get(String(row.image_file_id)) ?? null,
    trailer: videoOf(row.preview_video_id, whole, pathOf),
    categories: [...categories].sort((a, b) => main(a) - main(b)).map((category) => slugOf.get(String(category.category_id))),
    prerequisites: prerequisites.map((needed) => slugOf.get(String(needed.prerequisite_id))).sort(),
  };
}

/** What an archive says of a lesson. */
export function lessonOf(row: Row, source: string, { whole, quizzes, pathOf }: Kept, text: Text): Row {
  const { resources, liveSessions } = whole.course.rows;
  const ofLesson = (other: Row) => other.lesson_id === row.id;
  const live = liveSessions.find(ofLesson);
  return {
    source,
    slug: row.slug,
    title: row.title,
    description: row.description,
    content: text(String(row.content)),
    type: row.type,
    visibility: row.visibility,
    published: row.published,
    isRequired: row.is_required,
    durationSeconds: row.duration_seconds,
    image: pathOf.get(String(row.image_file_id)) ?? null,
    video: videoOf(row.video_id, whole, pathOf),
    package: packageOf(row.id, whole),
    resources: resources
      .filter(ofLesson)
      .sort((a, b) => Number(a.position) - Number(b.position))
      .map(({ title, type, file_id, url }) => ({ title, type, file: pathOf.get(String(file_id)) ?? null, url })),
    liveSession: live
      ? { startsAt: new Date(String(live.starts_at)).toISOString(), durationMinutes: live.duration_minutes, joinUrl: live.join_url }
      : null,
    quizzes: (quizzes.get(row.id as LessonId) ?? []).map((quiz) => ({
      ...quiz,
      questions: quiz.questions.map((question) => ({
        ...question,
        text: text(question.text),
        explanation: question.explanation && text(question.explanation),
      })),
    })),
    assignments: whole.quizzes.assignments.filter(ofLesson).map((assignment) => assignmentOf(assignment, text)),
  };
}

/** The film that a row names, as an archive has it. */
export function videoOf(id: unknown, { videos }: WholeCourse, pathOf: Kept['pathOf']): Row | null {
  const row = videos.videos.find((video) => video.id === id);
  if (!row) return null;
  const durationSeconds = row.duration_seconds;
  if (row.provider !== 'FILE') return { provider: row.provider, externalId: row.external_id, durationSeconds };
  const file = pathOf.get(String(row.file_id));
  if (file === undefined) return null;
  return {
    provider: 'FILE',
    file,
    poster: pathOf.get(String(row.poster_file_id)) ?? null,
    captions: videos.captions
      .filter((caption) => caption.video_id === id && pathOf.has(String(caption.file_id)))
      .map(({ language, label, file_id }) => ({ language, label, file: pathOf.get(String(file_id)) })),
    durationSeconds,
    width: row.width,
    height: row.height,
  };
}

function packageOf(lessonId: unknown, { packages }: WholeCourse): Row[] | null {
  const files = packages.files.filter((file) => file.lesson_id === lessonId);
  return files.length > 0 ? files.map((file) => ({ path: file.path, file: pathOfPackageFile(String(file.key)) })) : null;
}

/** Files of packages are stored by their hash already. */
export function pathOfPackageFile(key: string): string {
  return `files/${key.slice('packages/'.length).replace('/', '')}`;
}

function assignmentOf(row: Row, text: Text): Row {
  return {
    title: row.title,
    instructions: text(String(row.instructions)),
    dueAt: row.due_at,
    points: row.points,
    passingPercent: row.passing_percent,
    allowedFileTypes: row.allowed_file_types,
    maxFiles: row.max_files,
    maxSubmissions: row.max_submissions,
    rubric: row.rubric,
    latePolicy: row.late_policy,
    latePenaltyPercent: row.late_penalty_percent,
  };
}
