import type { Words } from '../en';

/** The declarations' words in Chinese, by their English. */
export const declaration: Words['declaration'] = {
  texts: {},
  names: {},
  units: {},
  choices: {},
};
