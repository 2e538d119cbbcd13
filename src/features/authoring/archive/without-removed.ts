import type { WholeCourse } from '../imports/whole-course.ts';

type Row = Record<string, unknown>;

/** A course without the chapters and lessons that were taken out of it and wait to be put back, and without films that nothing of the rest shows. */
export function withoutRemoved(whole: WholeCourse): WholeCourse {
  const { rows } = whole.course;
  const removed = new Set(rows.removals.flatMap((row) => [row.chapter_id, row.lesson_id]));
  const chapters = rows.chapters.filter((row) => !removed.has(row.id));
  const lessons = rows.lessons.filter((row) => !removed.has(row.id) && !removed.has(row.chapter_id));
  const ids = new Set(lessons.map((row) => row.id));
  const ofLessons = (all: Row[]) => all.filter((row) => ids.has(row.lesson_id));
  // The recording of a live session shows who was there.
  const films = new Set([...rows.courses.map((row) => row.preview_video_id), ...[...chapters, ...lessons].map((row) => row.video_id)]);
  const { course, videos, quizzes, packages } = whole;
  return {
    course: {
      rows: {
        ...rows,
        chapters,
        lessons,
        removals: [],
        resources: ofLessons(rows.resources),
        liveSessions: ofLessons(rows.liveSessions),
      },
      lessonIds: course.lessonIds.filter((id) => ids.has(id)),
      videoIds: course.videoIds.filter((id) => films.has(id)),
    },
    videos: {
      videos: videos.videos.filter((row) => films.has(row.id)),
      captions: videos.captions.filter((row) => films.has(row.video_id)),
    },
    quizzes: { ...quizzes, quizzes: ofLessons(quizzes.quizzes), assignments: ofLessons(quizzes.assignments) },
    packages: { packages: ofLessons(packages.packages), files: ofLessons(packages.files) },
  };
}
