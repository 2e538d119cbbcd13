import { z } from 'zod';

/** A number, and how far from it is still right. */
export const numeric = z.object({
  answer: z.number(),
  tolerance: z.object({ unit: z.enum(['absolute', 'percent']), value: z.number().min(0) }),
});
