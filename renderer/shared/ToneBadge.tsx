import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** A small mark whose text stays readable in both themes. */
export function ToneBadge({ tone, children }: { tone: 'good' | 'warn' | 'bad' | 'plain'; children: ReactNode }) {
  const style =
    tone === 'plain'
      ? { background: 'var(--sunken)', color: 'var(--ink-soft)', border: '1px solid var(--line)' }
      : { background: `var(--${tone}-soft)`, color: `var(--${tone})` };
  return (
    <Badge size="sm" style={style}>
      {children}
    </Badge>
  );
}
