/** The address of a form action that comes back to the same view of its page. */
export function actionAddress({ searchParams }: { searchParams: Iterable<[string, string]> }, action: string): string {
  const wishes = new URLSearchParams([...searchParams].filter(([name]) => !name.startsWith('/')));
  return `?/${action}${wishes.size > 0 ? `&${wishes}` : ''}`;
}
