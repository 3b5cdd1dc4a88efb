/** The script of report.html, and of whoever draws Stave's charts on a page of their own. */

import './colour.css';
import './ground.css';
import './figure.css';
import './page.css';
import { h } from './dom';
import { figureView } from './figure_view';
import { renderPage } from './page';
import type { Report } from './report';
import { tableView } from './table_view';
import { canvasMeasure } from './text';
import { english } from './words';

export { english, figureView, renderPage, tableView };

/** The report that lies in the page as JSON, or undefined on a page without one. */
function embedded(): Report | undefined {
  const text = document.getElementById('stave-report')?.textContent;
  return text ? (JSON.parse(text) as Report) : undefined;
}

function start(): void {
  const root = document.getElementById('stave');
  if (!root) return;
  try {
    const report = embedded();
    if (report) renderPage(report, root, { measure: canvasMeasure(), words: english });
  } catch (error) {
    root.replaceChildren(h('p', { class: 'failed' }, `${english.unreadable} ${String(error)}`));
    throw error;
  }
}

start();
