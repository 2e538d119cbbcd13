import { v7 } from 'uuid';

/** An id of one kind of thing: a UUIDv7, so that ids sort by time of creation. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type UserId = Id<'user'>;
export type SessionId = Id<'session'>;
export type ApiKeyId = Id<'apiKey'>;
export type CourseId = Id<'course'>;
export type ChapterId = Id<'chapter'>;
export type LessonId = Id<'lesson'>;
export type EnrollmentId = Id<'enrollment'>;
export type FileId = Id<'file'>;
export type VideoId = Id<'video'>;
export type CategoryId = Id<'category'>;

/** A new UUIDv7. */
export function newId<Kind extends string>(): Id<Kind> {
  return v7() as Id<Kind>;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string from outside has the form of an id; asked before it reaches a query. */
export function isId(value: string): boolean {
  return uuidPattern.test(value);
}
