import type { Words } from '../en';

export const table: Words['table'] = {
  rows: (count) => `共 ${count} 行`,
  row: '共 1 行',
  foundOf: (found, all) => `${found} 行符合，共 ${all} 行`,
  empty: '表中没有数据。',
  none: '没有符合条件的行。',
  find: '在表中查找',
  findHint: '查找……',
  byColumn: '按列筛选',
  wishText: '包含……',
  wishNumber: '> 5，1..9',
  wishFor: (column) => `筛选：${column}`,
  clear: '恢复全部',
  columns: '选择列',
  meanings: '各列含义',
  copy: '复制',
  copyHint: '复制当前显示的行（制表符分隔），可直接粘贴到电子表格',
  copyCsv: '复制为 CSV',
  copied: (count) => `已复制 ${count} 行`,
  notCopied: '浏览器不允许复制，请改为保存文件。',
  saveFile: (kind, title) => `${kind}：${title}`,
};
