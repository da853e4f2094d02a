import "./app/styles";
import "./i18n";

import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { isHistoryNavigation, readInitialData, seedQueryCache } from "./app/initialData";
import { queryClient } from "./app/queryClient";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id 'root'");

const answers = readInitialData();
if (answers) seedQueryCache(queryClient, answers, window.location.search, isHistoryNavigation());

// A transition is drawn in slices between which the browser can answer the visitor.
startTransition(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
