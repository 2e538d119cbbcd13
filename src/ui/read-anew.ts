import { invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/** Reads the page anew; where somebody is on the way to another, that one, once they are there: what is read for a page that is left is thrown away. */
export async function readAnew(): Promise<void> {
  for (let awaited: Promise<void> | undefined; navigating.complete && navigating.complete !== awaited; ) {
    awaited = navigating.complete;
    // Called off by one who turns elsewhere.
    await awaited.catch(() => undefined);
  }
  await invalidateAll();
}
