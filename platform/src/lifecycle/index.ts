export * from './announce.ts';
export * from './background.ts';
export * from './drain-on-signal.ts';
export * from './explain-start.ts';
export * from './requests-under-way.ts';
export * from './run-process.ts';
export * from './stop-list.ts';
