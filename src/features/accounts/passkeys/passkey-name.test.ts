import { expect, test } from 'vitest';
import { passkeyName } from './passkey-name.ts';

const nobody = '00000000-0000-0000-0000-000000000000';
const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';

test.each([
  ['the program that keeps it', { aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d', transports: 'internal', userAgent: safari }, '1Password'],
  ['the kind of key it is', { aaguid: nobody, transports: 'usb,nfc', userAgent: safari }, 'Security key'],
  ['the browser and its device', { aaguid: nobody, transports: 'internal,hybrid', userAgent: safari }, 'Safari on macOS'],
  ['what is known, when nothing is', { aaguid: null, transports: null, userAgent: '' }, 'An unknown browser'],
])('a new passkey is named after %s', (_, origin, name) => {
  expect(passkeyName(origin, [])).toBe(name);
});

test('a second one of a kind has a number', () => {
  const origin = { aaguid: nobody, transports: 'usb', userAgent: safari };
  expect(passkeyName(origin, ['Security key'])).toBe('Security key 2');
  expect(passkeyName(origin, ['Security key', 'Security key 2', 'Security key 3'])).toBe('Security key 4');
  expect(passkeyName(origin, ['Security key 2'])).toBe('Security key');
});
