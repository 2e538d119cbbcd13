/** A square part of a picture, in pixels of the picture as it is seen, upright. */
export interface Crop {
  x: number;
  y: number;
  size: number;
}

/** The smallest square that still makes a picture of a person. */
export const smallestCrop = 64;

/** The square of a picture that is meant: as asked, moved and shrunk until it lies inside; without a wish the largest one at the center. */
export function cropWithin(picture: { width: number; height: number }, wish?: Crop): Crop {
  const largest = Math.min(picture.width, picture.height);
  if (!wish) return { x: Math.floor((picture.width - largest) / 2), y: Math.floor((picture.height - largest) / 2), size: largest };
  const size = Math.max(Math.min(smallestCrop, largest), Math.min(Math.round(wish.size), largest));
  const within = (place: number, length: number) => Math.max(0, Math.min(Math.round(place), length - size));
  return { x: within(wish.x, picture.width), y: within(wish.y, picture.height), size };
}
