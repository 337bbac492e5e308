/** What a name looks like, and in words; without its schema, so that the window's first page needs none. */
export const namePattern = /^[a-z][a-z0-9-]{0,39}$/;
export const nameRule = 'must be 1 to 40 lower-case letters, digits or hyphens, starting with a letter';
