/** The URL that an option gives, when it is plain http to this machine's loopback; otherwise throws one sentence, which says what is never sent elsewhere. */
export function loopbackUrl(text: string, { option = '--url', sent = 'load is' } = {}): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:') {
    throw new Error(`${option} must be a plain http address such as http://127.0.0.1:8080/path, not "${text}".`);
  }
  const host = url.hostname;
  if (host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)) return url;
  throw new Error(
    `${option} must be on this machine (127.0.0.0/8, ::1 or localhost), not "${host}": ${sent} never sent to other machines.`,
  );
}
