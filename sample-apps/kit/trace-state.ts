const simpleKey = /^[a-z0-9][a-z0-9_\-*/]{0,255}$/;
const tenantKey = /^[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13}$/;
const value = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const maxMembers = 32;

/**
 * A W3C `tracestate` header (Trace Context, 3.3) as it is passed on; undefined when there is none, or nothing in it, or when it is not
 * valid: then it is dropped whole.
 */
export function parseTracestate(header: string | undefined): string | undefined {
  const members = (header ?? '').split(',').map((member) => member.replaceAll(/^[ \t]+|[ \t]+$/g, ''));
  const filled = members.filter((member) => member !== '');
  const valid = filled.every((member) => {
    const at = member.indexOf('=');
    const key = member.slice(0, Math.max(0, at));
    return (simpleKey.test(key) || tenantKey.test(key)) && value.test(member.slice(at + 1));
  });
  return valid && filled.length > 0 && filled.length <= maxMembers ? filled.join(',') : undefined;
}
