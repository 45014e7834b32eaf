export * from './drain-on-signal.ts';
export * from './stop-list.ts';
