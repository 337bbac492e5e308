export const module = 'work';
