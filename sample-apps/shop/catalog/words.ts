/** What the seeded products are made of. */
export const categories: Readonly<Record<string, readonly string[]>> = {
  kitchen: ['kettle', 'teapot', 'skillet', 'whisk', 'ladle', 'grater', 'mortar', 'colander'],
  garden: ['trowel', 'planter', 'hose', 'lantern', 'hammock', 'trellis', 'birdhouse', 'rake'],
  desk: ['notebook', 'pencil', 'lamp', 'stapler', 'globe', 'organiser', 'inkwell', 'ruler'],
  outdoors: ['tent', 'compass', 'backpack', 'flask', 'stove', 'headlamp', 'blanket', 'whistle'],
  music: ['ukulele', 'metronome', 'harmonica', 'tambourine', 'kalimba', 'songbook', 'tuner', 'stand'],
  home: ['cushion', 'candle', 'mirror', 'clock', 'basket', 'vase', 'rug', 'doorstop'],
};

export const materials = [
  'oak',
  'copper',
  'linen',
  'slate',
  'brass',
  'cork',
  'enamel',
  'walnut',
  'wool',
  'glass',
  'bamboo',
  'steel',
] as const;
export const characters = [
  'quiet',
  'sturdy',
  'folding',
  'classic',
  'tiny',
  'grand',
  'everyday',
  'travel',
  'vintage',
  'modern',
  'round',
  'tall',
] as const;
