import type { z } from 'zod';
import { AppError, type FieldErrors } from './errors.ts';

/** What came from outside, checked and in its proper form; otherwise an `invalid` refusal with the first message of each field. */
export function parseInput<Output>(schema: z.ZodType<Output, unknown>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: FieldErrors = {};
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message;
  throw new AppError('invalid', 'Something here needs another look.', { fields });
}
