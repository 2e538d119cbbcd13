import { expect, test } from 'vitest';
import { checkedTaxNumber } from './tax-number.ts';

/** Numbers that are in use or that the states give as examples. */
const right =
  `AT:U13585627 BE:0428759497 CY:10259033P CZ:25123891 DE:136695976 DK:13585628 EE:100931558 GR:094259216 ES:A13585625 FI:20774740 FR:40303265045
  HR:33392005961 HU:12892312 IE:6433435F IE:6433435OA IT:00743110157 LT:119511515 LU:15027442 LV:40003521600 MT:11679112 NL:004495445B01 NL:123456789B13
  PL:8567346215 PT:501964843 RO:18547290 SE:123456789701 SI:50223054 SK:2022749619 BG:175074752 IN:27AAPFU0939F1ZV`
    .split(/\s+/)
    .map((text) => text.split(':') as [country: string, number: string]);

test.each(right)('a business of %s may have the number %s', (country, number) => {
  const letters = country === 'GR' ? 'EL' : country;
  expect(checkedTaxNumber(country, number)).toBe(country === 'IN' ? number : letters + number);
});

const checked = right.filter(([country]) => !['BG', 'CY', 'CZ', 'ES', 'LT', 'LV', 'RO'].includes(country));
test.each(checked)('and in %s one wrong digit in %s is noticed', (country, number) => {
  const at = number.search(/\d(?=\D*\d)/);
  const wrong = number.slice(0, at) + ((Number(number[at]) + 1) % 10) + number.slice(at + 1);
  expect(checkedTaxNumber(country, wrong)).toBeNull();
});

test('a number is read as people write it, with its letters or without', () => {
  expect(checkedTaxNumber('DE', 'de 136 695 976')).toBe('DE136695976');
  expect(checkedTaxNumber('AT', 'U 1358-5627')).toBe('ATU13585627');
  expect(checkedTaxNumber('GR', 'el094259216')).toBe('EL094259216');
});

test('a number of another country, or of a country whose numbers are not known here, is none', () => {
  expect(checkedTaxNumber('FR', 'DE136695976')).toBeNull();
  expect(checkedTaxNumber('US', '12-3456789')).toBeNull();
  expect(checkedTaxNumber('DE', '')).toBeNull();
});
