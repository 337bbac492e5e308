import type { ReactNode } from 'react';

/** What is wider than the page scrolls in a frame of its own, with the keyboard too. `label`: what it holds. */
export function ScrollFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also with the keyboard
    <div className="cr-scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
