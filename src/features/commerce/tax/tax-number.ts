import { endsElevenMinus, endsModEleven, isDivisible, isIso7064, isLuhn, isMod97 } from './check-digits.ts';

interface Form {
  /** What follows the letters of the country. */
  pattern: RegExp;
  /** Whether its check digits are right, where they are simple and the same for everybody. */
  isRight?: (number: string) => boolean;
}

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function isAustrian(number: string): boolean {
  const digits = [...number.slice(1)].map(Number);
  const sum = digits
    .slice(0, 7)
    .reduce((all, digit, index) => all + (index % 2 === 0 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10)), 0);
  return (10 - ((sum + 4) % 10)) % 10 === digits[7];
}

function isIrish(number: string): boolean {
  const digits = [...number.slice(0, 7)].reduce((all, digit, index) => all + Number(digit) * (8 - index), 0);
  const second = number[8] === undefined || number[8] === 'W' ? 0 : number.charCodeAt(8) - 64;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(digits + second * 9) % 23] === number[7];
}

/** Two signs, which are digits for most, and a number of a firm. Monaco's begin with noughts and have no check digit. */
function isFrench(number: string): boolean {
  const [key, firm] = [number.slice(0, 2), number.slice(2)];
  if (!firm.startsWith('000') && !isLuhn(firm)) return false;
  return /\D/.test(key) || (12 + 3 * (Number(firm) % 97)) % 97 === Number(key);
}

function isDutch(number: string): boolean {
  return isDivisible([9, 8, 7, 6, 5, 4, 3, 2, -1], 11)(number) || isMod97(`NL${number}`);
}

/** VAT numbers of the European Union, by the letters that they begin with. Sources: the Commission's list of structures (VIES), and each state's own rule. */
const euForms: Record<string, Form> = {
  AT: { pattern: /^U\d{8}$/, isRight: isAustrian },
  BE: { pattern: /^[01]\d{9}$/, isRight: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)) },
  BG: { pattern: /^\d{9,10}$/ },
  CY: { pattern: /^\d{8}[A-Z]$/ },
  CZ: { pattern: /^\d{8,10}$/ },
  DE: { pattern: /^[1-9]\d{8}$/, isRight: isIso7064 },
  DK: { pattern: /^\d{8}$/, isRight: isDivisible([2, 7, 6, 5, 4, 3, 2, 1], 11) },
  EE: { pattern: /^\d{9}$/, isRight: isDivisible([3, 7, 1, 3, 7, 1, 3, 7, 1], 10) },
  EL: { pattern: /^\d{9}$/, isRight: endsModEleven([256, 128, 64, 32, 16, 8, 4, 2], 0) },
  ES: { pattern: /^(?:[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/ },
  FI: { pattern: /^\d{8}$/, isRight: isDivisible([7, 9, 10, 5, 8, 4, 2, 1], 11) },
  FR: { pattern: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, isRight: isFrench },
  HR: { pattern: /^\d{11}$/, isRight: isIso7064 },
  HU: { pattern: /^\d{8}$/, isRight: isDivisible([9, 7, 3, 1, 9, 7, 3, 1], 10) },
  IE: { pattern: /^(?:\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/, isRight: (number) => !/^\d{7}/.test(number) || isIrish(number) },
  IT: { pattern: /^\d{11}$/, isRight: isLuhn },
  LT: { pattern: /^(?:\d{9}|\d{12})$/ },
  LU: { pattern: /^\d{8}$/, isRight: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)) },
  LV: { pattern: /^\d{11}$/ },
  MT: { pattern: /^[1-9]\d{7}$/, isRight: isDivisible([3, 4, 6, 7, 8, 9, 10, 1], 37) },
  NL: { pattern: /^\d{9}B\d{2}$/, isRight: isDutch },
  PL: { pattern: /^\d{10}$/, isRight: endsModEleven([6, 5, 7, 2, 3, 4, 5, 6, 7], null) },
  PT: { pattern: /^[1-9]\d{8}$/, isRight: endsElevenMinus([9, 8, 7, 6, 5, 4, 3, 2]) },
  RO: { pattern: /^[1-9]\d{1,9}$/ },
  SE: { pattern: /^\d{10}(?!00)\d{2}$/, isRight: (number) => isLuhn(number.slice(0, 10)) },
  SI: { pattern: /^[1-9]\d{7}$/, isRight: endsElevenMinus([8, 7, 6, 5, 4, 3, 2]) },
  SK: { pattern: /^[1-9]\d{9}$/, isRight: (number) => Number(number) % 11 === 0 },
};

function isIndian(number: string): boolean {
  const sum = [...number.slice(0, 14)].reduce((all, sign, index) => {
    const product = signs.indexOf(sign) * (index % 2 === 0 ? 1 : 2);
    return all + Math.floor(product / 36) + (product % 36);
  }, 0);
  return signs[(36 - (sum % 36)) % 36] === number[14];
}

/**
 * The number under which a business of a country pays its tax, as it is written: capitals, nothing between them, the country's letters first in the European Union. Null for one
 * whose form or check digits are wrong, and for countries whose numbers are not known here. Nobody is asked whether it is in use.
 */
export function checkedTaxNumber(country: string, text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s./·-]/g, '');
  if (country === 'IN') return /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(plain) && isIndian(plain) ? plain : null;
  const letters = country === 'GR' ? 'EL' : country;
  const form = euForms[letters];
  if (!form) return null;
  const number = plain.startsWith(letters) ? plain.slice(letters.length) : plain;
  return form.pattern.test(number) && (form.isRight?.(number) ?? true) ? letters + number : null;
}
