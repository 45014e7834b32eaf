export * from './connection.ts';
export * from './cursor.ts';
export * from './page-arguments.ts';
