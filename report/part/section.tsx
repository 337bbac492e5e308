import type { ReactNode } from 'react';
import { Termed } from './termed.tsx';

interface SectionProps {
  id: string;
  title: string;
  /** One or two sentences on what is shown. */
  lead?: ReactNode;
  children: ReactNode;
}

/** A chapter of the document. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section className="cr-section" id={`cr-${id}`} aria-labelledby={`cr-${id}-title`}>
      <h2 id={`cr-${id}-title`}>{title}</h2>
      {lead === undefined ? null : (
        <p className="cr-lead">{typeof lead === 'string' ? <Termed>{lead}</Termed> : lead}</p>
      )}
      {children}
    </section>
  );
}

/** What stands where there is nothing to show, in words. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="cr-empty">{children}</p>;
}
