/** What a unit shows as its base that stands on another image than it was to. */
export const OTHER_BASE = 'another';
