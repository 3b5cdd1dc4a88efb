import type { Words } from '../en';
import { choices, names, values } from './declaration_names';
import { texts } from './declaration_texts';
import { sentence } from './sentence';
import { unitInChinese } from './unit';

/** The declarations' words in Chinese, by their English. */
export const declaration: Words['declaration'] = {
  texts,
  names,
  unit: unitInChinese,
  sentence,
  choices,
  values,
};
