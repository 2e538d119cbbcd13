import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropWithin, smallestCrop } from './crop.ts';

test('without a wish the largest square at the center is meant', () => {
  expect(cropWithin({ width: 400, height: 300 })).toEqual({ x: 50, y: 0, size: 300 });
  expect(cropWithin({ width: 300, height: 401 })).toEqual({ x: 0, y: 50, size: 300 });
});

test('a wish that lies inside is kept, to the pixel', () => {
  expect(cropWithin({ width: 400, height: 300 }, { x: 10.4, y: 20.6, size: 100.2 })).toEqual({ x: 10, y: 21, size: 100 });
});

test('whatever is wished, the square lies inside the picture and is not tiny', () => {
  const length = fc.integer({ min: smallestCrop, max: 9000 });
  const place = fc.double({ min: 0, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(length, length, place, place, place, (width, height, x, y, size) => {
      const crop = cropWithin({ width, height }, { x, y, size });
      expect(Object.values(crop).every(Number.isInteger)).toBe(true);
      expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
      expect(crop.size).toBeGreaterThanOrEqual(smallestCrop);
      expect(crop.x + crop.size).toBeLessThanOrEqual(width);
      expect(crop.y + crop.size).toBeLessThanOrEqual(height);
    }),
  );
});
