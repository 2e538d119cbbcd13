import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centered, moved, zoomedTo, zoomOf } from './avatar-crop.ts';

const picture = { width: 800, height: 400 };

test('one begins with the largest square at the center', () => {
  expect(centered(picture)).toEqual({ x: 200, y: 0, size: 400 });
});

test('the square moves as far as the edges of the picture', () => {
  expect(moved(centered(picture), picture, -50, 10)).toEqual({ x: 150, y: 0, size: 400 });
  expect(moved(centered(picture), picture, 5000, 0)).toEqual({ x: 400, y: 0, size: 400 });
});

test('zooming keeps the center, and goes no further than a face needs', () => {
  expect(zoomedTo(centered(picture), picture, 1)).toEqual({ x: 368, y: 168, size: 64 });
  expect(zoomOf(centered(picture), picture)).toBe(0);
  expect(zoomedTo(centered({ width: 64, height: 90 }), { width: 64, height: 90 }, 1).size).toBe(64);
  expect(zoomOf(centered({ width: 64, height: 90 }), { width: 64, height: 90 })).toBe(0);
});

test('whatever one does, the square stays inside', () => {
  const length = fc.integer({ min: 64, max: 8000 });
  const step = fc.record({
    x: fc.integer({ min: -9000, max: 9000 }),
    y: fc.integer({ min: -9000, max: 9000 }),
    zoom: fc.double({ min: -1, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(length, length, fc.array(step, { maxLength: 6 }), (width, height, steps) => {
      let crop = centered({ width, height });
      for (const { x, y, zoom } of steps) crop = zoomedTo(moved(crop, { width, height }, x, y), { width, height }, zoom);
      expect(crop.size).toBeGreaterThanOrEqual(63.999);
      expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.size).toBeLessThanOrEqual(width + 1e-6);
      expect(crop.y + crop.size).toBeLessThanOrEqual(height + 1e-6);
    }),
  );
});
