/** The URL that an option gives, when it is plain http to this machine's loopback; otherwise throws one sentence, which says what is never sent elsewhere. */
export function loopbackUrl(text: string, { option = '--url', sent = 'load is' } = {}): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:') {
    throw new Error(`${option} must be a plain http address such as http://127.0.0.1:8080/path, not "${text}".`);
  }
  if (url.username !== '' || url.password !== '')
    throw new Error(`${option} must have no user name or password in it: they would not be sent.`);
  if (url.port === '0') throw new Error(`${option} must name a port from 1 to 65535, not 0.`);
  const host = url.hostname;
  if (host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)) return url;
  throw new Error(
    `${option} must be on this machine (127.0.0.0/8, ::1 or localhost), not "${host}": ${sent} never sent to other machines.`,
  );
}
