import { createMetricsRegistry, measureSeconds, type Registry } from '@starling/platform/telemetry';
import { Counter, Gauge } from 'prom-client';
import type { UncoveredReason } from './execution/compiled/uncovered.ts';
import type { FetchReport } from './execution/executor.ts';

export interface GatewayMetrics {
  readonly registry: Registry;
  operation(kind: string, outcome: 'ok' | 'error', seconds: number): void;
  fetch(report: FetchReport): void;
  /** A subgraph was asked one question for several fetches. */
  jointQuestion(subgraph: string): void;
  /** A plan that the compiled executor does not cover was run by `@apollo/gateway`'s. */
  uncovered(reason: UncoveredReason): void;
  /** Counted when they are read. */
  watchConnections(connections: () => number): void;
  /** Counted when they are read, by what is kept of the texts that clients sent. */
  watchDocuments(kept: () => Readonly<Record<string, number>>): void;
  event(outcome: 'ok' | 'error'): void;
}

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** What operators see of the gateway; labels have few values, whatever clients send. */
export function createMetrics(): GatewayMetrics {
  const registry = createMetricsRegistry();
  const registers = [registry];
  const operation = measureSeconds(registry, {
    name: 'starling_gateway_operation_seconds',
    help: 'Operations answered, by kind (query, mutation, subscription, none) and outcome.',
    labels: ['kind', 'outcome'],
    buckets: SECONDS,
  });
  const fetched = measureSeconds(registry, {
    name: 'starling_gateway_fetch_seconds',
    help: 'Fetches from subgraphs, by subgraph and outcome.',
    labels: ['subgraph', 'outcome'],
    buckets: SECONDS,
  });
  const jointQuestions = new Counter({
    name: 'starling_gateway_joint_questions_total',
    help: 'Questions to subgraphs elsewhere that were asked for several fetches at once, by subgraph.',
    labelNames: ['subgraph'],
    registers,
  });
  const uncovered = new Counter({
    name: 'starling_gateway_uncovered_plans_total',
    help: 'Executions of plans that are not compiled, by what in the plan is not.',
    labelNames: ['reason'],
    registers,
  });
  const events = new Counter({
    name: 'starling_gateway_live_events_total',
    help: 'Events handed to live subscribers, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    registry,
    operation,
    fetch: ({ subgraph, failed, seconds }) => fetched(subgraph, failed ? 'error' : 'ok', seconds),
    jointQuestion: (subgraph) => jointQuestions.inc({ subgraph }),
    uncovered: (reason) => uncovered.inc({ reason }),
    watchConnections(connections) {
      const gauge: Gauge = new Gauge({
        name: 'starling_gateway_live_connections',
        help: 'WebSocket connections that are open.',
        registers,
        collect: () => gauge.set(connections()),
      });
    },
    watchDocuments(kept) {
      const gauge: Gauge<'what'> = new Gauge({
        name: 'starling_gateway_kept_documents',
        help: 'Texts of clients of which something is kept: read, registered by their hashes, planned.',
        labelNames: ['what'],
        registers,
        collect() {
          for (const [what, count] of Object.entries(kept())) gauge.set({ what }, count);
        },
      });
    },
    event: (outcome) => events.inc({ outcome }),
  };
}
