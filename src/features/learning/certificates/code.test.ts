import { expect, test } from 'vitest';
import { certificateCode } from './code.ts';

const code = 'LYC-7K3M-9PXA-20QV';

test.each([
  ['as it is printed', code],
  ['in small letters', 'lyc-7k3m-9pxa-20qv'],
  ['without dashes', 'LYC7K3M9PXA20QV'],
  ['with spaces and another dash', '  lyc 7K3M – 9PXA – 20QV '],
  ['without its beginning', '7k3m-9pxa-20qv'],
  ['with an O for the nought, and a U for the V', 'LYC-7K3M-9PXA-2OQU'],
  ['with a one for the first letter', '1YC-7K3M-9PXA-20QV'],
])('a code is read %s', (_, typed) => {
  expect(certificateCode(typed)).toBe(code);
});

test('ones are read whatever they look like, and a code may begin with what begins them all', () => {
  expect(certificateCode('lyc-1il1-0000-oooo')).toBe('LYC-1111-0000-0000');
  expect(certificateCode('LYC-1YC0-0000-0000')).toBe('LYC-1YC0-0000-0000');
  expect(certificateCode('1YC0-0000-0000')).toBe('LYC-1YC0-0000-0000');
});

test.each([
  '',
  'LYC',
  'LYC-7K3M-9PXA-20Q',
  'LYC-7K3M-9PXA-20QDD',
  'LYC-7K3M-9PXA-20Q*',
  'https://school.example',
  '../../etc',
  '７K3M９PXA20QD',
])('“%s” is no code', (typed) => {
  expect(certificateCode(typed)).toBeNull();
});
