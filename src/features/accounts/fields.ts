import { z } from 'zod';
import { passwordProblem } from './password/password.ts';

/** What forms about people ask for, each with the words that stand at its field. */
export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'That address is too long.')
  .pipe(z.email('Enter an e-mail address such as ada@example.org.'));

export const nameField = z
  .string()
  .trim()
  .min(1, 'Enter your name.')
  .max(100, 'Use at most 100 characters.')
  .regex(/^\P{Cc}*$/u, 'Use letters, spaces and signs only.');

/** A password that someone chooses. Whether it is their own name is asked once both are known. */
export const newPasswordField = z.string().superRefine((password, check) => {
  const problem = passwordProblem(password, { name: '', email: '' });
  if (problem) check.addIssue({ code: 'custom', message: problem });
});

/** Refines a form with a name, an address and a new password. */
export function refuseOwnName(form: { name: string; email: string; password?: string }, check: z.RefinementCtx): void {
  const problem = form.password === undefined ? undefined : passwordProblem(form.password, form);
  if (problem) check.addIssue({ code: 'custom', path: ['password'], message: problem });
}
