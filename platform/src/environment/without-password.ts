/** An address as it may be shown and logged: neither before the host nor among its parameters is a password. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.searchParams.delete('password');
  return shown.href;
}
