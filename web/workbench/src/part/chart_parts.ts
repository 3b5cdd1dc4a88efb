/** What draws figures, loaded when the first figure is shown. */

import '../../../figures/src/figure.css';
import type { Surroundings } from '../../../figures/src/figure_view';
import { canvasMeasure } from '../../../figures/src/text';
import { english } from '../../../figures/src/words';

export { figureView } from '../../../figures/src/figure_view';
export { saveCsv } from '../../../figures/src/file';

const measure = canvasMeasure();

export async function surroundings(language: 'en' | 'zh'): Promise<Surroundings> {
  const words = language === 'zh' ? (await import('../words/zh/chart')).chart : english;
  return { measure, words };
}
