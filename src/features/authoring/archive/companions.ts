import type { z } from 'zod';
import type { Context } from '#platform/context.ts';
import type { CourseId } from '#platform/ids.ts';

/** What a feature above this one keeps of a course and an archive carries, such as its prices. Rights to the course are asked by whoever calls. */
export interface CourseCompanion<Kept = unknown> {
  /** What it is called in an archive. */
  name: string;
  /** What an archive may say of it, as JSON. */
  schema: z.ZodType<Kept>;
  /** What a course has of it, as the schema reads it; undefined when it has nothing. */
  read(ctx: Context, courseId: CourseId): Promise<unknown>;
  /** Gives it to a draft that was just made, in the same transaction. */
  give(ctx: Context, courseId: CourseId, kept: Kept): Promise<void>;
  /** Takes it away before the course is deleted, unless somebody else's rows hang on it. */
  withdraw(ctx: Context, courseId: CourseId): Promise<void>;
  /** What the report of an import calls it. */
  inWords(kept: Kept): string;
}

/** Of each companion by its name, what a course has. */
export type Beside = Record<string, unknown>;

let declared: readonly CourseCompanion[] = [];

/** Tells this process what other features keep of courses; called once at boot. */
export function registerCourseCompanions(all: readonly CourseCompanion[]): void {
  declared = all;
}

/** How a report names what another feature keeps of the course. */
export function placeOfBeside(name: string): string {
  return `course.json (${name})`;
}

/** All that other features keep of a course. */
export async function readBeside(ctx: Context, courseId: CourseId): Promise<Beside> {
  const beside: Beside = {};
  for (const companion of declared) {
    const kept = await companion.read(ctx, courseId);
    if (kept !== undefined) beside[companion.name] = kept;
  }
  return beside;
}

/** What of an archive the features of this school understand, what they call it, and what none of them does. Undefined when it is damaged. */
export function understoodBeside(beside: Beside): { kept: Beside; said: { name: string; what: string }[]; unknown: string[] } | undefined {
  const known = declared.filter(({ name }) => Object.hasOwn(beside, name));
  const read = known.map((companion) => ({ companion, answer: companion.schema.safeParse(beside[companion.name]) }));
  if (read.some(({ answer }) => !answer.success)) return undefined;
  return {
    kept: Object.fromEntries(known.map(({ name }) => [name, beside[name]])),
    said: read.map(({ companion, answer }) => ({ name: companion.name, what: companion.inWords(answer.data) })),
    unknown: Object.keys(beside).filter((name) => !known.some((companion) => companion.name === name)),
  };
}

/** Gives a draft that was just made what other features keep of courses. */
export async function giveBeside(ctx: Context, courseId: CourseId, beside: Beside): Promise<void> {
  for (const companion of declared)
    if (Object.hasOwn(beside, companion.name)) await companion.give(ctx, courseId, companion.schema.parse(beside[companion.name]));
}

/** Takes away what other features keep of a course, so that it can be deleted. */
export async function withdrawBeside(ctx: Context, courseId: CourseId): Promise<void> {
  for (const companion of declared) await companion.withdraw(ctx, courseId);
}
