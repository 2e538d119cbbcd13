import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { Row } from './row.ts';
import { oneSchool } from './schools.ts';
import { insert } from './world.ts';

const school = oneSchool();
const { committed, id } = school;

describe('the audit log', () => {
  const entry = (name: string): Row => ({
    id: id(name),
    actor_id: id('student'),
    action: 'user.ban',
    subject_type: 'user',
    subject_id: name,
  });
  const firstBreak = async () => {
    const { rows } = await school.database.owner.query<{ place: string | null }>('select audit_log_first_break() as place');
    return rows[0]!.place;
  };

  test('can be neither changed nor emptied, by the application or by its owner', async () => {
    for (const attempt of ["update audit_log set action = 'nothing'", 'delete from audit_log']) {
      await expect(committed('', 'SYSTEM', () => school.application.query(attempt))).rejects.toMatchObject({ code: '42501' });
      await expect(school.database.owner.query(attempt)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(school.application.query('truncate audit_log')).rejects.toMatchObject({ code: '42501' });
  });

  test('is a chain without a hole, also when a person writes who sees none of it, and many write at once', async () => {
    await committed(id('student'), 'STUDENT', (client) => insert(client, 'audit_log', entry('one')));
    await Promise.all(
      ['two', 'three', 'four', 'five'].map(async (name) => {
        const client = new pg.Client({ connectionString: school.database.applicationUrl });
        await client.connect();
        await committed('', 'SYSTEM', () => insert(client, 'audit_log', entry(name)), client);
        await client.end();
      }),
    );
    const { rows } = await school.database.owner.query(
      'select sequence::int as place, octet_length(hash) as bytes from audit_log order by sequence',
    );
    expect(rows).toEqual([1, 2, 3, 4, 5, 6].map((place) => ({ place, bytes: 32 })));
    expect(await firstBreak()).toBeNull();
  });

  test('reads the same in every time zone', async () => {
    await school.database.owner.query("set time zone 'Asia/Kolkata'");
    expect(await firstBreak()).toBeNull();
    await school.database.owner.query('reset time zone');
  });

  test('shows where a row was changed or taken out behind its back', async () => {
    const behindItsBack = async (statement: string) => {
      await school.database.owner.query('begin; alter table audit_log disable trigger user');
      await school.database.owner.query(statement);
      const place = await firstBreak();
      await school.database.owner.query('rollback');
      return place;
    };
    expect(await behindItsBack("update audit_log set subject_id = 'somebody else' where sequence = 3")).toBe('3');
    expect(await behindItsBack('delete from audit_log where sequence = 4')).toBe('5');
  });
});

describe('the ledger', () => {
  const side = (name: string, changes: Row): Row => ({
    id: id(name),
    posting: `sale:${name}`,
    line: 1,
    order_id: id('order'),
    currency: 'EUR',
    account: 'CASH',
    ...changes,
  });

  test('takes both sides of a booking', async () => {
    await committed('', 'SYSTEM', async (client) => {
      await insert(client, 'ledger_entries', side('a', { amount: 100 }));
      await insert(client, 'ledger_entries', side('b', { account: 'TAX', amount: -100 }));
    });
  });

  test('refuses one side alone, when the transaction commits', async () => {
    const oneSide = () => insert(school.application, 'ledger_entries', side('c', { amount: 100 }));
    await expect(committed('', 'SYSTEM', oneSide)).rejects.toMatchObject({ code: '23514', constraint: 'ledger_entries_balanced' });
  });

  test('does not let one currency pay for another', async () => {
    const mixed = async () => {
      await insert(school.application, 'ledger_entries', side('d', { amount: 100 }));
      await insert(school.application, 'ledger_entries', side('e', { amount: -100, currency: 'USD' }));
    };
    await expect(committed('', 'SYSTEM', mixed)).rejects.toMatchObject({ constraint: 'ledger_entries_balanced' });
  });

  test('cannot be rewritten', async () => {
    await expect(school.database.owner.query('update ledger_entries set amount = amount * 2')).rejects.toMatchObject({ code: '42501' });
    await expect(school.database.owner.query('delete from ledger_entries')).rejects.toMatchObject({ code: '42501' });
  });

  test('is read by the instructor and written only by the program', async () => {
    const { rows } = await school.actingAs(id('instructor'), 'INSTRUCTOR', () =>
      school.application.query('select account, amount from ledger_entries'),
    );
    expect(rows).toEqual([{ account: 'INSTRUCTOR', amount: -3150 }]);
    const bookForOneself = () =>
      insert(school.application, 'ledger_entries', side('f', { account: 'INSTRUCTOR', user_id: id('instructor'), amount: -1 }));
    await expect(committed(id('instructor'), 'INSTRUCTOR', bookForOneself)).rejects.toMatchObject({ code: '42501' });
  });
});
