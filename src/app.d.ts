import type { Context } from '#platform/context.ts';

declare global {
  namespace App {
    interface Locals {
      /** Who asks, on which connection, at what time: handed to every command and query. */
      ctx: Context;
      /** Set by a refusal: when to try again, for the answer's header. */
      retryAfterSeconds?: number;
    }
    interface Error {
      message: string;
      /** Quotable id of an unexpected error; the log line carries the same. */
      errorId?: string;
    }
    interface PageData {
      /** Set by the root layout for the signed-in person's header. */
      viewer?: { name: string; email: string; role: 'STUDENT' | 'INSTRUCTOR' | 'ADMIN' } | null;
    }
  }
}
