import { z } from 'zod';

const mostMinutes = 7 * 24 * 60;

/** A weekly goal as a form has it: minutes, or nothing for no goal. */
export const weeklyGoalField = z
  .string()
  .trim()
  .regex(/^\d{0,5}$/, 'Enter whole minutes, such as 120.')
  .transform((minutes) => (minutes === '' ? null : Number(minutes)))
  .refine((minutes) => minutes === null || (minutes >= 1 && minutes <= mostMinutes), `A week has between 1 and ${mostMinutes} minutes.`);
