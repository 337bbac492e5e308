import type { ReactNode } from 'react';
import { useReport } from '../context.ts';

/** A metric's name that leads to its definition: in the window by a callback, in a document on its own by a link. */
export function MetricLink({ metric, children }: { metric: string; children: ReactNode }) {
  const { onOpenDefinition } = useReport();
  if (onOpenDefinition !== undefined) {
    return (
      <button type="button" className="cr-metric" onClick={() => onOpenDefinition(metric)}>
        {children}
      </button>
    );
  }
  return (
    <a className="cr-metric" href={`#cr-definition-${metric.replace(/[^a-z0-9-]/g, '')}`}>
      {children}
    </a>
  );
}
