import { anchorHref, anchorPrefix } from '#platform/markdown/anchors.ts';
import { anchorsIn } from '#platform/markdown/parser.ts';
import { type CourseDraft, type LessonDraft, sourceReference } from '../../draft.ts';
import { withDestinations } from './destinations.ts';

/**
 * Mends links to headings, in the same text or another: generators spell a heading's id differently, so that one which fits exactly nowhere is
 * taken for the only heading with the same letters and digits. Says which lead to no heading at all.
 */
export function mendFragments({ chapters, leftOut }: CourseDraft): void {
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  const anchors = new Map(lessons.map((lesson) => [lesson.source, anchorsIn(lesson.content)]));
  for (const lesson of lessons) {
    lesson.content = withDestinations(lesson.content, ({ address }) => {
      const mended = mend(lesson, address, anchors);
      if (mended === 'lost')
        leftOut.push({ path: lesson.source, what: `the link ${address.replace(/^[^#]*/, '')} leads to a heading that is not there` });
      return mended === 'lost' || mended === 'fits' ? undefined : mended.address;
    });
  }
}

function mend(
  lesson: LessonDraft,
  address: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): 'fits' | 'lost' | { address: string } {
  const reference = address.startsWith('#') ? { path: lesson.source, fragment: address } : sourceReference.parse(address);
  const there = reference && reference.fragment.length > 1 ? anchors.get(reference.path) : undefined;
  if (!reference || !there) return 'fits';
  const wanted = anchorHref(reference.fragment.slice(1));
  if (there.has(wanted)) return 'fits';
  const similar = [...there].filter((anchor) => letters(anchor) === letters(wanted));
  if (similar.length !== 1) return 'lost';
  return { address: address.slice(0, address.indexOf('#') + 1) + similar[0]!.slice(1 + anchorPrefix.length) };
}

function letters(anchor: string): string {
  return anchor
    .slice(1 + anchorPrefix.length)
    .replace(/%[0-9a-f]{2}|[^a-z0-9]/gi, '')
    .toLowerCase();
}
