import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Everything `/metrics` shows, in Prometheus' text format. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

export const requestSeconds = new Histogram({
  name: 'lyceum_http_request_duration_seconds',
  help: 'Time from request to response by route, method and status',
  labelNames: ['route', 'method', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [metrics],
});

export const jobsFinished = new Counter({
  name: 'lyceum_jobs_finished_total',
  help: 'Jobs that ended by name and outcome',
  labelNames: ['job', 'outcome'],
  registers: [metrics],
});

export const auditChainBroken = new Gauge({
  name: 'lyceum_audit_chain_broken',
  help: 'Whether the last nightly check found the audit log changed (1) or whole (0)',
  registers: [metrics],
});
