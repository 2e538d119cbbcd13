import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filmFacts } from '../features/media/films/film-facts.ts';
import { demoCourses } from './courses.ts';

const demo = join(import.meta.dirname, '../../demo/courses');
const kilobytes = 1024;

interface Caption {
  from: number;
  to: number;
  words: string;
}

function captionsIn(file: string): Caption[] {
  const cue = /^(\d\d):(\d\d):([\d.]+) --> (\d\d):(\d\d):([\d.]+)\n(.+?)(?:\n\n|\n?$(?![\s\S]))/gms;
  const seconds = (hours = '', minutes = '', rest = '') => Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return [...readFileSync(file, 'utf8').matchAll(cue)].map(([, h1, m1, s1, h2, m2, s2, words = '']) => ({
    from: seconds(h1, m1, s1),
    to: seconds(h2, m2, s2),
    words: words.replaceAll('\n', ' '),
  }));
}

describe.each(demoCourses.map(({ folder }) => folder))('the demo course %s', (folder) => {
  const films = globSync('**/*.mp4', { cwd: join(demo, folder) }).map((film) => join(demo, folder, film));

  test('shows at least one film, short and small', async () => {
    expect(films.length).toBeGreaterThan(0);
    for (const film of films) {
      expect(await filmFacts(film)).toMatchObject({ width: 1280, height: 720 });
      expect((await filmFacts(film))?.durationSeconds).toBeLessThanOrEqual(50);
      expect(statSync(film).size).toBeLessThan(640 * kilobytes);
    }
  });

  test('captions its films, one caption after the other, no faster than people read', async () => {
    for (const film of films) {
      const captions = captionsIn(film.replace('.mp4', '.en.vtt'));
      expect(captions.length).toBeGreaterThan(4);
      expect(captions.at(-1)?.to).toBeLessThanOrEqual((await filmFacts(film))?.durationSeconds ?? 0);
      for (const [index, { from, to, words }] of captions.entries()) {
        expect(from).toBeGreaterThanOrEqual(captions[index - 1]?.to ?? 0);
        expect(words.length / (to - from), words).toBeLessThanOrEqual(17.05);
        expect(words.length, words).toBeLessThanOrEqual(84);
      }
    }
  });
});
