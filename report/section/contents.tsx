import type { MouseEvent } from 'react';

export interface Chapter {
  id: string;
  title: string;
}

function follow(event: MouseEvent<HTMLAnchorElement>, id: string): void {
  const target = document.getElementById(`cr-${id}`);
  if (target === null) return;
  event.preventDefault();
  target.scrollIntoView({ block: 'start' });
}

/** Links to the chapters. In a window they scroll without touching its address. */
export function Contents({ chapters }: { chapters: readonly Chapter[] }) {
  return (
    <nav className="cr-contents" aria-label="Contents">
      {chapters.map((chapter) => (
        <a key={chapter.id} href={`#cr-${chapter.id}`} onClick={(event) => follow(event, chapter.id)}>
          {chapter.title}
        </a>
      ))}
    </nav>
  );
}
