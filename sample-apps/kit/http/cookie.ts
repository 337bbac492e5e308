/** The one cookie there is. */
export const cookieName = 'cart';

/** The value of the one cookie the shop sets; undefined when it is not there. */
export function readCookie(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const text = part.trim();
    if (text.startsWith(`${cookieName}=`) && text.length > cookieName.length + 1)
      return text.slice(cookieName.length + 1);
  }
  return undefined;
}

/** A cookie that scripts cannot read and other sites' forms do not send. */
export function writeCookie(value: string): string {
  return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`;
}
