export type CourseStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';

/** What can be done to a course's state, and where it leads from there; what is not here cannot be done. */
export const courseTransitions: Record<CourseStatus, Partial<Record<CourseDeed, CourseStatus>>> = {
  DRAFT: { publish: 'PUBLISHED' },
  PUBLISHED: { unpublish: 'DRAFT', archive: 'ARCHIVED' },
  ARCHIVED: { publish: 'PUBLISHED', unpublish: 'DRAFT' },
};

export type CourseDeed = 'publish' | 'unpublish' | 'archive';
