import type { ReactNode } from 'react';
import { useReport } from '../context.ts';

/** Detail that opens on demand; on paper it is always open. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  const { print } = useReport();
  return (
    <details className="cr-fold" open={print}>
      <summary>{title}</summary>
      <div className="cr-fold-body">{children}</div>
    </details>
  );
}
