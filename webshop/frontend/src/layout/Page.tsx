import type { ReactNode } from "react";

const SHOP = "ShopNow+";

/** Sets the document's title and frames the page's content. */
export function Page({ title, children, wide = true }: { title: string; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? "page" : "page page-narrow"}>
      <title>{title === SHOP ? SHOP : `${title} – ${SHOP}`}</title>
      {children}
    </div>
  );
}
