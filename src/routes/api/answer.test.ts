import { expect, test } from 'vitest';
import { AppError } from '#platform/errors.ts';
import { answer } from './answer.ts';

const refusing = (error: AppError) => answer(() => Promise.reject(error));

test('what a query gives is answered as JSON', async () => {
  const response = await answer(async () => ({ name: 'Ada' }));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(await response.json()).toEqual({ name: 'Ada' });
});

test.each([
  [new AppError('sign-in-required', 'Send a key.'), 401, 'Unauthorized', { 'www-authenticate': 'Bearer' }],
  [new AppError('forbidden', 'Lacks the scope.'), 403, 'Forbidden', { 'www-authenticate': null }],
  [new AppError('too-many', 'Slow down.', { retryAfterSeconds: 7 }), 429, 'Too Many Requests', { 'retry-after': '7' }],
])('a refusal is answered as problem details: %s', async (error, status, title, headers) => {
  const response = await refusing(error);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({ type: 'about:blank', title, status, detail: error.message });
  for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name)).toBe(value);
});

test('what is wrong with each field is told beside the problem; a bug stays a bug', async () => {
  const response = await refusing(new AppError('invalid', 'Look again.', { fields: { name: 'Enter a name.' } }));
  expect(await response.json()).toMatchObject({ status: 422, errors: { name: 'Enter a name.' } });
  await expect(answer(() => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
});
