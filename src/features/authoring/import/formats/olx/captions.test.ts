import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../../../tests/support/courses.ts';
import { mp4 } from '../../../../../../tests/support/films.ts';
import { importSchool } from '../../../../../../tests/support/import-school.ts';
import { importCourse } from '../../../index.server.ts';

const { school, folderOf, rows } = importSchool();

const srt = '1\r\n00:00:00,000 --> 00:00:01,500\r\nAhoy\r\n';
const sjson = (text: unknown[]) => JSON.stringify({ start: [0, 1500, 3000], end: [1500, 3000, 4000], text });

/** A course of one unit, and what became of it. */
async function imported(video: string, files: Record<string, string | Uint8Array>) {
  const ctx = school.database.context(await aPerson(school.database, 'INSTRUCTOR'));
  const { path } = folderOf('harbor', {
    'course.xml':
      '<course url_name="2026" org="Harbor" course="Sail" display_name="Sail"><chapter display_name="One"><sequential display_name="Words"><vertical url_name="bow" display_name="Bow">' +
      `${video}</vertical></sequential></chapter></course>`,
    'static/harbor.mp4': mp4({ seconds: 5, width: 32, height: 18 }),
    ...files,
  });
  const report = await importCourse(ctx, { path });
  const tracks = await rows<{ language: string; label: string; key: string }>(
    `select c.language, c.label, f.key from captions c join files f on f.id = c.file_id join lessons l on l.video_id = c.video_id
      where l.course_id = $1 order by 1`,
    report.course.id,
  );
  const captions: Record<string, string> = {};
  for (const { language, label, key } of tracks)
    captions[`${language} ${label}`] = String(await buffer(await runtime().storage.getStream(key)));
  const [lesson] = await rows<{ content: string }>(
    'select content from lessons where course_id = $1 order by position limit 1',
    report.course.id,
  );
  return { report, captions, content: lesson?.content ?? '' };
}

test('transcripts become captions of the film, whichever way the package names and writes them, and no plain files', async () => {
  const { report, captions, content } = await imported(
    `<video display_name="Harbor" sub="old-1" transcripts='{"de": "ahoi.srt", "zh_Hans": "subs_zh.srt.sjson"}'><source src="/static/harbor.mp4"/></video>`,
    {
      'static/ahoi.srt': srt,
      'static/subs_zh.srt.sjson': sjson(['你好', '', 'a --> b\n\nc']),
      'static/subs_old-1.srt.sjson': sjson(['Ahoy &amp; off', 'we', 'go']),
    },
  );
  expect(captions).toEqual({
    'de German': 'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\nAhoy\n',
    'en English': expect.stringContaining('00:00:01.500 --> 00:00:03.000\nwe\n'),
    'zh-Hans Simplified Chinese': 'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\n你好\n\n2\n00:00:03.000 --> 00:00:04.000\na → b\nc\n',
  });
  expect(content).not.toContain('Transcript');
  expect(report.cameIn).toContainEqual({ path: 'static/ahoi.srt', what: 'captions (de) of the lesson “Bow”' });
  expect(report.counts.attachments).toBe(0);
  expect(report.leftOut.filter(({ path }) => path.startsWith('static/'))).toEqual([]);
});

test('a transcript that makes no captions is an attachment, and the report says in which line it fails', async () => {
  const { report, captions, content } = await imported(
    '<video display_name="Harbor"><source src="/static/harbor.mp4"/><transcript language="en" src="bad.srt"/><transcript language="fr" src="none.srt"/><transcript language="es" src="broken.srt.sjson"/></video>',
    { 'static/bad.srt': '1\n00:00:05,000 --> 00:00:01,500\nAhoy\n', 'static/broken.srt.sjson': '{"start": 1' },
  );
  expect(captions).toEqual({});
  expect(content).toMatch(/\[Transcript in English\]\(.*\[Transcript in Spanish\]/);
  expect(report.changed).toEqual(
    expect.arrayContaining([
      { path: 'static/bad.srt', what: 'no captions could be made of it (line 2: this caption ends before it begins): it is an attachment' },
      { path: expect.any(String), what: 'the transcript none.srt is missing' },
      { path: 'static/broken.srt.sjson', what: expect.stringMatching(/^no captions could be made of it/) },
    ]),
  );
  expect(report.cameIn).toContainEqual({ path: 'static/bad.srt', what: 'an attachment' });
});

test('a film at YouTube keeps its transcript as an attachment, because nothing can be laid over it', async () => {
  const { report, captions, content } = await imported(
    '<video display_name="Harbor" youtube_id_1_0="8J4WuMdKCDM"><transcript language="en" src="ahoy.srt"/></video>',
    { 'static/ahoy.srt': srt },
  );
  expect(captions).toEqual({});
  expect(content).toContain('[Transcript in English]');
  expect(report.changed).toContainEqual({
    path: 'static/ahoy.srt',
    what: 'captions cannot be laid over a film at YouTube: it is an attachment',
  });
});
