import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { parseInput } from './input.ts';

const schema = z.object({
  email: z.email('Give an e-mail address.'),
  seats: z.array(z.object({ name: z.string().min(1, 'Give a name.').max(3, 'Too long.') })),
});

test('input that fits comes out in its proper form', () => {
  expect(parseInput(z.object({ name: z.string().trim() }), { name: ' Ada ' })).toEqual({ name: 'Ada' });
});

test('input that does not fit is refused with the first message of each field', () => {
  const attempt = () => parseInput(schema, { email: 'nobody', seats: [{ name: 'Ada' }, { name: '' }] });
  expect(attempt).toThrow(AppError);
  try {
    attempt();
  } catch (error) {
    expect(error).toMatchObject({
      code: 'invalid',
      status: 422,
      fields: { email: 'Give an e-mail address.', 'seats.1.name': 'Give a name.' },
    });
  }
});
