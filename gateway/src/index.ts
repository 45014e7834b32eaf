export { createExecutor, type Executor, type FetchReport, type Operation } from './execution/executor.ts';
export { committedSupergraph, loadSupergraph } from './execution/supergraph.ts';
export { type GatewayOptions, type RemoteSubgraph, startGateway } from './start-gateway.ts';
