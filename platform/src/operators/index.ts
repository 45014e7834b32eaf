export * from './operator-routes.ts';
export * from './serve-operators.ts';
