export const module = 'front';
