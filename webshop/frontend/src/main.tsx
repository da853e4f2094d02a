import "./app/styles";
import "./i18n";

import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { comesFromHistory, readFirstAnswers, takeFirstAnswers } from "./app/firstAnswers";
import { queryClient } from "./app/queryClient";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id 'root'");

const answers = readFirstAnswers();
if (answers) takeFirstAnswers(queryClient, answers, window.location.search, comesFromHistory());

// A transition is drawn in slices between which the browser can answer the visitor.
startTransition(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
