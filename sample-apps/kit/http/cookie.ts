const name = 'cart';

/** The value of the one cookie the shop sets; undefined when it is not there. */
export function readCookie(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const text = part.trim();
    if (text.startsWith(`${name}=`) && text.length > name.length + 1) return text.slice(name.length + 1);
  }
  return undefined;
}

/** A cookie that scripts cannot read and other sites' forms do not send. */
export function writeCookie(value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`;
}
