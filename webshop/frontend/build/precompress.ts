/** Writes each text file of the build a second and third time, compressed: the shop sends these. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

import type { Plugin } from "vite";

const TEXT = /\.(?:js|css|html|svg|json)$/;
/** Below this the headers weigh more than what is saved. */
const WORTH_BYTES = 1024;

const encodings = {
  br: promisify(brotliCompress),
  gz: (content: Buffer) => promisify(gzip)(content, { level: 9 }),
};

export function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    async writeBundle({ dir }) {
      if (!dir) return;
      const files = await readdir(dir, { recursive: true });
      await Promise.all(files.filter((file) => TEXT.test(file)).map((file) => compress(join(dir, file))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < WORTH_BYTES) return;
  for (const [suffix, encode] of Object.entries(encodings)) {
    await writeFile(`${path}.${suffix}`, await encode(content));
  }
}
