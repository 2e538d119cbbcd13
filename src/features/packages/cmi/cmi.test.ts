import { describe, expect, test } from 'vitest';
import { scormApi } from '../player/scorm-api.js';
import { type Attempt, newAttempt, type Report, totalSeconds, valuesAtBegin, withReport } from './attempt.ts';
import { cmiElements, isSettable, mostPlaces } from './model.ts';
import { secondsOfSpan, spanOfSeconds } from './time.ts';

const noRules = { masteryScore: null };
const report = (more: Partial<Report> = {}): Report => ({ sitting: 'a', sequence: 1, values: {}, seconds: 0, ending: 'none', ...more });
const after = (attempt: Attempt, more: Partial<Report>, masteryScore: number | null = null) =>
  withReport(attempt, report(more), { masteryScore }, 86_400);
const begin = (attempt: Attempt = newAttempt) =>
  valuesAtBegin({
    attempt,
    student: { id: 'ada', name: 'Ada Lovelace' },
    records: true,
    launchData: 'level=3',
    masteryScore: 80,
    maxTimeAllowed: '',
    timeLimitAction: '',
  });

describe('time', () => {
  test.each([
    ['00:00:00', 0],
    ['0001:30:05.25', 5405.25],
    ['9999:99:99.99', 9999 * 3600 + 99 * 60 + 99.99],
  ])('%s is %d seconds', (span, seconds) => expect(secondsOfSpan(span)).toBeCloseTo(seconds));
  test.each(['', '1:00:00', '00:00', '00:00:00.123', '-01:00:00', '12345:00:00'])('“%s” is no span', (span) =>
    expect(secondsOfSpan(span)).toBeUndefined(),
  );
  test('seconds are written as a span, and never longer than a span can be', () => {
    expect(spanOfSeconds(5405)).toBe('0001:30:05');
    expect(spanOfSeconds(-3)).toBe('0000:00:00');
    expect(spanOfSeconds(10 ** 9)).toBe('9999:59:59');
  });
});

describe('what content may set', () => {
  test.each([
    ['cmi.core.lesson_status', 'passed'],
    ['cmi.core.score.raw', '99.5'],
    ['cmi.core.score.raw', ''],
    ['cmi.suspend_data', 'x'.repeat(4096)],
    ['cmi.core.session_time', '0000:00:12.5'],
    ['cmi.objectives.0.status', 'not attempted'],
    ['cmi.interactions.12.correct_responses.3.pattern', 'a,b'],
    ['cmi.interactions.0.time', '23:59:59'],
    ['cmi.student_preference.audio', '-1'],
  ])('%s to “%s”', (name, value) => expect(isSettable(name, value)).toBe(true));
  test.each([
    ['cmi.core.lesson_status', 'not attempted'],
    ['cmi.core.lesson_status', 'brilliant'],
    ['cmi.core.score.raw', '101'],
    ['cmi.core.score.raw', 'many'],
    ['cmi.suspend_data', 'x'.repeat(4097)],
    ['cmi.core.student_name', 'Somebody else'],
    ['cmi.core.total_time', '00:00:00'],
    ['cmi.objectives._count', '7'],
    ['cmi.interactions.0.time', '24:00:00'],
    [`cmi.interactions.${mostPlaces}.id`, 'a'],
    ['cmi.interactions.0', 'a'],
    ['__proto__', 'a'],
    ['cmi.constructor', 'a'],
  ])('but not %s to “%s”', (name, value) => expect(isSettable(name, value)).toBe(false));
});

describe('an attempt', () => {
  test('adds up the time of its sittings, each as the content says it, else as it was measured', () => {
    let attempt = after(newAttempt, { values: { 'cmi.core.session_time': '0000:10:00' }, seconds: 700 });
    attempt = after(attempt, { sequence: 2, seconds: 800 });
    expect(totalSeconds(attempt)).toBe(600);
    attempt = after(attempt, { sitting: 'b', seconds: 30 });
    attempt = after(attempt, { sitting: 'b', sequence: 2, seconds: 45 });
    expect(totalSeconds(attempt)).toBe(645);
    expect(begin(attempt)['cmi.core.total_time']).toBe('0000:10:45');
  });

  test('believes no sitting longer than it can have been', () => {
    expect(totalSeconds(withReport(newAttempt, report({ values: { 'cmi.core.session_time': '9999:00:00' } }), noRules, 60))).toBe(60);
  });

  test('is the same after a report that comes twice, or late', () => {
    const first = report({ values: { 'cmi.core.lesson_location': '3' } });
    const attempt = withReport(
      withReport(newAttempt, first, noRules, 60),
      report({ sequence: 2, values: { 'cmi.core.lesson_location': '4' } }),
      noRules,
      60,
    );
    expect(withReport(attempt, first, noRules, 60)).toBe(attempt);
    expect(attempt.values).toEqual({ 'cmi.core.lesson_location': '4' });
  });

  test('keeps what each of two windows has set, and of the same thing what was set last', () => {
    let attempt = after(newAttempt, { sitting: 'a', values: { 'cmi.core.lesson_location': '3', 'cmi.suspend_data': 'a' } });
    attempt = after(attempt, { sitting: 'b', values: { 'cmi.suspend_data': 'b' } });
    expect(attempt.values).toEqual({ 'cmi.core.lesson_location': '3', 'cmi.suspend_data': 'b' });
  });

  test('keeps the time of more sittings than it lists', () => {
    let attempt: Attempt = newAttempt;
    for (let index = 0; index < 50; index += 1) attempt = after(attempt, { sitting: `s${index}`, seconds: 10 });
    expect(attempt.sittings).toHaveLength(30);
    expect(totalSeconds(attempt)).toBe(500);
  });

  test.each([
    ['nothing said and finished', {}, 'finished', null, 'completed', true],
    ['nothing said and left', {}, 'left', null, 'not attempted', false],
    ['meant to go on', { 'cmi.core.exit': 'suspend' }, 'finished', null, 'incomplete', false],
    ['said to be completed, and going on', { 'cmi.core.lesson_status': 'completed' }, 'none', null, 'completed', false],
    ['said to be completed, and left', { 'cmi.core.lesson_status': 'completed' }, 'left', null, 'completed', true],
    ['passed', { 'cmi.core.lesson_status': 'passed' }, 'none', null, 'passed', true],
    ['failed', { 'cmi.core.lesson_status': 'failed' }, 'finished', null, 'failed', false],
    [
      'above the score to be reached',
      { 'cmi.core.score.raw': '80', 'cmi.core.lesson_status': 'incomplete' },
      'finished',
      80,
      'passed',
      true,
    ],
    [
      'below the score to be reached',
      { 'cmi.core.score.raw': '79.9', 'cmi.core.lesson_status': 'completed' },
      'finished',
      80,
      'failed',
      false,
    ],
  ] as const)('%s', (_, values, ending, masteryScore, status, isDone) => {
    expect(after(newAttempt, { values, ending }, masteryScore)).toMatchObject({ status, isDone });
  });

  test('stays done, whatever comes later', () => {
    const done = after(newAttempt, { values: { 'cmi.core.lesson_status': 'passed' }, ending: 'finished' });
    expect(after(done, { sitting: 'b', values: { 'cmi.core.lesson_status': 'failed' }, ending: 'finished' })).toMatchObject({
      status: 'failed',
      isDone: true,
    });
  });

  test('begins anew with what content may read, and the length of what it may not', () => {
    const attempt = after(newAttempt, {
      values: {
        'cmi.core.exit': 'suspend',
        'cmi.suspend_data': 'page 3',
        'cmi.objectives.0.id': 'aim',
        'cmi.interactions.0.id': 'q1',
        'cmi.interactions.1.correct_responses.0.pattern': 'b',
      },
    });
    const values = begin(attempt);
    expect(values).toMatchObject({
      'cmi.core.entry': 'resume',
      'cmi.suspend_data': 'page 3',
      'cmi.core.student_name': 'Ada Lovelace',
      'cmi.objectives.0.id': 'aim',
      'cmi.objectives._count': '1',
      'cmi.interactions._count': '2',
      'cmi.student_data.mastery_score': '80',
      'cmi.launch_data': 'level=3',
    });
    expect(Object.keys(values).filter((name) => /interactions\.\d+\.(id|type)|core\.exit/.test(name))).toEqual([]);
    expect(begin()['cmi.core.entry']).toBe('ab-initio');
    expect(begin(after(attempt, { sitting: 'b', ending: 'finished' }))['cmi.core.entry']).toBe('');
  });
});

describe('the calls of content', () => {
  const open = () => {
    const told: string[] = [];
    const api = scormApi({
      elements: cmiElements,
      mostPlaces,
      values: begin(),
      onset: (name: string, value: string) => told.push(`${name}=${value}`),
      onfinish: () => told.push('finish'),
      onsave: () => told.push('save'),
    });
    return { api, told };
  };
  const failing = (api: ReturnType<typeof open>['api'], answer: string) => [answer, api.LMSGetLastError()];

  test('are refused before the beginning and after the end, and answered in between', () => {
    const { api, told } = open();
    expect(failing(api, api.LMSGetValue('cmi.core.student_id'))).toEqual(['', '301']);
    expect(failing(api, api.LMSInitialize(''))).toEqual(['true', '0']);
    expect(failing(api, api.LMSInitialize(''))).toEqual(['false', '101']);
    expect(api.LMSGetValue('cmi.core.student_id')).toBe('ada');
    expect(api.LMSCommit('')).toBe('true');
    expect(api.LMSFinish('')).toBe('true');
    expect(failing(api, api.LMSFinish(''))).toEqual(['false', '301']);
    expect(told).toEqual(['save', 'finish']);
  });

  test.each([
    ['cmi.core.student_name', 'Eve', '403'],
    ['cmi.core._children', 'x', '402'],
    ['cmi.objectives._count', '3', '402'],
    ['cmi.core.lesson_status', 'done', '405'],
    ['cmi.core.score.raw', '200', '405'],
    ['cmi.core.nothing', 'x', '401'],
    ['nonsense', 'x', '201'],
    ['cmi.objectives.5.id', 'x', '201'],
    ['cmi.core.lesson_status._count', 'x', '203'],
    ['cmi.core.lesson_status._children', 'x', '202'],
  ])('setting %s to “%s” is error %s', (name, value, code) => {
    const { api, told } = open();
    api.LMSInitialize('');
    expect(failing(api, api.LMSSetValue(name, value))).toEqual(['false', code]);
    expect(api.LMSGetErrorString(code)).not.toBe('');
    expect(told).toEqual([]);
  });

  test('let lists grow at their end, and keep from reading what may only be written', () => {
    const { api, told } = open();
    api.LMSInitialize('');
    expect(api.LMSSetValue('cmi.interactions.0.id', 'q1')).toBe('true');
    expect(api.LMSSetValue('cmi.interactions.0.correct_responses.0.pattern', 'a')).toBe('true');
    expect(api.LMSGetValue('cmi.interactions._count')).toBe('1');
    expect(api.LMSGetValue('cmi.interactions.0.correct_responses._count')).toBe('1');
    expect(failing(api, api.LMSGetValue('cmi.interactions.0.id'))).toEqual(['', '404']);
    expect(api.LMSSetValue('cmi.objectives.0.id', 'aim')).toBe('true');
    expect(api.LMSGetValue('cmi.objectives.0.score._children')).toBe('raw,min,max');
    expect(failing(api, api.LMSGetValue('cmi.objectives.1.id'))).toEqual(['', '201']);
    expect(told).toHaveLength(3);
  });

  test('what the player lets through, the school takes', () => {
    const { api, told } = open();
    api.LMSInitialize('');
    for (const { name } of cmiElements)
      for (const value of ['', '1', 'passed', 'choice', '0000:00:01', '12:00:00', 'x'.repeat(256)])
        api.LMSSetValue(name.replace(/\.[nm]\./g, '.0.'), value);
    expect(told.length).toBeGreaterThan(30);
    for (const line of told) {
      const [name, value] = line.split(/=(.*)/s);
      expect([name, isSettable(name!, value!)]).toEqual([name, true]);
    }
  });
});
