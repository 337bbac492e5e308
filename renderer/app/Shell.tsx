import { useEffect, useRef } from 'react';
import { EngineBanner } from '../engine-status/EngineBanner.tsx';
import { formatHash, useRoute } from '../shared/router.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Page, titleOf } from './Page.tsx';
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
    document.title = `${titleOf(route)} – Cleave`;
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
      <a className={classes.skip} href={hash} onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the page
      </a>
      <Rail />
      <EngineBanner />
      <main className={classes.main} ref={main} tabIndex={-1}>
        <ErrorBoundary key={hash}>
          <Page route={route} />
        </ErrorBoundary>
      </main>
      <StatusBar />
    </div>
  );
}
