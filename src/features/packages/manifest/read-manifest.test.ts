import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../../../tests/support/packages.ts';
import { readManifest } from './read-manifest.ts';

const files = (...paths: string[]) => new Set(['imsmanifest.xml', 'one.html', ...paths]);
const item = (more: Partial<{ id: string; title: string; file: string; parameters: string; within: string }> = {}) => ({
  id: 'one',
  title: 'One',
  file: 'one.html',
  ...more,
});

test('a package says its title, its parts under their headings, and what each asks', () => {
  const xml = manifestOf({
    title: 'Seamanship',
    identifier: 'sea.1',
    items: [
      item({
        title: 'Knots &amp; <![CDATA[bends]]>',
        parameters: '?level=2',
        within:
          '<adlcp:masteryscore>75</adlcp:masteryscore><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:datafromlms>a=1</adlcp:datafromlms><item identifier="two" identifierref="one_resource"><title>Two</title></item>',
      }),
    ],
  });
  expect(readManifest(xml, files())).toEqual({
    identifier: 'sea.1',
    version: '1',
    title: 'Seamanship',
    parts: [
      {
        id: 'one',
        title: 'Knots & bends',
        heading: null,
        href: 'one.html?level=2',
        isAsset: false,
        masteryScore: 75,
        maxTimeAllowed: '00:30:00',
        timeLimitAction: 'exit,message',
        launchData: 'a=1',
      },
      expect.objectContaining({ id: 'two', title: 'Two', heading: 'Knots & bends', href: 'one.html', masteryScore: null }),
    ],
  });
});

test('addresses are put together as browsers do, with bases, folders and parameters', () => {
  const xml = manifestOf({ items: [item({ file: 'a b.html?x=1', parameters: '&amp;y=2' })] })
    .replace('<resources>', '<resources xml:base="content/">')
    .replace('<resource identifier', '<resource xml:base="part%20one/" identifier');
  expect(readManifest(xml, files('content/part one/a b.html')).parts[0]?.href).toBe('content/part%20one/a%20b.html?x=1&y=2');
});

test('the organization that the package names is played, and items that are not shown are not', () => {
  const other =
    '<organization identifier="other"><title>Other</title><item identifier="o" identifierref="one_resource"><title>O</title></item></organization>';
  const xml = manifestOf({ items: [item(), item({ id: 'two' })] })
    .replace('<organizations default="main">', `<organizations default="main">${other}`)
    .replace('<item identifier="two"', '<item isvisible="false" identifier="two"');
  expect(readManifest(xml, files()).parts.map(({ id }) => id)).toEqual(['one']);
});

describe('refused, with the reason', () => {
  test.each([
    ['an empty document', '<?xml version="1.0"?>', 'not well-formed'],
    ['broken XML', '<manifest><a></manifest>', 'not well-formed'],
    ['another document', '<html/>', 'its first element is “html”'],
    ['a document type', '<!DOCTYPE manifest SYSTEM "file:///etc/passwd"><manifest/>', 'declares a document type'],
    [
      'entities that grow',
      '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><manifest><organizations>&b;</organizations></manifest>',
      'declares a document type',
    ],
    ['an entity that nobody declared', manifestOf().replace('A small package', '&passwd;'), 'not well-formed'],
    ['no organization', '<manifest identifier="m"><resources/></manifest>', 'no item with something to play'],
    ['SCORM 2004', manifestOf({ version: '2004 4th Edition' }), 'Export it as SCORM 1.2'],
    ['SCORM 2004 by its other name', manifestOf({ version: 'CAM 1.3' }), 'Export it as SCORM 1.2'],
    [
      'a file that is not there',
      manifestOf({ items: [item({ file: 'gone.html' })] }),
      'the file “gone.html” of “One” is not in the package',
    ],
    ['a path that climbs', manifestOf({ items: [item({ file: '../../one.html' })] }), 'leads out of the package'],
    ['a path that climbs in disguise', manifestOf({ items: [item({ file: 'a/%2e%2e/%2e%2e/one.html' })] }), 'leads out of the package'],
    ['another site', manifestOf({ items: [item({ file: 'https://evil.example/one.html' })] }), 'leads out of the package'],
    ['another site without its scheme', manifestOf({ items: [item({ file: '//evil.example/one.html' })] }), 'leads out of the package'],
    ['a script as address', manifestOf({ items: [item({ file: 'javascript:alert(1)' })] }), 'leads out of the package'],
    ['two parts of one name', manifestOf({ items: [item(), item()] }), 'two items have the name “one”'],
    ['a resource that it does not have', manifestOf().replace('identifierref="one_resource"', 'identifierref="nothing"'), 'does not have'],
    ['depths that no real one has', `<manifest>${'<a>'.repeat(200)}${'</a>'.repeat(200)}</manifest>`, 'larger or deeper'],
  ])('%s', (_, xml, reason) => {
    expect(() => readManifest(xml, files())).toThrow(reason);
  });
});

test('a byte order mark is no letter', () => {
  expect(readManifest(`\uFEFF${manifestOf()}`, files()).parts).toHaveLength(1);
});
