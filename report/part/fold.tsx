import type { ReactNode } from 'react';
import { useReport } from '../context.ts';

/** Detail that opens on demand; on paper it is open, or left out where it says again what stands there already. */
export function Fold({ title, onPaper = true, children }: { title: string; onPaper?: boolean; children: ReactNode }) {
  const { print } = useReport();
  if (print && !onPaper) return null;
  return (
    <details className="cr-fold" open={print}>
      <summary>{title}</summary>
      <div className="cr-fold-body">{children}</div>
    </details>
  );
}
