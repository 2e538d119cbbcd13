import { expect, test } from 'vitest';
import { BrokenXml, parseXml, textOf, xmlOf } from './xml.ts';

test('an element is read with its text in order, and can be written again', () => {
  const source = '<problem a="1 &amp; 2"><p>One <b>two</b> three</p><choice/></problem>';
  expect(xmlOf(parseXml(source))).toBe(source);
  expect(textOf(parseXml('<a>x<![CDATA[<y>]]>z</a>'))).toBe('x<y>z');
});

test.each([
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>'],
  ['a billion laughs', '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;"><!ENTITY z "&y;&y;&y;">]><a>&z;</a>'],
  ['a file of the server', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['a document type elsewhere', '<!DOCTYPE a SYSTEM "https://evil.test/a.dtd"><a/>'],
  ['an entity that nobody defined', '<a>&nbsp;</a>'],
  ['an element that nobody closes', '<a><b></a>'],
  ['elements without end', '<a>'.repeat(500)],
  ['no element', 'words'],
  ['nothing', ''],
])('XML with %s is broken, not obeyed', (_, source) => {
  expect(() => parseXml(source)).toThrow(BrokenXml);
});
