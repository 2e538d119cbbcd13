import { describe, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { certificatePage } from '../index.server.ts';
import { certificateSchool } from './testing/certificate-school.ts';

const school = certificateSchool();
const { as, finished, show } = school;

describe('its page', () => {
  test('is the same for whoever has the code, in whatever way they type it, and costs a guest one look', async () => {
    const { code, student } = await finished();
    const plain = code.replaceAll('-', '').toLowerCase();
    expect(await show(plain)).toEqual(await show(code, await aPerson(school.database)));
    expect(await show(code)).toMatchObject({ isOwn: false, linkedIn: null, newName: null, mayRevoke: false, mayRestore: false });
    expect(await statementsOf(() => show(code, student))).toHaveLength(1);
    // From a network one look more before, and one after: attempts are counted.
    const fromNetwork = () => certificatePage({ ...as(guest), address: '203.0.113.8' }, { code });
    await fromNetwork();
    expect(await statementsOf(fromNetwork)).toHaveLength(3);
  });

  test('gives its holder a link that fills in the form of a LinkedIn profile', async () => {
    const { code, student } = await finished();
    const { linkedIn } = await show(code, student);
    expect(Object.fromEntries(new URL(linkedIn!).searchParams)).toEqual({
      startTask: 'CERTIFICATION_NAME',
      name: 'Looms & algebra',
      organizationName: 'Lyceum',
      issueYear: '2026',
      issueMonth: '5',
      certUrl: `http://localhost:3000/certificates/${code}`,
      certId: code,
    });
  });

  test('names no course that is not there for everybody', async () => {
    const { code, course } = await finished();
    await school.database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [course.id]);
    expect(await show(code)).toMatchObject({ state: 'valid', course: { title: 'Looms & algebra', slug: null } });
  });

  test('is nowhere for a code that was never given, and stops looking once one address has tried too many', async () => {
    const { code } = await finished();
    const from = (address: string) => ({ ...as(guest), address });
    const guess = (address: string, tried: string) => certificatePage(from(address), { code: tried });
    await expect(guess('203.0.113.9', 'nonsense')).rejects.toMatchObject({ code: 'not-found' });
    for (let look = 0; look < 40; look += 1) await guess('203.0.113.9', code);
    for (let wrong = 0; wrong < 30; wrong += 1)
      await expect(guess('203.0.113.9', 'LYC-0000-0000-0000')).rejects.toMatchObject({ code: 'not-found' });
    await expect(guess('203.0.113.9', 'LYC-0000-0000-0000')).rejects.toMatchObject({ code: 'too-many' });
    await expect(guess('203.0.113.9', code)).rejects.toMatchObject({ code: 'too-many' });
    expect(await guess('203.0.113.10', code)).toMatchObject({ state: 'valid' });
  });

  test('lets nobody read certificates without a code', async () => {
    await finished();
    const client = await school.database.connections.pool.connect();
    expect((await client.query('select code from certificates')).rows).toEqual([]);
    expect((await client.query('select code_of.id from certificate_by_code(null) code_of')).rows).toEqual([]);
    client.release();
  });
});
