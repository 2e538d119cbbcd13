import type { CoursePage } from '../course-page.ts';
import { courseJsonLd } from './course-json-ld.ts';
import { addressOf } from './school.ts';

/** What a course's page says to machines that link to it. */
export interface CourseSeo {
  canonical: string;
  image: string;
  /** For the inside of a `script`; null for a course that is not for everybody. */
  jsonLd: string | null;
}

/** The words for machines of a course's page. */
export function courseSeo(course: CoursePage): CourseSeo {
  const canonical = addressOf(`/courses/${course.slug}`);
  const image = `${canonical}/image.png`;
  return { canonical, image, jsonLd: course.state === null ? asScript(courseJsonLd(course, { origin: addressOf(''), image })) : null };
}

/** JSON that may stand in a `script` of a page: nothing in it ends the element or begins a comment. */
export function asScript(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
