/**
 * Names the classes of CSS modules "ProductTile-body": by the module's file and the class. The server-rendered pages
 * (webshop/storefront/ssr/templates) use the same names.
 */
import { basename } from "node:path";

export function scopedName(): (name: string, path: string) => string {
  const files = new Map<string, string>();
  return (name, path) => {
    const [file = ""] = path.split("?");
    const module = basename(file, ".module.css");
    const other = files.get(module) ?? file;
    if (other !== file) throw new Error(`Two CSS modules have the same name: ${other} and ${file}`);
    files.set(module, file);
    return `${module}-${name}`;
  };
}
