export {
  createExecutor,
  type Executor,
  type ExecutorOptions,
  type FetchReport,
  type Operation,
} from './execution/executor.ts';
export type { SubgraphSource } from './execution/subgraph-source.ts';
export { committedSupergraph, loadSupergraph } from './execution/supergraph.ts';
export { type GatewayOptions, type RemoteSubgraph, startGateway } from './start-gateway.ts';
