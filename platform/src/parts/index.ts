export * from './open-parts.ts';
