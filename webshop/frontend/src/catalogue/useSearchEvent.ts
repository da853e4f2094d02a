import type { UseInfiniteQueryResult, InfiniteData } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { recordSearch } from "../api/events";
import type { ProductPage } from "../api/schema";

/** Records a search once its answer is on the screen; refreshing the answer is not a new search. */
export function useSearchEvent(
  query: string,
  catalogue: UseInfiniteQueryResult<InfiniteData<ProductPage>>,
) {
  const recorded = useRef("");
  const answered = catalogue.isSuccess && !catalogue.isPlaceholderData;
  const found = catalogue.data?.pages[0]?.total ?? 0;
  useEffect(() => {
    if (!query) recorded.current = "";
    if (!query || !answered || recorded.current === query) return;
    recorded.current = query;
    recordSearch(query, found);
  }, [query, answered, found]);
}
