/** Σ digit × weight. */
function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** Whether the weighted sum of all digits, the check digit among them, is divisible. */
export function isDivisible(weights: readonly number[], by: number): (digits: string) => boolean {
  return (digits) => weighted(digits, weights) % by === 0;
}

/** Whether the last digit is what is left of 11 by the weighted sum of the others; 10 and 11 stand as nothing. */
export function endsElevenMinus(weights: readonly number[]): (digits: string) => boolean {
  return (digits) => {
    const check = 11 - (weighted(digits, weights) % 11);
    return (check > 9 ? 0 : check) === Number(digits[weights.length]);
  };
}

/** Whether the last digit is the weighted sum of the others, modulo 11; 10 stands as `ten`, or cannot be. */
export function endsModEleven(weights: readonly number[], ten: 0 | null): (digits: string) => boolean {
  return (digits) => {
    const check = weighted(digits, weights) % 11;
    return (check === 10 ? ten : check) === Number(digits[weights.length]);
  };
}

/** Luhn's formula: every second digit from the right counts double. */
export function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 7064, MOD 11,10. */
export function isIso7064(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** ISO 7064, MOD 97,10, over digits and letters (A is 10). */
export function isMod97(text: string): boolean {
  const digits = [...text].map((sign) => Number.parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
