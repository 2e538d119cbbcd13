import { expect, test } from 'vitest';
import { greeting, inColors, letterHtml, letterText } from './mail-layout.ts';

const letter = {
  heading: 'Welcome, <b>Ada</b> & co',
  paragraphs: ['First.', 'Second.'],
  button: { label: 'Open', url: 'https://school.test/a?b=1&c="2"' },
  notes: ['It works for a day.'],
};

test('the text of a mail has its link on a line of its own, as it is', () => {
  expect(letterText(letter).split('\n')).toContain('https://school.test/a?b=1&c="2"');
});

test('nothing that a person typed becomes markup in a mail', () => {
  const html = letterHtml(letter);
  expect(html).toContain('Welcome, &lt;b&gt;Ada&lt;/b&gt; &amp; co');
  expect(html).toContain('href="https://school.test/a?b=1&amp;c=&quot;2&quot;"');
  expect(html).not.toContain('<b>');
});

test('a mail loads nothing from anywhere', () => {
  expect(letterHtml(letter)).not.toMatch(/<(img|script|link|iframe)|url\(/);
});

test.each(['Ada Lovelace', 'J. R. R. Tolkien', 'Ada <b>', "O'Neill-Müller", '李小龍', 'Martin Luther King Jr.'])(
  '%s is greeted by name',
  (name) => {
    expect(greeting(name)).toBe(`Hello ${name},`);
  },
);

test.each(['Win at https://evil.example', 'www.evil.example', 'evil.example', 'Ada evil.рф', 'me@evil.example'])(
  'a name that a mail program would make a link of is left out: %s',
  (name) => {
    expect(greeting(name)).toBe('Hello,');
  },
);

test('the lines of a text are no longer than a screen, and a link is never broken', () => {
  const url = `https://school.test/${'a'.repeat(200)}`;
  const text = letterText({ heading: 'Long', paragraphs: ['many small words '.repeat(30)], notes: [{ text: 'Or here:', url }] });
  expect(text.split('\n')).toContain(url);
  for (const line of text.replace(url, '').split('\n')) expect(line.length).toBeLessThanOrEqual(76);
});

test('a letter says all of its notes in both forms', () => {
  const noted = { ...letter, notes: ['First note.', { text: 'Look:', url: 'https://school.test/settings' }] };
  for (const form of [letterText(noted), letterHtml(noted)]) {
    expect(form).toContain('First note.');
    expect(form).toContain('https://school.test/settings');
  }
});

test('a letter is dark where the device is, and can be looked at in either colors', () => {
  const html = letterHtml(letter);
  expect(html).toContain('@media (prefers-color-scheme:dark){');
  expect(inColors(html, 'dark')).toContain('@media all{');
  expect(inColors(html, 'light')).toContain('@media not all{');
});
