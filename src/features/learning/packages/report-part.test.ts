import { expect, test } from 'vitest';
import { later, packageSchool } from './testing/package-school.ts';

const school = packageSchool();
const { attempts, player } = school;

async function enrollment() {
  const { rows } = await school.database.owner.query<{ status: string; percent: number; watched: number; last: string }>(
    'select status, progress_percent as percent, watch_seconds as watched, last_lesson_id as last from enrollments where user_id = $1',
    [school.student.id],
  );
  return rows[0]!;
}

test('a part begins with who the learner is and where they were', async () => {
  const first = await player();
  expect(first.begun).toMatchObject({ title: 'Part one', part: 'one', href: 'one.html?a=1', records: true });
  expect(first.begun.values).toMatchObject({
    'cmi.core.student_name': 'Ada Lovelace',
    'cmi.core.entry': 'ab-initio',
    'cmi.core.credit': 'credit',
  });
  await first.report({ values: { 'cmi.suspend_data': 'page 3', 'cmi.core.exit': 'suspend' } });
  const second = await player();
  expect(second.begun.values).toMatchObject({ 'cmi.suspend_data': 'page 3', 'cmi.core.entry': 'resume' });
});

test('status, score, time and everything that the content sets are kept', async () => {
  const { report } = await player('two');
  const values = {
    'cmi.core.score.raw': '90',
    'cmi.core.score.max': '100',
    'cmi.core.session_time': '0000:20:00',
    'cmi.interactions.0.id': 'q1',
    'cmi.objectives.0.status': 'passed',
  };
  expect(await report({ values, ending: 'finished' })).toEqual({ status: 'passed', lessonCompleted: false, courseCompleted: false });
  expect(await attempts()).toEqual([{ part: 'two', status: 'passed', score: 90, seconds: 1200, values, done: true }]);
  expect(await enrollment()).toMatchObject({ watched: 1200, last: school.course.lessons[0]!.id });
  const { rows } = await school.database.owner.query('select local_date::text as day, seconds from learning_days where user_id = $1', [
    school.student.id,
  ]);
  expect(rows).toEqual([{ day: '2026-05-04', seconds: 1200 }]);
});

test('the last part that is done completes the lesson and its course, and tells it once', async () => {
  const one = await player('one');
  expect(await one.report({ ending: 'finished' })).toMatchObject({ status: 'completed', lessonCompleted: false });
  const two = await player('two');
  expect(await two.report({ values: { 'cmi.core.score.raw': '20' }, ending: 'finished' })).toMatchObject({
    status: 'failed',
    lessonCompleted: false,
  });
  expect(await enrollment()).toMatchObject({ status: 'ACTIVE', percent: 0 });
  const again = await player('two');
  const passed = { values: { 'cmi.core.score.raw': '80' }, ending: 'finished' };
  expect(await again.report(passed)).toEqual({ status: 'passed', lessonCompleted: true, courseCompleted: true });
  expect(await again.report(passed)).toEqual({ status: 'passed', lessonCompleted: true, courseCompleted: false });
  expect(await enrollment()).toMatchObject({ status: 'COMPLETED', percent: 100 });
  const { rows } = await school.database.owner.query(
    'select from certificates c join enrollments e on e.id = c.enrollment_id where e.user_id = $1',
    [school.student.id],
  );
  expect(rows).toHaveLength(1);
});

test('two windows lose nothing: their reports take turns, and the same report again changes nothing', async () => {
  const windows = [await player(), await player()];
  const sent = Array.from({ length: 10 }, (_, index) => ({
    window: index % 2,
    sequence: 1 + Math.floor(index / 2),
    name: `cmi.objectives.${index}.id`,
  }));
  const send = ({ window, sequence, name }: (typeof sent)[number]) =>
    windows[window]!.report({ sequence, values: { [name]: 'aim' }, seconds: sequence * 60 });
  for (let index = 0; index < sent.length; index += 2) await Promise.all([send(sent[index]!), send(sent[index + 1]!)]);
  const before = await attempts();
  expect(Object.keys(before[0]!.values as object).sort()).toEqual(sent.map(({ name }) => name).sort());
  expect(before[0]).toMatchObject({ seconds: 2 * 5 * 60 });
  await Promise.all(sent.map(send));
  expect(await attempts()).toEqual(before);
  expect(await enrollment()).toMatchObject({ watched: 600 });
});

test('time that cannot have passed is not counted', async () => {
  const { report } = await player();
  await report({ values: { 'cmi.core.session_time': '9000:00:00' } }, later(120));
  expect((await attempts())[0]).toMatchObject({ seconds: 120 });
});

test.each([
  ['an element that is not the content’s to set', { values: { 'cmi.core.student_name': 'Eve' } }],
  ['a value of another form', { values: { 'cmi.core.score.raw': '1000' } }],
  ['more than the data model has room for', { values: { 'cmi.suspend_data': 'x'.repeat(4097) } }],
  ['no known ending', { ending: 'exploded' }],
  ['a launch that is no id', { launch: 'now' }],
])('refused: %s', async (_, more) => {
  const { report } = await player();
  await expect(report(more)).rejects.toMatchObject({ code: 'invalid' });
  expect(await attempts()).toEqual([]);
});
