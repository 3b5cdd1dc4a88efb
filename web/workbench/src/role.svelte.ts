/** Whether the reader may change things here: start, rename, delete. */

import { me } from './interface';

const state = $state({ editor: true });
let asked: Promise<void> | undefined;

/** True until the server says that this reader only looks. */
export function editor(): boolean {
  asked ??= me().then(
    ({ role }) => void (state.editor = role === 'editor'),
    () => undefined,
  );
  return state.editor;
}
