/** Files dropped on a page, those of a folder among them, and a name for the chain they make. */

export interface Dropped {
  files: File[];
  /** The folder they came in, else ''. */
  folder: string;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((done, fail) => entry.file(done, fail));

async function inside(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    );
    if (some.length === 0) return files;
    for (const entry of some) {
      if (entry.isFile && !entry.name.startsWith('.'))
        files.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

/** Files as they were dropped; of a folder, the files in it. */
export async function dropped(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry?.() ?? null)
    .filter((entry) => entry !== null);
  const folder = entries.find((entry) => entry.isDirectory);
  if (!folder) return { files: [...transfer.files], folder: '' };
  const files = await inside(folder as FileSystemDirectoryEntry);
  return { files, folder: folder.name };
}

const most = 100;

/** What the server takes as the name of a chain. */
export function isChainName(name: string): boolean {
  const bytes = new TextEncoder().encode(name).length;
  return (
    bytes <= most &&
    /^[^\s.\p{P}\p{S}\p{C}](?:[^\p{P}\p{S}\p{C}]|[ ._()-])*$/u.test(name) &&
    !name.endsWith(' ')
  );
}

/** "WIOT 2011 (final).csv.xz" -> "WIOT 2011 (final)"; a number follows where the name is taken. */
export function nameFor(
  files: readonly { name: string }[],
  folder: string,
  taken: string[],
): string {
  const first = files.length === 1 ? files[0]!.name : folder || (files[0]?.name ?? '');
  const stem = first
    .replace(/(\.(csv|tsv|txt|xlsx|zip|xz|gz|zst|stave|parquet|toml))+$/i, '')
    .replace(/[^\p{L}\p{N}\p{M} ._()-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|\s+$/gu, '')
    .slice(0, 60);
  const base = isChainName(stem) ? stem : 'chain';
  if (!taken.includes(base)) return base;
  let count = 2;
  while (taken.includes(`${base}-${count}`)) count += 1;
  return `${base}-${count}`;
}
