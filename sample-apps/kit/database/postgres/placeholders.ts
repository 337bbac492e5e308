/**
 * `?` as `$1`, `$2` and so on, but for those in string literals, quoted names and comments (SQL standard; backslashes mean nothing, comments nest as in PostgreSQL).
 */
export function numbered(sql: string): string {
  let count = 0;
  let text = '';
  for (let at = 0; at < sql.length;) {
    const end = endOfQuiet(sql, at);
    if (end > at) {
      text += sql.slice(at, end);
      at = end;
    } else {
      text += sql[at] === '?' ? `$${++count}` : sql[at];
      at++;
    }
  }
  return text;
}

/** Where what begins at `at` and holds no placeholder ends; `at` itself when nothing of that kind begins there. */
function endOfQuiet(sql: string, at: number): number {
  const two = sql.slice(at, at + 2);
  if (two === '--') return endOr(sql, sql.indexOf('\n', at), 1);
  if (two === '/*') return endOfComment(sql, at);
  const quote = sql[at];
  // A doubled quote inside ends one literal and begins the next, which comes to the same.
  if (quote === "'" || quote === '"') return endOr(sql, sql.indexOf(quote, at + 1), 1);
  return at;
}

function endOfComment(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length;) {
    const two = sql.slice(at, at + 2);
    if (two === '/*') depth++;
    else if (two === '*/' && --depth === 0) return at + 2;
    at += two === '/*' || two === '*/' ? 2 : 1;
  }
  return sql.length;
}

const endOr = (sql: string, found: number, length: number): number => (found === -1 ? sql.length : found + length);
