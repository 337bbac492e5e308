import { Notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';

const patienceMs = 1000;

/** The corner where notes appear: drawn once the first page stands; what was noted before waits for it. */
export function Corner() {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const waiting = requestIdleCallback(() => setDrawn(true), { timeout: patienceMs });
    return () => cancelIdleCallback(waiting);
  }, []);
  return drawn ? <Notifications position="bottom-right" limit={4} /> : null;
}
