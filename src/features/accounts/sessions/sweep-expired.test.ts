import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { createUser } from '../index.server.ts';
import { sweepExpiredJob } from './sweep-expired.ts';

const database = testDatabase({ actsAs: 'system' });

test('the night sweeps away sessions and links that have ended, and nothing else', async () => {
  const now = new Date('2026-05-04T03:40:00Z');
  const { id } = await createUser(database.context(system, now), { name: 'Ada', email: 'ada@school.test' });
  for (const [name, ends] of [
    ['ended', '2026-05-04T03:39:59Z'],
    ['open', '2026-05-04T03:40:01Z'],
  ]) {
    await database.owner.query('insert into sessions (id, token, user_id, expires_at) values ($1, $2, $3, $4)', [newId(), name, id, ends]);
    await database.owner.query("insert into verifications (id, identifier, value, expires_at) values ($1, $2, 'x', $3)", [
      newId(),
      name,
      ends,
    ]);
  }
  await sweepExpiredJob.handler(database.context(system, now), {});
  expect((await database.owner.query('select token from sessions')).rows).toEqual([{ token: 'open' }]);
  expect((await database.owner.query('select identifier from verifications')).rows).toEqual([{ identifier: 'open' }]);
});
