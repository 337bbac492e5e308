const everywhere: Record<string, string> = {
  'default-src': "'none'",
  'script-src': "'self'",
  // The component library writes its theme's variables into a style element.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** The policy of the built window. */
export function contentSecurityPolicy(): string {
  return join(everywhere);
}

/** The policy while developing: the dev server's inline preamble and its socket, nothing else. */
export function developmentPolicy(origin: string): string {
  const socket = origin.replace(/^http/, 'ws');
  return join({ ...everywhere, 'script-src': "'self' 'unsafe-inline'", 'connect-src': `'self' ${socket}` });
}

function join(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
