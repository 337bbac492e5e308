import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState, type MouseEvent, type ReactNode, type Ref } from 'react';
import classes from './results.module.css';

/** A link within the document that was followed, and how far its page was scrolled then. */
interface Place {
  link: HTMLElement;
  top: number;
}

/**
 * The surface a document lies on. Its links to its own chapters scroll, because the address belongs to the pages; the way back to where the link is
 * stays in view until it is taken.
 */
export function Paper({ ref, children }: { ref?: Ref<HTMLDivElement>; children: ReactNode }) {
  const [place, setPlace] = useState<Place | null>(null);
  const goBack = (): void => {
    setPlace(null);
    if (place === null) return;
    place.link.closest('main')?.scrollTo({ top: place.top });
    place.link.focus({ preventScroll: true });
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the links inside are what is pressed */}
      <div className={classes.paper} ref={ref} onClick={(event) => setPlace(goToChapter(event, place))}>
        {children}
      </div>
      {place === null ? null : (
        <div className={classes.back}>
          <Button size="xs" radius="xl" leftSection={<IconArrowBackUp size={14} />} onClick={goBack}>
            Back to where you were
          </Button>
        </div>
      )}
    </>
  );
}

/** Follows a link to a chapter; returns the place to go back to: that of the first of several links in a row. */
function goToChapter(event: MouseEvent<HTMLElement>, before: Place | null): Place | null {
  const link = (event.target as Element).closest<HTMLElement>('a');
  const href = link?.getAttribute('href');
  if (link == null || href == null || !href.startsWith('#') || href.startsWith('#/')) return before;
  event.preventDefault();
  const chapter = event.currentTarget.querySelector<HTMLElement>(`[id="${CSS.escape(href.slice(1))}"]`);
  if (chapter === null) return before;
  const top = link.closest('main')?.scrollTop ?? 0;
  for (let fold = chapter.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  chapter.scrollIntoView({ block: 'start' });
  chapter.tabIndex = -1;
  chapter.focus({ preventScroll: true });
  return before ?? { link, top };
}
