import { type PlayableVideoRow, playableVideoColumn } from '#features/media/index.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { WholeRow } from '../classroom/lesson-content.ts';
import { type JudgedRow, liveGrant, teaches } from '../classroom/lesson-facts.ts';
import { accessEnded, accessUntil } from '../enrollment/access-period.ts';
import { prerequisitesColumn } from '../enrollment/prerequisites.ts';

/** The introduction of a chapter as one actor meets it. */
export interface IntroductionRow
  extends JudgedRow,
    Pick<
      WholeRow,
      'courseSlug' | 'courseTitle' | 'isFree' | 'releaseAt' | 'releaseAfterDays' | 'accessUntil' | 'accessEnded' | 'contentHtml'
    > {
  chapterId: string;
  chapterTitle: string;
  hasVideo: boolean;
  video: PlayableVideoRow | null;
}

/** A chapter that learners do not see, published or not, does not exist for them; one without words and without a film has no introduction. */
export const introductionById = statement<IntroductionRow, [courseSlug: string, chapterId: string, person: string | null, moment: string]>(`
  select c.slug as "courseSlug", c.title as "courseTitle", c.status as "courseStatus", c.is_free as "isFree", ${teaches('$3')} as "isStaff",
         h.id as "chapterId", h.title as "chapterTitle", true as "isPublished", not h.published or h.visibility = 'PRIVATE' as "isHidden",
         h.is_free as "isPreview", coalesce(h.release_at, e.enrolled_at + make_interval(days => h.release_after_days)) as "opensAt",
         h.release_at as "releaseAt", h.release_after_days as "releaseAfterDays", e.status, ${liveGrant('$3', '$4')} as "hasLiveGrant",
         ${prerequisitesColumn('$3')} as prerequisites, ${accessUntil('$3', '$4')} as "accessUntil", ${accessEnded('$3', '$4')} as "accessEnded",
         h.content_html as "contentHtml", h.video_id is not null as "hasVideo", ${playableVideoColumn('h.video_id')} as video
    from courses c
    join chapters h on h.course_id = c.id and h.id = $2::uuid and (h.content_html <> '' or h.video_id is not null)
    left join enrollments e on e.course_id = c.id and e.user_id = $3::uuid
   where c.slug = $1`);
