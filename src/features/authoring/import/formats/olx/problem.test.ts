import { expect, test } from 'vitest';
import { readProblem } from './problem.ts';
import { parseXml } from './xml.ts';

const read = (inner: string) => readProblem(parseXml(`<problem>${inner}</problem>`));

test('one right answer among several is a multiple choice, with what is said to each', () => {
  const choices =
    '<choicegroup><choice correct="false">Left<choicehint>No.</choicehint></choice><choice correct="true">Right <b>side</b></choice></choicegroup>';
  expect(
    read(
      `<multiplechoiceresponse><label>Which?</label>${choices}<solution><p>Explanation</p><p>It is.</p></solution></multiplechoiceresponse>`,
    ),
  ).toEqual({
    kind: 'questions',
    changed: [],
    questions: [
      {
        type: 'MULTIPLE_CHOICE',
        text: 'Which?',
        explanation: 'It is.',
        payload: {
          options: [
            { text: 'Left', isCorrect: false, feedback: 'No.' },
            { text: 'Right **side**', isCorrect: true },
          ],
        },
      },
    ],
  });
});

test.each([
  [
    'checkboxes',
    '<choiceresponse><label>x</label><checkboxgroup><choice correct="true">a</choice><choice correct="true">b</choice></checkboxgroup></choiceresponse>',
    'MULTIPLE_ANSWER',
  ],
  ['a drop-down', '<optionresponse><label>x</label><optioninput options="(\'a\',\'b\')" correct="b"/></optionresponse>', 'MULTIPLE_CHOICE'],
  ['a number', '<numericalresponse answer="-1.5e3"><label>x</label></numericalresponse>', 'NUMERIC'],
  ['words', '<stringresponse answer="Doc" type="ci"><label>x</label><additional_answer answer="Happy"/></stringresponse>', 'SHORT_ANSWER'],
])('%s become a question', (_, source, type) => {
  expect(read(source)).toMatchObject({ kind: 'questions', questions: [{ type }] });
});

test('a tolerance is kept in the unit that it is written in, and accepted words with their case', () => {
  const number = (tolerance: string) =>
    read(`<numericalresponse answer="600"><label>x</label><responseparam type="tolerance" default="${tolerance}"/></numericalresponse>`);
  expect(number('5')).toMatchObject({ questions: [{ payload: { answer: 600, tolerance: { unit: 'absolute', value: 5 } } }] });
  expect(number('0.5%')).toMatchObject({ questions: [{ payload: { tolerance: { unit: 'percent', value: 0.5 } } }] });
  expect(read('<stringresponse answer="Doc"><label>x</label></stringresponse>')).toMatchObject({
    questions: [{ payload: { accepted: ['Doc'], isCaseSensitive: true } }],
  });
});

test('several things to answer in one text are several questions, each at its number', () => {
  const gap = (right: string) => `<optionresponse><optioninput options="('a','b')" correct="${right}"/></optionresponse>`;
  const problem = read(`<p>First ${gap('a')} and then ${gap('b')}.</p>`);
  expect(problem).toMatchObject({
    kind: 'questions',
    questions: [{ text: expect.stringContaining('What belongs at (1)?') }, { text: expect.stringContaining('(2)') }],
  });
});

test.each([
  ['a program', '<script>x</script><numericalresponse answer="$x"><label>x</label></numericalresponse>', 'a program makes or marks it'],
  ['an unknown response', '<imageresponse/>', 'there is no kind of question for <imageresponse>'],
  ['a formula', '<numericalresponse answer="2*x"><label>x</label></numericalresponse>', 'its answer is worked out (2*x), not a number'],
  ['a pattern', '<stringresponse answer="..b" type="ci regexp"><label>x</label></stringresponse>', 'its answer is a pattern, not words'],
  [
    'two right answers of which one is to be chosen',
    '<multiplechoiceresponse><label>x</label><choicegroup><choice correct="true">a</choice><choice correct="true">b</choice></choicegroup></multiplechoiceresponse>',
    'several of its answers are right, and one of them is to be chosen',
  ],
  ['no question', '<p>Only words.</p>', 'it asks nothing that can be marked'],
  ['no words', '<numericalresponse answer="1"/>', 'its question has no words'],
])('a problem with %s is kept for later, with the reason', (_, source, why) => {
  expect(read(source)).toEqual({ kind: 'unknown', why });
});
