import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a parser on first use, at once: most runs hold no code, and checks do not wait. */
export const parsers = {
  acorn: (): typeof import('acorn') => require('acorn'),
  parse5: (): typeof import('parse5') => require('parse5'),
  python: (): typeof import('@lezer/python') => require('@lezer/python'),
  yaml: (): typeof import('yaml') => require('yaml'),
};
