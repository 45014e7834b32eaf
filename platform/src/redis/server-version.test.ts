import { expect, test } from 'vitest';
import { versionTooOld } from './server-version.ts';

const info = (version: string) => `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`;

test.each(['7.0.15', '8.2.1', '10.0.0'])('%s will do', (version) => {
  expect(versionTooOld(info(version))).toBeUndefined();
});

test.each(['6.2.14', '5.0.14', '2.8.0'])('%s is too old', (version) => {
  expect(versionTooOld(info(version))).toBe(version);
});

test('a server that does not tell is taken as it is', () => {
  expect(versionTooOld('# Cluster\r\ncluster_enabled:0\r\n')).toBeUndefined();
});
