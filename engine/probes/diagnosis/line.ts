/** A line in which a unit tells of a call that it could not do. */
export interface FailureLine {
  /** Of the module that was called. */
  call: string;
  module: string;
  /** The call that it came out of; null where it began here. */
  callee: string | null;
  calleeModule: string | null;
  trace: string;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const field = (name: string): RegExp => new RegExp(String.raw`(?:^|\s)${name}=(${quoted}|[^\s"]+)`);
const fields = { call: field('call'), callee: field('callee'), trace: field('trace') };

/** Reads a line as the kits write it (logfmt, docs/protocol.md); null for any other line, or one without a trace. */
export function failureLine(text: string): FailureLine | null {
  // What it says in words comes last, and may say anything.
  const head = text.replace(/\smessage=.*$/s, '');
  const [call, callee, trace] = [read(head, fields.call), read(head, fields.callee), read(head, fields.trace)];
  if (call === null || trace === null) return null;
  return { call, module: moduleOf(call), callee, calleeModule: callee === null ? null : moduleOf(callee), trace };
}

function read(text: string, pattern: RegExp): string | null {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) return null;
  if (!value.startsWith('"')) return value;
  try {
    const told: unknown = JSON.parse(value);
    return typeof told === 'string' ? told : null;
  } catch {
    return null;
  }
}

const moduleOf = (call: string): string => call.split('.', 1)[0] ?? call;
