const OLDEST = 7;

/** The version that a server's INFO tells, when it is too old for us. One that tells none is taken as it is. */
export function versionTooOld(info: string): string | undefined {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1];
  return version !== undefined && Number.parseInt(version, 10) < OLDEST ? version : undefined;
}

export function explainTooOld(version: string, shown: string): string {
  return `Redis at REDIS_URL (${shown}) is version ${version}; version ${OLDEST} or newer is needed. Upgrade it, or name another in REDIS_URL.`;
}
