import path from 'node:path';

/** An application with a module in three languages. */
export const spokenApplications = path.join(import.meta.dirname, 'applications');
