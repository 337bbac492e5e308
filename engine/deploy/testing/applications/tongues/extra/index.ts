export const module = 'extra';
