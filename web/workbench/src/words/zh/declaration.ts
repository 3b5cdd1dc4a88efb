import type { Words } from '../en';
import { unitInChinese } from './unit';

/** The declarations' words in Chinese, by their English. */
export const declaration: Words['declaration'] = {
  texts: {},
  names: {},
  unit: unitInChinese,
  choices: {},
};
