import type { MouseEvent, ReactNode, Ref } from 'react';
import classes from './results.module.css';

/** The surface a document lies on. Its links to its own chapters scroll, because the address belongs to the pages. */
export function Paper({ ref, children }: { ref?: Ref<HTMLDivElement>; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the links inside are what is pressed
    <div className={classes.paper} ref={ref} onClick={goToChapter}>
      {children}
    </div>
  );
}

function goToChapter(event: MouseEvent<HTMLElement>): void {
  const href = (event.target as Element).closest('a')?.getAttribute('href');
  if (href == null || !href.startsWith('#') || href.startsWith('#/')) return;
  event.preventDefault();
  const chapter = event.currentTarget.querySelector<HTMLElement>(`[id="${CSS.escape(href.slice(1))}"]`);
  if (chapter === null) return;
  chapter.scrollIntoView({ block: 'start' });
  chapter.tabIndex = -1;
  chapter.focus({ preventScroll: true });
}
