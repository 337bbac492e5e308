import { useEffect, useRef } from 'react';
import { pages } from '../../engine/model/index.ts';
import { EngineBanner } from '../engine-status/EngineBanner.tsx';
import { formatHash, useRoute } from '../shared/router.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Notes } from './Notes.tsx';
import { Page } from './Page.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import classes from './shell.module.css';

/** Rail, page and status line. A new page starts at its top with the focus in it. */
export function Shell() {
  const route = useRoute((state) => state.route);
  const main = useRef<HTMLElement>(null);
  const hash = formatHash(route);
  const first = useRef(true);
  useEffect(() => {
    document.title = `${pages[route.page].title} – Cleave`;
    if (first.current) {
      first.current = false;
      return;
    }
    main.current?.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
    // The hash stands for the whole route.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [hash]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#page" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the page
      </a>
      <Rail />
      <EngineBanner />
      <main className={classes.main} id="page" ref={main} tabIndex={-1}>
        <ErrorBoundary key={hash}>
          <Page route={route} />
        </ErrorBoundary>
      </main>
      <Notes />
      <StatusBar />
    </div>
  );
}
