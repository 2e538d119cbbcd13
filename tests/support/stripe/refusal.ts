/** An answer that refuses, in Stripe's own form. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly details: Record<string, string>;

  constructor(message: string, details: Record<string, string> = {}, status = 400) {
    super(message);
    this.status = status;
    this.details = details;
  }

  get body() {
    return { error: { type: 'invalid_request_error', message: this.message, ...this.details } };
  }
}

/** Stripe knows nothing of that id. */
export function missing(object: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(`No such ${object}: '${id}'`, { code: 'resource_missing', param }, param === 'id' ? 404 : 400);
}
