import { expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { ownRoom } from '../index.server.ts';

const school = testSchool({ UPLOAD_QUOTA_BYTES: String(2 * 1024 ** 3) });

test('an instructor is told how much room their own files take, of how much; an admin has no bound', async () => {
  const people = [
    await aPerson(school.database, 'INSTRUCTOR'),
    await aPerson(school.database, 'ADMIN'),
    await aPerson(school.database, 'INSTRUCTOR'),
  ];
  for (const { id } of people.slice(0, 2))
    await school.database.owner.query(
      `insert into files (id, owner_id, key, name, content_type, size_bytes, sha256, visibility, state)
       select gen_random_uuid(), $1::uuid, 'room/' || $1, 'film.mp4', 'video/mp4', $2, repeat('a', 64), 'PRIVATE', 'READY'`,
      [id, 512 * 1024 ** 2],
    );
  const said = await Promise.all(people.map((person) => ownRoom(school.database.context(person))));
  expect(said).toEqual(['512 MB of 2 GB', '512 MB', '0 bytes of 2 GB']);
  await expect(ownRoom(school.asGuest())).rejects.toMatchObject({ code: 'sign-in-required' });
});
