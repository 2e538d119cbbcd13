import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { localDate } from '#platform/time.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { endLapsedStreaksJob } from './end-lapsed-streaks.ts';

const database = testDatabase();
let learner: string;

beforeEach(async () => {
  learner = (await aPerson(database)).id;
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface Moment {
  at: number;
  timeZone: string;
}

/** Learns at each moment, on the day that it is there, as a report of a player is kept. */
async function learn(moments: readonly Moment[]) {
  for (const { at, timeZone } of moments) {
    await database.owner.query(
      `insert into learning_days as kept (id, user_id, local_date, seconds, created_at, updated_at) values ($1, $2, $3, 10, $4, $4)
       on conflict (user_id, local_date) do update set seconds = kept.seconds + 10, updated_at = excluded.updated_at`,
      [newId(), learner, localDate(new Date(at), timeZone), new Date(at)],
    );
  }
}

const learnOn = (...dates: string[]) => learn(dates.map((date) => ({ at: Date.parse(`${date}T20:00:00Z`), timeZone: 'UTC' })));

async function streaks() {
  const { rows } = await database.owner.query<{ current: number; longest: number }>(
    'select current_streak_days as current, longest_streak_days as longest from student_profiles where user_id = $1',
    [learner],
  );
  return rows[0];
}

/** Begins anew with nobody’s days. */
async function forget() {
  await database.owner.query('delete from learning_days where user_id = $1', [learner]);
  await database.owner.query('delete from student_profiles where user_id = $1', [learner]);
}

test('a streak is days in a row up to the last one, and the longest one stays', async () => {
  expect(await streaks()).toBeUndefined();
  await learnOn('2026-02-27');
  expect(await streaks()).toEqual({ current: 1, longest: 1 });
  await learnOn('2026-02-28', '2026-03-01');
  expect(await streaks()).toEqual({ current: 3, longest: 3 });
  await learnOn('2026-03-03', '2026-03-04');
  expect(await streaks()).toEqual({ current: 2, longest: 3 });
  await learnOn('2026-03-02');
  expect(await streaks()).toEqual({ current: 6, longest: 6 });
});

test('a day whose only lesson was unmarked again is no learning day', async () => {
  await learnOn('2026-03-01');
  const day = 'insert into learning_days (id, user_id, local_date, lessons_completed) values ($1, $2, $3, 1)';
  await database.owner.query(day, [newId(), learner, '2026-03-02']);
  expect(await streaks()).toEqual({ current: 2, longest: 2 });
  await database.owner.query("update learning_days set lessons_completed = 0 where user_id = $1 and local_date = '2026-03-02'", [learner]);
  expect(await streaks()).toEqual({ current: 1, longest: 1 });
});

test('goals that the learner set themselves stay beside the streak', async () => {
  await database.owner.query('insert into student_profiles (id, user_id, weekly_goal_minutes) values ($1, $2, 90)', [newId(), learner]);
  await learnOn('2026-03-01');
  const { rows } = await database.owner.query('select weekly_goal_minutes as goal from student_profiles where user_id = $1', [learner]);
  expect(rows).toEqual([{ goal: 90 }]);
  expect(await streaks()).toEqual({ current: 1, longest: 1 });
});

test('a streak that nobody went on with ends in the night after its last day is over everywhere, and never while it may go on', async () => {
  await learnOn('2026-03-01', '2026-03-02');
  const endAt = (moment: string) =>
    inTransaction(database.context(system, new Date(moment)), (ctx) => endLapsedStreaksJob.handler(ctx, {}));
  await endAt('2026-03-05T11:30:00Z');
  expect(await streaks()).toEqual({ current: 2, longest: 2 });
  await endAt('2026-03-05T12:30:00Z');
  expect(await streaks()).toEqual({ current: 0, longest: 2 });
});

/** Zones whose clocks change in spring and autumn, by half an hour, for a month, or not at all; from the first date on earth to the last. */
const zones = [
  ...['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago'],
  ...['Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'],
];
const zone = fc.constantFrom(...zones);
/** A moment within a day and a half of a change of the clocks, or anywhere in a year. */
const start = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z'),
      fc.integer({ min: -36, max: 36 }),
    )
    .map(([change, hours]) => Date.parse(change) + hours * hourMs),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
);
const atLeastOnce = { numRuns: 60 };

describe('whatever the clocks do', () => {
  test('who learns again within 23 hours never breaks a streak', async () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 23 * 60 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(zone, start, pauses, async (timeZone, at, pauses) => {
        const moments = [{ at, timeZone }];
        for (const minutes of pauses) moments.push({ at: moments.at(-1)!.at + minutes * 60_000, timeZone });
        await learn(moments);
        const count = new Set(moments.map((moment) => localDate(new Date(moment.at), timeZone))).size;
        expect(await streaks()).toEqual({ current: count, longest: count });
        await forget();
      }),
      atLeastOnce,
    );
  });

  test('who pauses for 50 hours always begins anew', async () => {
    await fc.assert(
      fc.asyncProperty(zone, start, fc.integer({ min: 50, max: 1000 }), async (timeZone, at, hours) => {
        await learn([at, at + hours * hourMs].map((at) => ({ at, timeZone })));
        expect(await streaks()).toEqual({ current: 1, longest: 1 });
        await forget();
      }),
      atLeastOnce,
    );
  });
});

describe('wherever the learner travels', () => {
  test('who learns again within 24 hours never breaks a streak, and no day counts twice', async () => {
    const journey = fc.array(fc.tuple(zone, fc.integer({ min: 1, max: 24 * 60 })), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(start, journey, async (at, legs) => {
        const moments: Moment[] = [];
        for (const [timeZone, minutes] of legs) moments.push({ at: (moments.at(-1)?.at ?? at) + minutes * 60_000, timeZone });
        await learn(moments);
        const count = new Set(moments.map((moment) => localDate(new Date(moment.at), moment.timeZone))).size;
        expect(await streaks()).toEqual({ current: count, longest: count });
        await forget();
      }),
      atLeastOnce,
    );
  });

  test('who crosses the date line and loses a date keeps the streak; who stays at home and pauses as long does not', async () => {
    await learn([
      { at: Date.parse('2026-05-05T08:00:00Z'), timeZone: 'Pacific/Pago_Pago' },
      { at: Date.parse('2026-05-06T07:30:00Z'), timeZone: 'Pacific/Auckland' },
    ]);
    expect(await streaks()).toEqual({ current: 2, longest: 2 });
    await forget();
    await learn([
      { at: Date.parse('2026-05-04T23:50:00Z'), timeZone: 'UTC' },
      { at: Date.parse('2026-05-06T00:10:00Z'), timeZone: 'UTC' },
    ]);
    expect(await streaks()).toEqual({ current: 1, longest: 1 });
  });

  test('a correction of an old day, long after it, bridges nothing', async () => {
    await learnOn('2026-05-04', '2026-05-06');
    await database.owner.query(
      "update learning_days set updated_at = '2026-05-06T19:00:00Z' where user_id = $1 and local_date = '2026-05-04'",
      [learner],
    );
    await learnOn('2026-05-07');
    expect(await streaks()).toEqual({ current: 2, longest: 2 });
  });
});

test('the order in which days come means nothing, and the streaks are those that one counts on a calendar', async () => {
  const dayOf = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * dayMs).toISOString().slice(0, 10);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 }), async (numbers) => {
      await learnOn(...numbers.map(dayOf));
      const learned = new Set(numbers);
      const runFrom = (day: number): number => (learned.has(day) ? 1 + runFrom(day - 1) : 0);
      expect(await streaks()).toEqual({ current: runFrom(Math.max(...numbers)), longest: Math.max(...numbers.map(runFrom)) });
      await forget();
    }),
    atLeastOnce,
  );
});
